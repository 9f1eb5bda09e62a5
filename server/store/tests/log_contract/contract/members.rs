use std::{slice::from_ref, sync::Arc};

use clock::Clock;
use futures_util::future::join_all;
use random::Random;
use store::{LogError, Member, PASSES_MAX, Room};
use wire::{
    domain::{Nickname, ParticipantId},
    protocol::{EndReason, Participant},
};

use crate::world::{Admission, Commands, DAY, World, says};

fn member(participant: &Participant, inside: bool) -> Member {
    Member {
        id: participant.id.clone(),
        name: participant.name.clone(),
        inside,
        removed: false,
    }
}

async fn inside(world: &World, room: &wire::domain::RoomId) -> u32 {
    world.registry.room(room).await.expect("read").expect("the room").inside
}

pub async fn the_last_place_goes_to_one(world: World) {
    let room = world.room().await;
    let (capacity, early) = (8, world.participant("Early"));
    for _ in 0..2 {
        world
            .log
            .admit(&room, &early, &world.token(), capacity)
            .await
            .expect("answered");
        world.log.release(&room, &early.id).await.expect("released");
    }
    // A hundred who are new, and the one who comes back, for eight places.
    let back = async { world.log.readmit(&room, &early.id, capacity).await.expect("answered") };
    let new = (0..100).map(|n| {
        let (log, room) = (Arc::clone(&world.log), room.clone());
        let (participant, token) = (world.participant(&format!("Guest {n}")), world.token());
        let admit = async move {
            log.admit(&room, &participant, &token, capacity)
                .await
                .expect("answered")
        };
        tokio::spawn(admit)
    });
    let (new, back) = tokio::join!(join_all(Vec::from_iter(new)), back);
    let admissions = Vec::from_iter(new.into_iter().map(|told| told.expect("no panic")).chain([back]));
    assert_eq!(
        admissions.iter().filter(|told| **told == Admission::Entered).count(),
        capacity as usize
    );
    assert_eq!(
        admissions.iter().filter(|told| **told == Admission::Full).count(),
        101 - capacity as usize
    );
    assert_eq!(inside(&world, &room).await, capacity);
    let members = world.registry.members(&room, 1_000).await.expect("listed");
    assert_eq!(members.iter().filter(|member| member.inside).count(), capacity as usize);
}

pub async fn members_come_and_go(mut world: World) {
    let room = world.room().await;
    let (maya, omar) = (world.participant("Maya"), world.participant("Omar"));
    let (mayas, omars) = (world.token(), world.token());
    let (registry, log) = (Arc::clone(&world.registry), Arc::clone(&world.log));
    assert_eq!(
        log.admit(&room, &maya, &mayas, 1).await.expect("answered"),
        Admission::Entered
    );
    assert_eq!(
        log.admit(&room, &maya, &mayas, 1).await.expect("answered"),
        Admission::AlreadyInside
    );
    assert_eq!(
        log.readmit(&room, &maya.id, 1).await.expect("answered"),
        Admission::AlreadyInside
    );
    assert_eq!(
        log.admit(&room, &omar, &omars, 1).await.expect("answered"),
        Admission::Full
    );
    assert_eq!(
        log.readmit(&room, &omar.id, 9).await.expect("answered"),
        Admission::Closed,
        "never admitted"
    );

    assert!(log.release(&room, &maya.id).await.expect("answered"));
    assert!(!log.release(&room, &maya.id).await.expect("answered"));
    assert!(!log.release(&room, &omar.id).await.expect("answered"));
    assert_eq!(inside(&world, &room).await, 0);
    assert_eq!(
        log.admit(&room, &omar, &omars, 1).await.expect("answered"),
        Admission::Entered
    );
    assert_eq!(
        log.readmit(&room, &maya.id, 1).await.expect("answered"),
        Admission::Full
    );
    assert_eq!(
        log.readmit(&room, &maya.id, 2).await.expect("answered"),
        Admission::Entered
    );
    assert_eq!(
        registry.members(&room, 1_000).await.expect("listed"),
        [member(&maya, true), member(&omar, true)]
    );

    world.reopen().await;
    assert_eq!(inside(&world, &room).await, 2);
    assert_eq!(
        world.registry.member(&room, &mayas).await.expect("asked"),
        Some(member(&maya, true))
    );
}

pub async fn a_token_is_known_in_its_own_room_only(world: World) {
    let (here, there) = (world.room().await, world.room().await);
    let (maya, token) = (world.participant("Maya"), world.token());
    world.log.admit(&here, &maya, &token, 10).await.expect("admitted");
    assert_eq!(
        world.registry.member(&here, &token).await.expect("asked"),
        Some(member(&maya, true))
    );
    assert_eq!(world.registry.member(&there, &token).await.expect("asked"), None);
    assert_eq!(world.registry.member(&here, &world.token()).await.expect("asked"), None);

    // Who comes again as the same participant, from the host's own accounts, does so with one more token.
    world.log.release(&here, &maya.id).await.expect("released");
    let renewed = world.token();
    assert_eq!(
        world.log.admit(&here, &maya, &renewed, 10).await.expect("answered"),
        Admission::Entered
    );
    for good in [&token, &renewed] {
        assert_eq!(
            world.registry.member(&here, good).await.expect("asked"),
            Some(member(&maya, true))
        );
    }
    assert_eq!(world.registry.member(&there, &renewed).await.expect("asked"), None);
    assert_eq!(inside(&world, &here).await, 1);
}

pub async fn one_participant_is_in_on_many_devices(mut world: World) {
    let room = world.room().await;
    let (maya, first) = (world.participant("Maya"), world.token());
    assert_eq!(world.registry.participant(&room, &maya.id).await.expect("asked"), None);
    world.log.admit(&room, &maya, &first, 1).await.expect("admitted");
    let renamed = Participant {
        name: Nickname::parse("M.").expect("a name"),
        ..maya.clone()
    };
    let mut devices = Vec::new();
    for _ in 0..=PASSES_MAX {
        let token = world.token();
        let admission = world.log.admit(&room, &renamed, &token, 1).await;
        assert_eq!(
            admission.expect("answered"),
            Admission::AlreadyInside,
            "the room is full"
        );
        devices.push(token);
    }
    world.reopen().await;
    let (registry, log) = (&world.registry, &world.log);
    assert_eq!(
        registry.member(&room, &devices[0]).await.expect("asked"),
        None,
        "too old"
    );
    for good in devices[1..].iter().chain([&first]) {
        let known = registry.member(&room, good).await.expect("asked");
        assert_eq!(known, Some(member(&maya, true)), "the name stays");
    }
    assert_eq!(
        registry.participant(&room, &maya.id).await.expect("asked"),
        Some(member(&maya, true))
    );
    assert_eq!(
        registry.members(&room, 1_000).await.expect("listed"),
        [member(&maya, true)]
    );
    assert_eq!(inside(&world, &room).await, 1);

    // No token outlives its room.
    log.end(&room, world.clock.now(), EndReason::Ended)
        .await
        .expect("ended");
    world.log.purge(from_ref(&room)).await.expect("purged");
    for gone in [&first, &devices[1]] {
        assert_eq!(registry.member(&room, gone).await.expect("asked"), None);
    }
}

pub async fn who_started_a_room_is_known_where_they_said_it(mut world: World) {
    let anonymous = world.room().await;
    let room = Room {
        creator_id: Some(ParticipantId::of_host("maya@example.org").expect("an id")),
        ..world.new_room()
    };
    world.log.create(&room).await.expect("created");
    world.reopen().await;
    assert_eq!(world.registry.room(&room.id).await.expect("read"), Some(room));
    let found = world.registry.room(&anonymous).await.expect("read");
    assert_eq!(found.expect("the room").creator_id, None);
}

pub async fn nobody_enters_a_closed_room(world: World) {
    let (ended, expired) = (world.room().await, world.room().await);
    let maya = world.participant("Maya");
    for room in [&ended, &expired] {
        world
            .log
            .admit(room, &maya, &world.token(), 10)
            .await
            .expect("admitted");
        world.log.release(room, &maya.id).await.expect("released");
    }
    world
        .log
        .end(&ended, world.clock.now(), EndReason::Ended)
        .await
        .expect("ended");
    world.clock.advance(DAY);
    for room in [ended, expired, world.random.room_id()] {
        let omar = world.participant("Omar");
        let admission = world.log.admit(&room, &omar, &world.token(), 10).await;
        assert_eq!(admission.expect("answered"), Admission::Closed);
        assert_eq!(
            world.log.readmit(&room, &maya.id, 10).await.expect("answered"),
            Admission::Closed
        );
    }
}

pub async fn those_inside_open_rooms_are_listed(world: World) {
    let (open, ended) = (world.room().await, world.room().await);
    let (maya, omar) = (world.participant("Maya"), world.participant("Omar"));
    for room in [&open, &ended] {
        for participant in [&maya, &omar] {
            world
                .log
                .admit(room, participant, &world.token(), 10)
                .await
                .expect("admitted");
        }
        world.log.release(room, &maya.id).await.expect("released");
    }
    world
        .log
        .end(&ended, world.clock.now(), EndReason::Ended)
        .await
        .expect("ended");
    assert_eq!(
        world.registry.all_inside().await.expect("listed"),
        [(open, member(&omar, true))]
    );
}

pub async fn the_newest_are_listed_and_no_more(world: World) {
    let room = world.room().await;
    let (registry, log) = (&world.registry, &world.log);
    let people = Vec::from_iter((0..7).map(|n| world.participant(&format!("Guest {n}"))));
    for who in &people {
        log.admit(&room, who, &world.token(), 10).await.expect("admitted");
    }
    log.release(&room, &people[1].id).await.expect("released");
    log.release(&room, &people[5].id).await.expect("released");
    let name = |member: Member| member.name.to_string();
    let newest = registry.members(&room, 3).await.expect("listed");
    assert_eq!(
        Vec::from_iter(newest.into_iter().map(name)),
        ["Guest 4", "Guest 5", "Guest 6"]
    );
    let inside = registry.inside(&room).await.expect("listed");
    assert_eq!(
        Vec::from_iter(inside.into_iter().map(name)),
        ["Guest 0", "Guest 2", "Guest 3", "Guest 4", "Guest 6"]
    );
}

pub async fn a_write_that_fails_fails_alone(world: World) {
    let (room, other) = (world.room().await, world.room().await);
    let (maya, taken) = (world.participant("Maya"), world.token());
    world.log.admit(&room, &maya, &taken, 100).await.expect("admitted");
    // Asked for by one task in one go: most of them share a transaction. The one in the middle has somebody else's token,
    // which the store finds out when it has counted them in.
    let guests = (0..41).map(|n| {
        let token = if n == 20 { taken } else { world.token() };
        (world.participant(&format!("Guest {n}")), token)
    });
    let guests = Vec::from_iter(guests);
    let ids = Vec::from_iter((0..41).map(|n| format!("m{n}")));
    let admits = join_all(
        guests
            .iter()
            .map(|(who, token)| world.log.admit(&room, who, token, 100)),
    );
    let appends = join_all(
        ids.iter()
            .map(|id| world.log.append(&other, says(&maya.id, id, "hello"))),
    );
    let (admitted, appended) = tokio::join!(admits, appends);
    for (n, told) in admitted.into_iter().enumerate() {
        match told {
            Err(LogError::Store(_)) => assert_eq!(n, 20, "an innocent one"),
            told => assert_eq!((n == 20, told.expect("answered")), (false, Admission::Entered)),
        }
    }
    assert!(appended.iter().all(Result::is_ok), "{appended:?}");
    assert_eq!(inside(&world, &room).await, 41, "what failed was taken back");
    assert_eq!(world.registry.inside(&room).await.expect("listed").len(), 41);
}

pub async fn an_arrival_is_answered_at_once_as_one_by_one(mut world: World) {
    let room = world.room().await;
    let people = Vec::from_iter((0..4).map(|n| (world.participant(&format!("Guest {n}")), world.token())));
    for (who, token) in &people {
        world.log.admit(&room, who, token, 10).await.expect("admitted");
    }
    let (left, removed, device) = (&people[1], &people[2], world.token());
    world.log.release(&room, &left.0.id).await.expect("left");
    world.log.remove(&room, &removed.0.id).await.expect("removed");
    world.log.admit(&room, &people[0].0, &device, 10).await.expect("known");
    let (unknown, nowhere) = (world.token(), world.random.room_id());
    for _ in 0..2 {
        let registry = &world.registry;
        let known = registry.room(&room).await.expect("read").expect("the room");
        let newest = registry.members(&room, 3).await.expect("listed");
        for token in people.iter().map(|(_, token)| token).chain([&device]) {
            let arrival = registry
                .arrival(&room, Some(token), 3)
                .await
                .expect("asked")
                .expect("the room");
            let member = registry.member(&room, token).await.expect("asked");
            assert!(member.is_some());
            assert_eq!((&arrival.room, &arrival.member), (&known, &member));
            assert_eq!(arrival.members, newest);
            let position = world.log.position(&room).await.expect("open");
            assert_eq!(arrival.position, world.stored.then_some(position));
        }
        // Who is nobody is told of nobody.
        for token in [Some(&unknown), None] {
            let arrival = registry
                .arrival(&room, token, 3)
                .await
                .expect("asked")
                .expect("the room");
            assert_eq!((arrival.member, arrival.members.len()), (None, 0));
        }
        assert_eq!(registry.arrival(&nowhere, Some(&device), 3).await.expect("asked"), None);
        let few = registry
            .arrival(&room, Some(&device), 0)
            .await
            .expect("asked")
            .expect("the room");
        assert!(few.member.is_some() && few.members.is_empty());
        world.reopen().await;
    }
    let now = world.clock.now();
    world.log.end(&room, now, EndReason::Ended).await.expect("ended");
    let over = world.registry.arrival(&room, Some(&device), 3).await.expect("asked");
    assert_eq!(over.expect("a tombstone").room.ended, Some((now, EndReason::Ended)));
}
