use std::sync::Arc;

use futures_util::future::join_all;
use store::{Command, Draft, PAGE_MAX, Page};
use wire::protocol::{Change, Entry};

use super::{all, seqs};
use crate::world::{Admission, Commands, DAY, START, World, read, says, words};

const WRITERS: usize = 20;
const EACH: usize = 25;
const ALL: usize = WRITERS * EACH;

/// Many tasks append to one room, each its own messages one after the other; returns what they were told.
async fn crowd(world: &World, room: &wire::domain::RoomId) -> Vec<u64> {
    let writers = (0..WRITERS).map(|writer| {
        let (log, room) = (Arc::clone(&world.log), room.clone());
        let from = world.participant("Maya").id;
        tokio::spawn(async move {
            let mut told = Vec::new();
            for n in 0..EACH {
                let appended = log.append(&room, says(&from, &format!("w{writer}-{n}"), "hello")).await;
                told.push(appended.expect("appended").seq.0);
            }
            told
        })
    });
    join_all(writers)
        .await
        .into_iter()
        .flat_map(|told| told.expect("no panic"))
        .collect()
}

pub async fn seqs_have_no_gaps_whoever_appends_at_once(world: World) {
    let rooms = [world.room().await, world.room().await, world.room().await];
    for told in join_all(rooms.iter().map(|room| crowd(&world, room))).await {
        // Each writer waited for one ack before the next, so it saw its own numbers rise.
        for own in told.chunks(EACH) {
            assert!(own.is_sorted(), "{own:?}");
        }
        let mut told = told;
        told.sort_unstable();
        assert_eq!(told, Vec::from_iter(1..=ALL as u64));
    }
}

pub async fn all_readers_see_one_order(world: World) {
    let room = world.room().await;
    let reader = || async {
        let mut seen: Vec<Entry> = Vec::new();
        while seen.len() < ALL {
            let cursor = seen.last().map_or(wire::domain::Seq::START, Entry::seq);
            let page = world.log.read(&room, Page::After(cursor, PAGE_MAX)).await;
            seen.extend(read(&page.expect("read")));
            tokio::task::yield_now().await;
        }
        seen
    };
    let (_, first, second) = tokio::join!(crowd(&world, &room), reader(), reader());
    assert_eq!(first, second);
    assert_eq!(first, all(&*world.log, &room).await);
    assert_eq!(seqs(&first), Vec::from_iter(1..=ALL as u64));
}

pub async fn the_observer_hears_each_entry_once_in_order_before_the_ack(world: World) {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    for n in 1..=3 {
        world
            .log
            .append(&room, says(&from, &format!("m{n}"), "hello"))
            .await
            .expect("appended");
        assert_eq!(world.heard.of(&room).len(), n, "heard before the ack");
    }
    world
        .log
        .append(&room, says(&from, "m1", "hello"))
        .await
        .expect("a retry");
    crowd(&world, &room).await;
    assert_eq!(world.heard.of(&room), all(&*world.log, &room).await);
}

pub async fn an_entry_is_what_its_command_was(world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya");
    let admitted = world.log.admit(&room, &maya, &world.token(), 9).await;
    assert_eq!(admitted.expect("joined"), Admission::Entered);
    world.clock.advance(1_000);
    let text = "\"quoted\" \\ back\\u0000slash\n\t☕ 👩\u{200d}👩\u{200d}👧";
    world.log.append(&room, says(&maya.id, "m1", text)).await.expect("said");
    world.clock.advance(1_000);
    assert!(world.log.release(&room, &maya.id).await.expect("left"));
    let changes = [Change::ExpiresAt(START.plus_millis(2 * DAY)), Change::Locked(true)];
    for (by, change) in [(Some(maya.clone()), changes[0]), (None, changes[1])] {
        let changed = world.log.execute(&room, Command::Change { by, change }).await;
        assert!(changed.expect("changed").is_done());
    }
    assert!(world.log.remove(&room, &maya.id).await.expect("removed"));

    let Draft { from, client_id, .. } = says(&maya.id, "m1", text);
    let body = words(text);
    let seq = wire::domain::Seq;
    let expected = [
        Entry::Joined {
            seq: seq(1),
            at: START,
            participant: maya.clone(),
        },
        Entry::Message {
            seq: seq(2),
            at: START.plus_millis(1_000),
            from,
            client_id,
            body,
        },
        Entry::Left {
            seq: seq(3),
            at: START.plus_millis(2_000),
            participant: maya.clone(),
            removed: false,
        },
        Entry::Changed {
            seq: seq(4),
            at: START.plus_millis(2_000),
            by: Some(maya.clone()),
            change: changes[0],
        },
        Entry::Changed {
            seq: seq(5),
            at: START.plus_millis(2_000),
            by: None,
            change: changes[1],
        },
        Entry::Left {
            seq: seq(6),
            at: START.plus_millis(2_000),
            participant: maya,
            removed: true,
        },
    ];
    assert_eq!(all(&*world.log, &room).await, expected);
    assert_eq!(world.heard.of(&room), expected);
}

pub async fn a_dropped_append_is_there_once_or_not_at_all(world: World) {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    for n in 0..50 {
        // Polled once, or a few times, and dropped: a client that went away.
        let append = world.log.append(&room, says(&from, &format!("m{n}"), "hello"));
        let dropped = tokio::time::timeout(std::time::Duration::from_micros(n * 20), append).await;
        drop(dropped);
    }
    let after = world
        .log
        .append(&room, says(&from, "after", "hello"))
        .await
        .expect("appended");
    let entries = all(&*world.log, &room).await;
    assert_eq!(seqs(&entries), Vec::from_iter(1..=after.seq.0));
    assert_eq!(world.heard.of(&room), entries);
    for n in 0..50 {
        // What is there is known again; what is not is appended now.
        let retried = world
            .log
            .append(&room, says(&from, &format!("m{n}"), "hello"))
            .await
            .expect("appended");
        assert_eq!(retried.fresh, retried.seq > after.seq);
    }
    assert_eq!(all(&*world.log, &room).await.len(), 51);
}
