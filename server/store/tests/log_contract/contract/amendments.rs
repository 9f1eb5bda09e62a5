use futures_util::future::join_all;
use store::LogError;
use wire::{
    domain::{Emoji, Seq},
    protocol::{Body, Entry, Participant, Version},
};

use super::{all, seqs};
use crate::world::{Commands, World, amends, says};

const V: Version = Version;

fn is_gone<T>(outcome: &Result<T, LogError>) -> bool {
    matches!(outcome, Err(LogError::Gone))
}

/// What the entry of this number carries.
fn body(entries: &[Entry], seq: u64) -> &Body {
    match entries.iter().find(|entry| entry.seq() == Seq(seq)) {
        Some(Entry::Message { body, .. }) => body,
        other => panic!("no message: {other:?}"),
    }
}

/// The words that an entry carries.
fn words(entries: &[Entry], seq: u64) -> Option<&str> {
    match body(entries, seq) {
        Body::Text { text, .. } | Body::Edit { text: Some(text), .. } => Some(text.as_str()),
        _ => None,
    }
}

pub async fn an_edit_is_an_entry_and_leaves_no_old_words(mut world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    for (id, text) in [("m1", "first words"), ("m2", "another message")] {
        world.log.append(&room, says(&maya, id, text)).await.expect("said");
    }
    for (id, text) in [("e1", "second words"), ("e2", "third words")] {
        let edited = world.log.append(&room, amends::edit(&maya, id, 1, text)).await;
        assert!(edited.expect("edited").fresh);
    }
    let heard = world.heard.of(&room);
    assert_eq!(
        (words(&heard, 1), words(&heard, 3), words(&heard, 4)),
        (Some("first words"), Some("second words"), Some("third words"))
    );
    for _ in 0..2 {
        let entries = all(&*world.log, &room).await;
        assert_eq!(seqs(&entries), [1, 2, 3, 4]);
        assert_eq!(words(&entries, 1), Some("third words"));
        assert!(matches!(body(&entries, 1), Body::Text { edited: true, .. }));
        assert_eq!(words(&entries, 2), Some("another message"));
        assert_eq!((words(&entries, 3), words(&entries, 4)), (None, Some("third words")));
        if !world.stored {
            break;
        }
        world.reopen().await;
    }
    let retry = world
        .log
        .append(&room, amends::edit(&maya, "e1", 1, "second words"))
        .await;
    let retry = retry.expect("known");
    assert_eq!((retry.seq, retry.fresh), (Seq(3), false));
    assert_eq!(words(&all(&*world.log, &room).await, 1), Some("third words"));
}

pub async fn what_is_deleted_stays_deleted(world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    world.log.append(&room, says(&maya, "m1", "words")).await.expect("said");
    let edit = |id| amends::edit(&maya, id, 1, "other words");
    world.log.append(&room, edit("e1")).await.expect("edited");
    let deleted = world
        .log
        .append(&room, amends::delete(&maya, "d1", 1))
        .await
        .expect("deleted");
    assert_eq!((deleted.seq, deleted.fresh), (Seq(3), true));

    assert!(is_gone(&world.log.append(&room, edit("e2")).await));
    assert!(is_gone(&world.log.append(&room, amends::delete(&maya, "d2", 1)).await));
    for (retry, first) in [(amends::delete(&maya, "d1", 1), 3), (edit("e1"), 2)] {
        let retry = world.log.append(&room, retry).await.expect("known");
        assert_eq!((retry.seq, retry.fresh), (Seq(first), false));
    }
    let entries = all(&*world.log, &room).await;
    assert_eq!(seqs(&entries), [1, 2, 3]);
    assert_eq!(body(&entries, 1), &Body::Deleted { v: V });
    assert_eq!((words(&entries, 1), words(&entries, 2)), (None, None));
}

pub async fn only_what_was_said_is_amended(world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    let log = &world.log;
    log.append(&room, says(&maya, "m1", "first words")).await.expect("said");
    log.append(&room, says(&maya, "m2", "regretted")).await.expect("said");
    let amendments = [
        amends::edit(&maya, "e1", 1, "second words"),
        amends::delete(&maya, "d1", 2),
    ];
    for amendment in amendments {
        log.append(&room, amendment).await.expect("amended");
    }
    for target in [3, 4] {
        for amendment in [
            amends::edit(&maya, "e2", target, "third words"),
            amends::delete(&maya, "d2", target),
        ] {
            assert!(is_gone(&log.append(&room, amendment).await), "{target}");
        }
    }
    let entries = all(&**log, &room).await;
    assert_eq!(seqs(&entries), [1, 2, 3, 4]);
    assert_eq!(
        (words(&entries, 1), words(&entries, 3)),
        (Some("second words"), Some("second words"))
    );
}

pub async fn a_reaction_changes_no_message(world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    world.log.append(&room, says(&maya, "m1", "words")).await.expect("said");
    world
        .log
        .append(&room, amends::react(&maya, "r1", 1))
        .await
        .expect("told");
    let entries = all(&*world.log, &room).await;
    let told = Body::Reaction {
        v: V,
        target: Seq(1),
        emoji: Emoji::parse("👍").expect("an emoji"),
        on: true,
    };
    assert_eq!((words(&entries, 1), body(&entries, 2)), (Some("words"), &told));
}

pub async fn what_is_not_there_is_not_amended(world: World) {
    let (room, other) = (world.room().await, world.room().await);
    let maya = Participant {
        id: world.participant("Maya").id,
        ..world.participant("Maya")
    };
    world.log.admit(&room, &maya, &world.token(), 9).await.expect("joined");
    for n in 1..=5 {
        let said = says(&maya.id, &format!("m{n}"), "in the other room");
        world.log.append(&other, said).await.expect("said");
    }
    for (n, target) in [0, 1, 2, 3, u64::MAX].into_iter().enumerate() {
        for draft in [
            amends::edit(&maya.id, &format!("e{n}"), target, "other words"),
            amends::delete(&maya.id, &format!("d{n}"), target),
        ] {
            assert!(is_gone(&world.log.append(&room, draft).await), "{target}");
        }
    }
    assert_eq!(all(&*world.log, &room).await.len(), 1);
    assert_eq!(words(&all(&*world.log, &other).await, 3), Some("in the other room"));
}

pub async fn edits_and_a_deletion_at_once_leave_nothing(world: World) {
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    world.log.append(&room, says(&maya, "m1", "words")).await.expect("said");
    let ids = Vec::from_iter((0..60).map(|n| format!("a{n}")));
    let amend = |n: usize, id: &str| match n {
        30 => amends::delete(&maya, id, 1),
        _ => amends::edit(&maya, id, 1, &format!("words of {id}")),
    };
    let outcomes = join_all(
        ids.iter()
            .enumerate()
            .map(|(n, id)| world.log.append(&room, amend(n, id))),
    )
    .await;
    assert!(outcomes[30].is_ok());
    assert!(outcomes.iter().all(|outcome| outcome.is_ok() || is_gone(outcome)));
    let taken = outcomes.iter().filter(|outcome| outcome.is_ok()).count() as u64;
    let entries = all(&*world.log, &room).await;
    assert_eq!(seqs(&entries), Vec::from_iter(1..=taken + 1));
    for seq in 1..=taken + 1 {
        assert_eq!(words(&entries, seq), None, "{seq}");
    }
    assert_eq!(seqs(&world.heard.of(&room)), seqs(&entries));
}
