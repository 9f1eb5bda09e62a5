use std::{
    slice::from_ref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use clock::Clock;
use futures_util::future::join_all;
use random::Random;
use store::{LogError, Page};
use tokio::sync::mpsc;
use wire::{
    domain::{RoomId, Seq},
    protocol::EndReason,
};

use super::all;
use crate::world::{Commands, DAY, World, says};

async fn assert_closed(world: &World, room: &RoomId) {
    let from = world.participant("Omar").id;
    let closed = |error: Option<LogError>| assert!(matches!(error, Some(LogError::Closed)), "{error:?}");
    closed(world.log.append(room, says(&from, "late", "too late")).await.err());
    closed(world.log.read(room, Page::After(Seq(0), 10)).await.err());
    closed(world.log.read(room, Page::Before(Seq(10), 10)).await.err());
    closed(world.log.position(room).await.err());
}

/// A room in which something was said.
async fn used_room(world: &World) -> RoomId {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    world
        .log
        .append(&room, says(&from, "m1", "hello"))
        .await
        .expect("appended");
    room
}

pub async fn an_ended_room_takes_and_gives_nothing(mut world: World) {
    let (used, unused) = (used_room(&world).await, world.room().await);
    for room in [&used, &unused] {
        assert!(
            world
                .log
                .end(room, world.clock.now(), EndReason::Ended)
                .await
                .expect("ended")
        );
        assert_closed(&world, room).await;
    }
    world.reopen().await;
    assert_closed(&world, &used).await;
    world.log.purge(from_ref(&used)).await.expect("purged");
    assert_closed(&world, &used).await;
    world.upkeep.purged(from_ref(&used)).await.expect("noted");
    assert_closed(&world, &used).await;
    assert_eq!(world.heard.of(&used).len(), 1);
}

pub async fn an_expired_room_takes_and_gives_nothing(world: World) {
    let (used, unused) = (used_room(&world).await, world.room().await);
    world.clock.advance(DAY - 1);
    assert_eq!(all(&*world.log, &used).await.len(), 1);
    world.clock.advance(1);
    for room in [&used, &unused] {
        assert_closed(&world, room).await;
    }
}

pub async fn an_unknown_room_takes_and_gives_nothing(world: World) {
    let room = world.random.room_id();
    assert_closed(&world, &room).await;
    world
        .log
        .purge(from_ref(&room))
        .await
        .expect("there is nothing to purge");
}

pub async fn a_closed_room_fails_nobody_else(world: World) {
    let (open, closed) = (used_room(&world).await, used_room(&world).await);
    world
        .log
        .end(&closed, world.clock.now(), EndReason::Ended)
        .await
        .expect("ended");
    let from = world.participant("Maya").id;
    let ids = Vec::from_iter((0..100).map(|n| format!("n{n}")));
    let appends = ids.iter().enumerate().map(|(n, id)| {
        let room = if n % 2 == 0 { &open } else { &closed };
        world.log.append(room, says(&from, id, "hello"))
    });
    let outcomes = join_all(appends).await;
    for (n, outcome) in outcomes.iter().enumerate() {
        assert_eq!(outcome.is_ok(), n % 2 == 0, "{outcome:?}");
    }
    assert_eq!(all(&*world.log, &open).await.len(), 51);
}

pub async fn nothing_is_appended_once_the_end_is_known(world: World) {
    let room = world.room().await;
    let ended = Arc::new(AtomicBool::new(false));
    let (appended, mut appends) = mpsc::unbounded_channel();
    let writers = Vec::from_iter((0..10).map(|writer| {
        let (log, room, ended, appended) = (
            Arc::clone(&world.log),
            room.clone(),
            Arc::clone(&ended),
            appended.clone(),
        );
        let from = world.participant("Maya").id;
        tokio::spawn(async move {
            for n in 0.. {
                let known = ended.load(Ordering::SeqCst);
                match log.append(&room, says(&from, &format!("w{writer}-{n}"), "hello")).await {
                    Ok(_) => assert!(!known, "appended after the end"),
                    Err(LogError::Closed) => return,
                    Err(error) => panic!("{error}"),
                }
                let _ = appended.send(());
                tokio::task::yield_now().await;
            }
        })
    }));
    drop(appended);
    for _ in 0..100 {
        appends.recv().await.expect("somebody appends");
    }
    assert!(
        world
            .log
            .end(&room, world.clock.now(), EndReason::Ended)
            .await
            .expect("ended")
    );
    ended.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.expect("nothing came after the end");
    }
}

pub async fn a_purge_spares_open_rooms_and_can_be_repeated(world: World) {
    let (open, ended) = (used_room(&world).await, used_room(&world).await);
    world.log.purge(from_ref(&open)).await.expect("nothing to do");
    assert_eq!(all(&*world.log, &open).await.len(), 1);
    assert!(
        world
            .log
            .end(&ended, world.clock.now(), EndReason::Ended)
            .await
            .expect("ended")
    );
    for _ in 0..2 {
        world.log.purge(from_ref(&ended)).await.expect("purged");
        assert_closed(&world, &ended).await;
    }
    assert_eq!(all(&*world.log, &open).await.len(), 1);
}
