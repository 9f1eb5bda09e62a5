//! What changes a room and the entry that tells of it.

use store::{Command, Outcome};
use wire::protocol::{Change, Entry};

use super::all;
use crate::world::{Admission, Commands, World, says};

/// What the log tells of, in short.
async fn told(world: &World, room: &wire::domain::RoomId) -> Vec<&'static str> {
    let short = |entry: &Entry| match entry {
        Entry::Message { .. } => "said",
        Entry::Joined { .. } => "joined",
        Entry::Left { removed: false, .. } => "left",
        Entry::Left { removed: true, .. } => "removed",
        Entry::Changed { .. } => "changed",
    };
    all(&*world.log, room).await.iter().map(short).collect()
}

pub async fn a_change_and_what_tells_of_it_are_one_step(world: World) {
    let room = world.room().await;
    let (maya, omar) = (world.participant("Maya"), world.participant("Omar"));
    let log = &world.log;
    assert_eq!(
        log.admit(&room, &maya, &world.token(), 1).await.expect("answered"),
        Admission::Entered
    );
    // What does not happen is not told.
    for _ in 0..2 {
        assert_eq!(
            log.admit(&room, &maya, &world.token(), 1).await.expect("answered"),
            Admission::AlreadyInside
        );
        assert_eq!(
            log.admit(&room, &omar, &world.token(), 1).await.expect("answered"),
            Admission::Full
        );
        assert!(!log.release(&room, &omar.id).await.expect("answered"));
        assert!(!log.remove(&room, &omar.id).await.expect("answered"));
        assert!(!log.change(&room, Change::Locked(false)).await.expect("answered"));
    }
    assert_eq!(told(&world, &room).await, ["joined"]);
    for _ in 0..2 {
        log.append(&room, says(&maya.id, "m1", "hello")).await.expect("said");
        log.release(&room, &maya.id).await.expect("answered");
        log.readmit(&room, &maya.id, 1).await.expect("answered");
        log.change(&room, Change::Locked(true)).await.expect("answered");
    }
    log.remove(&room, &maya.id).await.expect("answered");
    let expected = [
        "joined", "said", "left", "joined", "changed", "left", "joined", "removed",
    ];
    assert_eq!(told(&world, &room).await, expected);
    assert_eq!(world.heard.of(&room), all(&**log, &room).await);
}

pub async fn a_room_opens_with_whoever_starts_it_inside(mut world: World) {
    let (room, maya, token) = (world.new_room(), world.participant("Maya"), world.token());
    let create = || Command::Create {
        room: Box::new(room.clone()),
        creator: Some((maya.clone(), token)),
    };
    let Outcome::Done(Some(joined)) = world.log.execute(&room.id, create()).await.expect("created") else {
        panic!("an entry tells of it");
    };
    assert_eq!((joined.seq.0, joined.fresh), (1, true));
    assert!(world.log.execute(&room.id, create()).await.is_err(), "the id is taken");
    assert_eq!(told(&world, &room.id).await, ["joined"]);
    assert_eq!(world.heard.of(&room.id).len(), 1);
    world.reopen().await;
    let kept = world.registry.room(&room.id).await.expect("read").expect("the room");
    assert_eq!(kept.inside, 1);
    let member = world.registry.member(&room.id, &token).await.expect("asked");
    assert_eq!(member.map(|member| (member.id, member.inside)), Some((maya.id, true)));
    // Who comes next is the second.
    let omar = world.participant("Omar");
    world
        .log
        .admit(&room.id, &omar, &world.token(), 9)
        .await
        .expect("admitted");
    let names = world.registry.members(&room.id, 9).await.expect("listed");
    let names = names.iter().map(|member| member.name.as_str());
    assert_eq!(Vec::from_iter(names), ["Maya", "Omar"]);
}
