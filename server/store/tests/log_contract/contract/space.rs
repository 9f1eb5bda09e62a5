use std::time::Duration;

use admission::Resource;
use clock::Clock;
use store::{Bounds, LogError, Logged, PAGE_MAX, Page};
use tokio::time::Instant;
use wire::{
    domain::{RoomId, Seq},
    protocol::EndReason,
};

use super::all;
use crate::world::{Commands, World, amends, says};

/// Bytes of the messages here, more or less.
const LONG: usize = 3_000;

/// Says long messages until there is no space for another one; how many were said, and in what there was none.
async fn fill(world: &World, room: &RoomId, who: &str) -> (usize, Resource) {
    let from = world.participant(who).id;
    for n in 0..1_000 {
        let long = says(&from, &format!("{who}-{n}"), &"x".repeat(LONG));
        match world.log.append(room, long).await {
            Ok(appended) => assert!(appended.fresh),
            Err(LogError::Full(full)) => return (n, full.of),
            Err(error) => panic!("{error}"),
        }
    }
    panic!("there is no end of it");
}

async fn end(world: &World, room: &RoomId) {
    let now = world.clock.now();
    assert!(world.log.end(room, now, EndReason::Ended).await.expect("ended"));
    world.log.purge(std::slice::from_ref(room)).await.expect("purged");
    world.upkeep.purged(std::slice::from_ref(room)).await.expect("noted");
}

pub async fn a_server_has_space_for_so_many_words(mut world: World) {
    world.bounds = Bounds {
        live_text: 100_000,
        stored_text: 100_000,
        ..Bounds::NONE
    };
    world.reopen().await;
    let (room, other) = (world.room().await, world.room().await);
    let maya = world.participant("Maya");
    world
        .log
        .append(&room, says(&maya.id, "m1", "Hello"))
        .await
        .expect("said");
    let (said, full) = fill(&world, &other, "noor").await;
    let text = if world.stored {
        Resource::StoredText
    } else {
        Resource::LiveText
    };
    assert_eq!(full, text);
    assert!((15..=33).contains(&said), "{said}");
    // In every room, also after a restart. A retry is known; who comes and goes is noted; what was said is read.
    let refused = world.log.append(&room, says(&maya.id, "m2", &"x".repeat(LONG))).await;
    assert!(
        matches!(refused, Err(LogError::Full(full)) if full.of == text),
        "{refused:?}"
    );
    assert!(
        !world
            .log
            .append(&room, says(&maya.id, "m1", "Hello"))
            .await
            .expect("a retry")
            .fresh
    );
    world.log.admit(&room, &maya, &world.token(), 9).await.expect("noted");
    assert_eq!(world.log.position(&room).await.expect("open").last, Seq(2));
    assert_eq!(all(&*world.log, &other).await.len(), said);
    // What makes space is not refused.
    for n in 1..=3 {
        let delete = amends::delete(&maya.id, &format!("d{n}"), n);
        world.log.append(&other, delete).await.expect("deleted");
    }
    let (more, _) = fill(&world, &room, "sam").await;
    assert!((1..=3).contains(&more), "{more}");
    end(&world, &other).await;
    // As soon as what was purged is counted.
    let (mut again, start) = (0, Instant::now());
    while again < said / 2 {
        assert!(start.elapsed() < Duration::from_secs(20), "no space came back");
        let name = format!("kim{again}-{}", start.elapsed().as_nanos());
        again += fill(&world, &room, &name).await.0;
    }
}

pub async fn what_is_counted_is_what_is_there(mut world: World) {
    let (room, other) = (world.room().await, world.room().await);
    let maya = world.participant("Maya");
    for n in 0..4 {
        let words = format!("{} {}", "word ".repeat(n * 20), "\u{1F600}");
        let said = world.log.append(&room, says(&maya.id, &format!("m{n}"), &words)).await;
        assert!(said.expect("said").fresh);
        world.log.admit(&other, &maya, &world.token(), 9).await.expect("joined");
        world.log.release(&other, &maya.id).await.expect("left");
    }
    let amendments = [
        amends::edit(&maya.id, "e1", 1, &"longer ".repeat(50)),
        amends::edit(&maya.id, "e2", 1, "short"),
        amends::edit(&maya.id, "e3", 2, "other words"),
        amends::react(&maya.id, "r1", 3),
        amends::delete(&maya.id, "d1", 1),
        amends::delete(&maya.id, "d2", 4),
    ];
    // Twice: retries change nothing.
    for _ in 0..2 {
        for amendment in &amendments {
            world.log.append(&room, amendment.clone()).await.expect("amended");
        }
    }
    if world.stored {
        let counted = world.space().stored_text.used();
        // All but the number, which has a column of its own.
        let bytes = |entry: &Logged| entry.frame.len() - format!(",\"seq\":{}}}", entry.seq).len();
        let mut there = 0;
        for room in [&room, &other] {
            let page = world.log.read(room, Page::After(Seq::START, PAGE_MAX)).await;
            there += page.expect("read").iter().map(bytes).sum::<usize>();
        }
        assert_eq!(counted, there as u64);
        world.reopen().await;
        assert_eq!(world.space().stored_text.used(), counted, "after a restart");
        assert_eq!(world.space().live_text.used(), 0);
    } else {
        assert!(world.space().live_text.used() > 8 * 1024);
        assert_eq!(world.space().stored_text.used(), 0);
    }
    for room in [&room, &other] {
        end(&world, room).await;
    }
    assert_eq!(world.space().live_text.used(), 0);
    world.reopen().await;
    assert_eq!(world.space().stored_text.used(), 0);
}

pub async fn a_stored_room_has_space_for_so_many_words(mut world: World) {
    world.bounds = Bounds {
        room_text: 50_000,
        ..Bounds::NONE
    };
    world.reopen().await;
    let (room, other) = (world.room().await, world.room().await);
    if !world.stored {
        // A live room forgets its oldest entries instead.
        let maya = world.participant("Maya").id;
        for n in 0..40 {
            let long = says(&maya, &format!("m{n}"), &"x".repeat(LONG));
            world.log.append(&room, long).await.expect("said");
        }
        return;
    }
    let (said, full) = fill(&world, &room, "maya").await;
    assert_eq!((said, full), (15, Resource::RoomText));
    world.reopen().await;
    assert_eq!(fill(&world, &room, "noor").await, (0, Resource::RoomText));
    let sam = world.participant("Sam").id;
    world
        .log
        .append(&other, says(&sam, "s1", "Hello"))
        .await
        .expect("another room");
}

pub async fn there_are_so_many_rooms(mut world: World) {
    world.bounds = Bounds {
        rooms: 2,
        ..Bounds::NONE
    };
    let first = world.room().await;
    world.reopen().await;
    world.room().await;
    for _ in 0..2 {
        let refused = world.log.create(&world.new_room()).await;
        assert!(
            matches!(refused, Err(LogError::Full(full)) if full.of == Resource::Rooms),
            "{refused:?}"
        );
    }
    for _ in 0..2 {
        // Ended twice, it makes place once.
        let now = world.clock.now();
        world.log.end(&first, now, EndReason::Ended).await.expect("ended");
    }
    world.room().await;
    let refused = world.log.create(&world.new_room()).await;
    assert!(
        matches!(refused, Err(LogError::Full(full)) if full.of == Resource::Rooms),
        "{refused:?}"
    );
}
