use std::slice::from_ref;

use clock::Clock;
use futures_util::future::join_all;
use random::Random;
use store::{LogError, Over, Room};
use wire::{domain::TokenHash, protocol::EndReason};

use crate::world::{Commands, DAY, START, World, says};

pub async fn a_room_is_kept_as_it_was_created(mut world: World) {
    for store_history in [true, false] {
        let room = Room {
            store_history,
            ..world.new_room()
        };
        assert_eq!(world.registry.room(&room.id).await.expect("read"), None);
        world.log.create(&room).await.expect("created");
        assert_eq!(world.registry.room(&room.id).await.expect("read"), Some(room.clone()));
        world.reopen().await;
        assert_eq!(world.registry.room(&room.id).await.expect("read"), Some(room));
    }
    world.upkeep.ping().await.expect("it answers");
}

pub async fn an_id_is_taken_once(world: World) {
    let room = world.new_room();
    world.log.create(&room).await.expect("created");
    let other = Room {
        creator: TokenHash([7; 32]),
        ..room.clone()
    };
    assert!(matches!(world.log.create(&other).await, Err(LogError::Store(_))));
    assert_eq!(world.registry.room(&room.id).await.expect("read"), Some(room));
}

pub async fn open_rooms_are_counted(world: World) {
    // Others may be in the same database.
    let before = world.upkeep.count_open(world.clock.now()).await.expect("counted");
    let rooms = [world.new_room(), world.new_room(), world.new_room()];
    for room in &rooms {
        world.log.create(room).await.expect("created");
    }
    let now = world.clock.now();
    let ended = world.log.end(&rooms[0].id, now, EndReason::Ended).await;
    assert!(ended.expect("ended"));
    assert_eq!(world.upkeep.count_open(now).await.expect("counted"), before + 2);
    let over = rooms[1].expires_at;
    assert_eq!(world.upkeep.count_open(over).await.expect("counted"), 0);
}

pub async fn a_room_ends_once(world: World) {
    let (ended, expired) = (world.new_room(), world.new_room());
    for (room, reason) in [(&ended, EndReason::Ended), (&expired, EndReason::Expired)] {
        world.log.create(room).await.expect("created");
        world.clock.advance(DAY);
        let at = world.clock.now();
        assert!(world.log.end(&room.id, at, reason).await.expect("ended"));
        assert!(
            !world
                .log
                .end(&room.id, at.plus_millis(1), EndReason::Ended)
                .await
                .expect("answered")
        );
        let kept = world.registry.room(&room.id).await.expect("read").expect("a tombstone");
        assert_eq!(
            kept,
            Room {
                ended: Some((at, reason)),
                ..room.clone()
            }
        );
    }
    let nowhere = world.random.room_id();
    assert!(
        !world
            .log
            .end(&nowhere, START, EndReason::Ended)
            .await
            .expect("answered")
    );
}

pub async fn who_is_due_is_listed_oldest_first(world: World) {
    let now = world.clock.now();
    let room = |expires_in| Room {
        expires_at: now.plus_millis(expires_in),
        ..world.new_room()
    };
    let (third, first, second, later) = (room(300), room(100), room(200), room(301));
    for room in [&third, &first, &second, &later] {
        world.log.create(room).await.expect("created");
    }
    let over = |room: &Room| Over {
        room: room.id.clone(),
        at: room.expires_at,
        reason: EndReason::Expired,
    };
    let then = now.plus_millis(300);
    let due = async |after, limit| world.upkeep.due(then, after, limit).await.expect("listed");
    assert_eq!(due(None, 10).await, [over(&first), over(&second), over(&third)]);
    assert_eq!(due(None, 2).await, [over(&first), over(&second)]);
    let cursor = over(&second);
    assert_eq!(due(Some(&cursor), 2).await, [over(&third)]);
    assert!(world.upkeep.due(now, None, 10).await.expect("listed").is_empty());
    world.log.end(&first.id, now, EndReason::Expired).await.expect("ended");
    assert_eq!(due(None, 10).await, [over(&second), over(&third)]);
}

pub async fn a_purged_room_is_a_tombstone_until_it_is_forgotten(world: World) {
    let (room, open) = (world.room().await, world.room().await);
    let maya = world.participant("Maya");
    let token = world.token();
    world.log.admit(&room, &maya, &token, 10).await.expect("admitted");
    world
        .log
        .append(&room, says(&maya.id, "m1", "hello"))
        .await
        .expect("appended");
    let at = world.clock.now();

    world.upkeep.purged(from_ref(&open)).await.expect("an open room stays");
    world.log.end(&room, at, EndReason::Ended).await.expect("ended");
    let over = Over {
        room: room.clone(),
        at,
        reason: EndReason::Ended,
    };
    let unpurged = async |after| world.upkeep.unpurged(after, 10).await.expect("listed");
    assert_eq!(unpurged(None).await, from_ref(&over));
    assert!(unpurged(Some(&over)).await.is_empty(), "it is the last one");
    assert_eq!(
        world.upkeep.forget(at.plus_millis(1)).await.expect("asked"),
        0,
        "it still has content"
    );

    world.log.purge(from_ref(&room)).await.expect("purged");
    world.upkeep.purged(from_ref(&room)).await.expect("noted");
    assert!(unpurged(None).await.is_empty());
    assert!(world.registry.members(&room, 1_000).await.expect("listed").is_empty());
    assert_eq!(world.registry.member(&room, &token).await.expect("asked"), None);
    let tombstone = world.registry.room(&room).await.expect("read").expect("a tombstone");
    assert_eq!((tombstone.ended, tombstone.inside), (Some((at, EndReason::Ended)), 0));

    assert_eq!(world.upkeep.forget(at).await.expect("asked"), 0, "not before its time");
    assert_eq!(world.upkeep.forget(at.plus_millis(1)).await.expect("asked"), 1);
    assert_eq!(world.registry.room(&room).await.expect("read"), None);
    assert!(world.registry.room(&open).await.expect("read").is_some());
}

pub async fn many_tombstones_are_forgotten_together(world: World) {
    let open = world.room().await;
    let mut rooms = Vec::new();
    for _ in 0..250 {
        rooms.push(world.new_room());
    }
    let (registry, upkeep, log) = (&world.registry, &world.upkeep, &world.log);
    let at = world.clock.now();
    let done = join_all(rooms.iter().map(|room| async move {
        log.create(room).await?;
        log.end(&room.id, at, EndReason::Ended).await?;
        upkeep.purged(from_ref(&room.id)).await
    }));
    assert!(done.await.iter().all(Result::is_ok));
    let before = at.plus_millis(1);
    assert_eq!(upkeep.forget(before).await.expect("asked"), 250);
    assert_eq!(upkeep.forget(before).await.expect("asked"), 0);
    assert!(registry.room(&open).await.expect("read").is_some());
}
