use futures_util::future::join_all;
use store::{Logged, PAGE_BYTES, PAGE_MAX, Page};
use wire::domain::Seq;

use crate::world::{World, says};

fn seqs(entries: &[Logged]) -> Vec<u64> {
    entries.iter().map(|entry| entry.seq.0).collect()
}

/// A room with this many messages.
async fn room_with(world: &World, messages: u64) -> wire::domain::RoomId {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    let ids = Vec::from_iter((0..messages).map(|n| format!("m{n}")));
    let appends = ids.iter().map(|id| world.log.append(&room, says(&from, id, "hello")));
    assert!(join_all(appends).await.iter().all(Result::is_ok));
    room
}

pub async fn after_and_before_meet_without_overlap(world: World) {
    let room = room_with(&world, 10).await;
    let read = async |page| seqs(&world.log.read(&room, page).await.expect("read"));
    assert_eq!(read(Page::After(Seq(0), 3)).await, [1, 2, 3]);
    assert_eq!(read(Page::After(Seq(3), 3)).await, [4, 5, 6]);
    assert_eq!(read(Page::After(Seq(8), 3)).await, [9, 10]);
    assert_eq!(read(Page::Before(Seq(4), 3)).await, [1, 2, 3]);
    assert_eq!(read(Page::Before(Seq(4), 2)).await, [2, 3]);
    assert_eq!(read(Page::Before(Seq(11), 2)).await, [9, 10]);
    assert_eq!(read(Page::Before(Seq(u64::MAX), 2)).await, [9, 10]);
    for nothing in [
        Page::After(Seq(10), 3),
        Page::After(Seq(11), 3),
        Page::After(Seq(u64::MAX), 3),
        Page::After(Seq(0), 0),
        Page::Before(Seq(1), 3),
        Page::Before(Seq(0), 3),
        Page::Before(Seq(11), 0),
    ] {
        assert!(read(nothing).await.is_empty(), "{nothing:?}");
    }
}

pub async fn a_page_has_its_limit(world: World) {
    let room = room_with(&world, PAGE_MAX as u64 + 1).await;
    for limit in [PAGE_MAX, PAGE_MAX + 1, usize::MAX] {
        let after = world.log.read(&room, Page::After(Seq(0), limit)).await.expect("read");
        let before = world
            .log
            .read(&room, Page::Before(Seq(u64::MAX), limit))
            .await
            .expect("read");
        assert_eq!(seqs(&after), Vec::from_iter(1..=PAGE_MAX as u64));
        assert_eq!(seqs(&before), Vec::from_iter(2..=PAGE_MAX as u64 + 1));
    }
}

pub async fn a_page_of_long_texts_is_a_short_one(world: World) {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    for n in 0..60 {
        let long = says(&from, &format!("m{n}"), &"x".repeat(3_000));
        world.log.append(&room, long).await.expect("said");
    }
    let read = async |page| seqs(&world.log.read(&room, page).await.expect("read"));
    let (mut after, mut all) = (0, Vec::new());
    while let page = read(Page::After(Seq(after), PAGE_MAX)).await
        && let Some(last) = page.last()
    {
        assert!(page.len() * 3_000 < PAGE_BYTES + 3_000, "{}", page.len());
        after = *last;
        all.extend(page);
    }
    assert_eq!(all, Vec::from_iter(1..=60));
    let before = read(Page::Before(Seq(61), PAGE_MAX)).await;
    assert!((15..25).contains(&before.len()), "{}", before.len());
    assert_eq!(before, Vec::from_iter(61 - before.len() as u64..=60), "the last ones");
}

pub async fn a_new_log_is_empty(mut world: World) {
    let room = world.room().await;
    let position = world.log.position(&room).await.expect("open");
    assert_eq!((position.kept_after, position.last), (Seq::START, Seq::START));
    assert!(
        world
            .log
            .read(&room, Page::After(Seq(0), 10))
            .await
            .expect("open")
            .is_empty()
    );

    let from = world.participant("Maya").id;
    world
        .log
        .append(&room, says(&from, "m1", "hello"))
        .await
        .expect("appended");
    assert_eq!(
        world.log.position(&room).await.expect("open"),
        log_at(&position.epoch, 1)
    );

    world.reopen().await;
    let again = world.log.position(&room).await.expect("open");
    if world.stored {
        assert_eq!(again, log_at(&position.epoch, 1), "a stored log goes on");
    } else {
        assert_ne!(again.epoch, position.epoch, "a live log starts over, and says so");
        assert_eq!(again.last, Seq::START);
    }
}

fn log_at(epoch: &wire::domain::Epoch, last: u64) -> store::Position {
    store::Position {
        epoch: epoch.clone(),
        kept_after: Seq::START,
        last: Seq(last),
    }
}
