//! What a room's creator sets.

use std::{slice::from_ref, sync::Arc};

use clock::Clock;
use futures_util::future::join_all;
use random::Random;
use store::{LogError, Room};
use wire::{
    domain::RoomId,
    protocol::{Change, EndReason, Settings},
};

use crate::world::{Admission, Commands, DAY, World, says};

async fn read(world: &World, room: &RoomId) -> Room {
    world.registry.room(room).await.expect("read").expect("the room")
}

async fn change(world: &World, room: &RoomId, change: Change) -> bool {
    world.log.change(room, change).await.expect("answered")
}

pub async fn settings_are_kept(mut world: World) {
    let room = world.room().await;
    assert_eq!(read(&world, &room).await.settings, Settings::default());
    for setting in [Change::Locked, Change::TextOnly] {
        assert!(change(&world, &room, setting(true)).await);
        assert!(!change(&world, &room, setting(true)).await, "it is so already");
    }
    world.reopen().await;
    let set = Settings {
        locked: true,
        text_only: true,
        extended: false,
    };
    assert_eq!(read(&world, &room).await.settings, set);
    assert!(change(&world, &room, Change::Locked(false)).await);
    assert_eq!(read(&world, &room).await.settings, set.after(Change::Locked(false)));
    let now = world.clock.now();
    world.log.end(&room, now, EndReason::Ended).await.expect("ended");
    for closed in [room, world.random.room_id()] {
        let refused = world.log.change(&closed, Change::Locked(true)).await;
        assert!(matches!(refused, Err(LogError::Closed)), "{refused:?}");
    }
}

pub async fn a_locked_room_takes_nobody_new(world: World) {
    let room = world.room().await;
    let (maya, omar, token) = (world.participant("Maya"), world.participant("Omar"), world.token());
    let log = &world.log;
    log.admit(&room, &maya, &token, 9).await.expect("admitted");
    log.release(&room, &maya.id).await.expect("released");
    assert!(change(&world, &room, Change::Locked(true)).await);
    let admit = async || log.admit(&room, &omar, &world.token(), 9).await.expect("answered");
    assert_eq!(admit().await, Admission::Locked);
    assert_eq!(read(&world, &room).await.inside, 0, "no place is taken");
    assert_eq!(
        log.readmit(&room, &maya.id, 9).await.expect("answered"),
        Admission::Entered,
        "who left comes back"
    );
    let owner = world.participant("Owner");
    assert_eq!(
        log.admit_creator(&room, &owner, &world.token(), 1)
            .await
            .expect("answered"),
        Admission::Full
    );
    assert_eq!(
        log.admit_creator(&room, &owner, &world.token(), 9)
            .await
            .expect("answered"),
        Admission::Entered
    );
    assert!(change(&world, &room, Change::Locked(false)).await);
    assert_eq!(admit().await, Admission::Entered);
}

pub async fn a_lock_and_a_join_race_and_one_of_them_is_first(world: World) {
    let room = world.room().await;
    let joins = (0..40).map(|n| {
        let (log, room) = (Arc::clone(&world.log), room.clone());
        let (who, token) = (world.participant(&format!("Guest {n}")), world.token());
        tokio::spawn(async move {
            if n == 20 {
                assert!(log.change(&room, Change::Locked(true)).await.expect("answered"));
            }
            log.admit(&room, &who, &token, 99).await.expect("answered")
        })
    });
    let told = join_all(Vec::from_iter(joins)).await;
    let entered = told
        .iter()
        .filter(|told| matches!(told, Ok(Admission::Entered)))
        .count();
    let locked = told.iter().filter(|told| matches!(told, Ok(Admission::Locked))).count();
    assert_eq!(entered + locked, 40);
    assert!(locked > 0, "who locked it was too late for their own join");
    assert_eq!(read(&world, &room).await.inside as usize, entered);
    assert_eq!(
        world.registry.members(&room, 1_000).await.expect("listed").len(),
        entered
    );
}

pub async fn who_was_removed_does_not_come_back(mut world: World) {
    let room = world.room().await;
    let (maya, omar) = (world.participant("Maya"), world.participant("Omar"));
    let (mayas, omars) = (world.token(), world.token());
    for (who, token) in [(&maya, &mayas), (&omar, &omars)] {
        world.log.admit(&room, who, token, 9).await.expect("admitted");
    }
    world.log.release(&room, &omar.id).await.expect("released");
    for who in [&maya, &omar] {
        assert!(world.log.remove(&room, &who.id).await.expect("removed"));
        assert!(!world.log.remove(&room, &who.id).await.expect("removed before"));
    }
    let nobody = world.participant("Nobody");
    assert!(!world.log.remove(&room, &nobody.id).await.expect("answered"));
    assert_eq!(read(&world, &room).await.inside, 0);
    world.reopen().await;
    for (who, token) in [(&maya, &mayas), (&omar, &omars)] {
        let member = world
            .registry
            .member(&room, token)
            .await
            .expect("asked")
            .expect("known");
        assert!(member.removed && !member.inside);
        let log = &world.log;
        let back = log.readmit(&room, &who.id, 9).await.expect("answered");
        let anew = log.admit(&room, who, &world.token(), 9).await.expect("answered");
        assert_eq!((back, anew), (Admission::Removed, Admission::Removed));
    }
    assert!(
        world
            .registry
            .all_inside()
            .await
            .expect("listed")
            .iter()
            .all(|(of, _)| *of != room)
    );
}

pub async fn a_room_is_extended_once(mut world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    world.log.append(&room, says(&maya, "m1", "hello")).await.expect("said");
    let end = read(&world, &room).await.expires_at;
    let later = end.plus_millis(DAY);
    assert!(change(&world, &room, Change::ExpiresAt(later)).await);
    assert!(!change(&world, &room, Change::ExpiresAt(later.plus_millis(DAY))).await);
    if world.stored {
        world.reopen().await;
    }
    let kept = read(&world, &room).await;
    assert_eq!((kept.expires_at, kept.settings.extended), (later, true));
    world.clock.advance(DAY);
    assert!(
        world
            .upkeep
            .due(world.clock.now(), None, 9)
            .await
            .expect("listed")
            .iter()
            .all(|due| due.room != room)
    );
    world
        .log
        .append(&room, says(&maya, "m2", "still here"))
        .await
        .expect("said");
    world.clock.advance(DAY);
    let late = world.log.append(&room, says(&maya, "m3", "too late")).await;
    assert!(matches!(late, Err(LogError::Closed)));
    let late = world.log.change(&room, Change::Locked(true)).await;
    assert!(matches!(late, Err(LogError::Closed)), "its time is over");
}

pub async fn a_room_has_so_many_owners_and_no_more(world: World) {
    let (room, other) = (world.room().await, world.room().await);
    let adding = (0..12).map(|_| {
        let (registry, room, token) = (Arc::clone(&world.registry), room.clone(), world.token());
        tokio::spawn(async move { registry.add_owner(&room, &token, 5).await.expect("answered") })
    });
    let added = join_all(Vec::from_iter(adding)).await;
    assert_eq!(added.iter().filter(|added| matches!(added, Ok(true))).count(), 5);
    assert_eq!(world.registry.owners(&room).await.expect("listed").len(), 5);
    let token = world.token();
    assert!(world.registry.add_owner(&other, &token, 5).await.expect("answered"));
    assert_eq!(world.registry.owners(&other).await.expect("listed"), [token]);
    let now = world.clock.now();
    world.log.end(&other, now, EndReason::Ended).await.expect("ended");
    assert!(
        !world
            .registry
            .add_owner(&other, &world.token(), 5)
            .await
            .expect("answered")
    );
    world.upkeep.purged(from_ref(&other)).await.expect("purged");
    assert!(world.registry.owners(&other).await.expect("listed").is_empty());
}
