use std::sync::Arc;

use clock::Clock;
use futures_util::future::join_all;
use store::LogError;
use wire::{domain::ClientId, protocol::EndReason};

use super::{all, seqs};
use crate::world::{Commands, START, World, amends, says};

pub async fn a_retry_returns_the_first_entry(mut world: World) {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    let first = world
        .log
        .append(&room, says(&from, "m1", "hello"))
        .await
        .expect("appended");
    world
        .log
        .append(&room, says(&from, "m2", "and more"))
        .await
        .expect("appended");
    world.clock.advance(60_000);
    assert!(first.fresh);

    let retry = world
        .log
        .append(&room, says(&from, "m1", "hello"))
        .await
        .expect("known");
    assert_eq!((retry.seq, retry.at, retry.fresh), (first.seq, START, false));
    if world.stored {
        world.reopen().await;
        let retry = world
            .log
            .append(&room, says(&from, "m1", "hello"))
            .await
            .expect("known");
        assert_eq!((retry.seq, retry.at, retry.fresh), (first.seq, START, false));
    }
    let next = world
        .log
        .append(&room, says(&from, "m3", "the next"))
        .await
        .expect("appended");
    assert_eq!(next.seq.0, 3, "a retry takes no number");
}

pub async fn fifty_retries_at_once_are_one_message(world: World) {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    let sends = (0..50).map(|_| {
        let (log, room, draft) = (Arc::clone(&world.log), room.clone(), says(&from, "m1", "hello"));
        tokio::spawn(async move { log.append(&room, draft).await.expect("appended") })
    });
    let told = join_all(sends)
        .await
        .into_iter()
        .map(|told| told.expect("no panic"))
        .collect::<Vec<_>>();
    assert_eq!(told.iter().filter(|told| told.fresh).count(), 1);
    assert!(told.iter().all(|told| told.seq.0 == 1));
    assert_eq!(all(&*world.log, &room).await.len(), 1);
    assert_eq!(world.heard.of(&room).len(), 1);
}

pub async fn retries_among_new_messages_leave_no_gap(world: World) {
    let room = world.room().await;
    let from = world.participant("Maya").id;
    for round in 0..10 {
        // Asked for by one task in one go: most of them share a transaction, each retry before a new message.
        let ids = (0..10).flat_map(|n| [format!("m{n}"), format!("new{round}-{n}")]);
        let sends = ids.map(|id| {
            let (log, room, draft) = (&world.log, &room, says(&from, &id, "hello"));
            async move { log.append(room, draft).await.expect("appended") }
        });
        let told = join_all(sends).await;
        let retries = told.iter().step_by(2);
        assert!(retries.clone().all(|told| told.fresh == (round == 0)));
        assert!(told.iter().skip(1).step_by(2).all(|told| told.fresh));
    }
    let entries = all(&*world.log, &room).await;
    assert_eq!(seqs(&entries), Vec::from_iter(1..=110));
    assert_eq!(world.heard.of(&room), entries);
}

pub async fn another_sender_may_use_the_same_client_id(world: World) {
    let room = world.room().await;
    let (maya, omar) = (world.participant("Maya").id, world.participant("Omar").id);
    let mayas = world
        .log
        .append(&room, says(&maya, "m1", "mine"))
        .await
        .expect("appended");
    let omars = world
        .log
        .append(&room, says(&omar, "m1", "mine too"))
        .await
        .expect("appended");
    assert!(mayas.fresh && omars.fresh);
    assert_ne!(mayas.seq, omars.seq);
}

pub async fn another_room_may_use_the_same_client_id(world: World) {
    let (here, there) = (world.room().await, world.room().await);
    let maya = world.participant("Maya").id;
    let (here, there) = tokio::join!(
        world.log.append(&here, says(&maya, "m1", "here")),
        world.log.append(&there, says(&maya, "m1", "there"))
    );
    assert!(here.expect("appended").fresh && there.expect("appended").fresh);
}

pub async fn what_was_sent_is_known_whatever_became_of_it(mut world: World) {
    let (room, other) = (world.room().await, world.room().await);
    let (maya, omar) = (world.participant("Maya").id, world.participant("Omar").id);
    let id = |text: &str| ClientId::parse(text).expect("a client id");
    let said = world.log.append(&room, says(&maya, "m1", "hello")).await.expect("said");
    let edited = world.log.append(&room, amends::edit(&maya, "e1", 1, "hi")).await;
    let deleted = world.log.append(&room, amends::delete(&maya, "d1", 1)).await;
    world.clock.advance(60_000);
    let firsts = [
        ("m1", said),
        ("e1", edited.expect("edited")),
        ("d1", deleted.expect("deleted")),
    ];
    if world.stored {
        world.reopen().await;
    }
    for (client_id, first) in firsts {
        let known = world.log.sent(&room, &maya, &id(client_id)).await.expect("answered");
        let known = known.expect("known");
        assert_eq!((known.seq, known.at, known.fresh), (first.seq, START, false));
    }
    for (room, from, client_id) in [(&room, &maya, "m2"), (&room, &omar, "m1"), (&other, &maya, "m1")] {
        assert!(
            world
                .log
                .sent(room, from, &id(client_id))
                .await
                .expect("answered")
                .is_none()
        );
    }
    let at = world.clock.now();
    world.log.end(&room, at, EndReason::Ended).await.expect("ended");
    let closed = world.log.sent(&room, &maya, &id("m1")).await;
    assert!(matches!(closed, Err(LogError::Closed)), "{closed:?}");
}
