//! Each kind of fault, planted in a history that is clean without it.

use wire::domain::{ClientId, ParticipantId};

use super::*;
use crate::history::{Ack, Seen};

fn epoch(name: &str) -> Epoch {
    Epoch::parse(format!("{name:_>12}")).expect("an epoch")
}

fn who(name: &str) -> ParticipantId {
    ParticipantId::parse(format!("anon_{name}")).expect("an id")
}

fn message(from: &str, client_id: &str) -> Message {
    Message {
        from: who(from),
        client_id: ClientId::parse(client_id).expect("an id"),
    }
}

fn said(seq: u64, from: &str, client_id: &str) -> Seen {
    Seen {
        seq: Seq(seq),
        content: Content::Message(message(from, client_id)),
    }
}

fn joined(seq: u64, name: &str) -> Seen {
    Seen {
        seq: Seq(seq),
        content: Content::Joined(who(name)),
    }
}

fn ack(seq: u64, from: &str, client_id: &str) -> Ack {
    Ack {
        message: message(from, client_id),
        epoch: epoch("a"),
        seq: Seq(seq),
    }
}

fn record(sent: &[Message], acks: &[Ack], entries: Vec<Seen>) -> Record {
    Record {
        sent: sent.to_vec(),
        acks: acks.to_vec(),
        readings: vec![Reading {
            epoch: epoch("a"),
            entries,
        }],
    }
}

/// Maya says two things, Jonas one, and both see everything.
fn clean(stored: bool) -> RoomHistory {
    let log = vec![
        joined(1, "maya"),
        joined(2, "jonas"),
        said(3, "maya", "m1"),
        said(4, "jonas", "j1"),
        said(5, "maya", "m2"),
    ];
    let mayas = [message("maya", "m1"), message("maya", "m2")];
    let jonass = [message("jonas", "j1")];
    RoomHistory {
        stored,
        over: false,
        clients: vec![
            record(&mayas, &[ack(3, "maya", "m1"), ack(5, "maya", "m2")], log.clone()),
            record(&jonass, &[ack(4, "jonas", "j1")], log),
        ],
    }
}

/// The verdict on the clean history, stored, after `plant`.
fn verdict(plant: impl FnOnce(&mut RoomHistory)) -> Verdict {
    let mut room = clean(true);
    plant(&mut room);
    check(&room)
}

fn found(lost: u64, doubled: u64, reordered: u64) -> Verdict {
    Verdict {
        acked: 3,
        lost,
        doubled,
        reordered,
    }
}

fn entries(room: &mut RoomHistory, client: usize) -> &mut Vec<Seen> {
    &mut room.clients[client].readings[0].entries
}

#[test]
fn what_is_well_is_found_well() {
    assert_eq!(check(&clean(true)), found(0, 0, 0));
    assert_eq!(check(&clean(false)), found(0, 0, 0));
    assert!(found(0, 0, 0).is_clean());
    for bad in [found(1, 0, 0), found(0, 1, 0), found(0, 0, 1)] {
        assert!(!bad.is_clean());
    }
}

#[test]
fn an_acked_message_that_a_reader_never_saw_is_lost() {
    let last = verdict(|room| drop(entries(room, 1).pop()));
    assert_eq!(last, found(1, 0, 0));
    let for_all = verdict(|room| (0..2).for_each(|client| drop(entries(room, client).pop())));
    assert_eq!(for_all, found(2, 0, 0));
    let saw_nothing = verdict(|room| room.clients[1].readings.clear());
    assert_eq!(saw_nothing, found(3, 0, 0));
}

#[test]
fn a_message_without_an_ack_may_be_missing() {
    let missing = verdict(|room| {
        room.clients[0].acks.pop();
        (0..2).for_each(|client| drop(entries(room, client).pop()));
    });
    assert_eq!(
        missing,
        Verdict {
            acked: 2,
            ..found(0, 0, 0)
        }
    );
}

#[test]
fn an_entry_in_the_middle_that_did_not_come_is_a_gap() {
    let acked = verdict(|room| drop(entries(room, 1).remove(3)));
    assert_eq!(acked, found(1, 0, 1));
    let notice = verdict(|room| drop(entries(room, 1).remove(1)));
    assert_eq!(notice, found(0, 0, 1));
    let first = verdict(|room| drop(entries(room, 1).remove(0)));
    assert_eq!(first, found(0, 0, 1));
}

#[test]
fn an_entry_that_came_again_is_doubled() {
    let at_once = verdict(|room| {
        let entry = entries(room, 1)[2].clone();
        entries(room, 1).insert(3, entry);
    });
    assert_eq!(at_once, found(0, 1, 0));
}

#[test]
fn a_message_with_two_numbers_is_doubled() {
    let for_all = verdict(|room| (0..2).for_each(|client| entries(room, client).push(said(6, "maya", "m1"))));
    assert_eq!(for_all.doubled, 2);
    let by_ack = verdict(|room| room.clients[1].acks.push(ack(6, "maya", "m1")));
    assert_eq!(by_ack, found(0, 1, 0));
}

#[test]
fn entries_that_changed_places_are_reordered() {
    let on_the_way = verdict(|room| entries(room, 1).swap(3, 4));
    assert_eq!((on_the_way.lost, on_the_way.doubled), (0, 0));
    assert!(on_the_way.reordered >= 1);
    // In the log itself: what was sent later stands earlier, for everybody.
    let in_the_log = verdict(|room| {
        room.clients[0].acks.clear();
        for client in 0..2 {
            entries(room, client)[2] = said(3, "maya", "m2");
            entries(room, client)[4] = said(5, "maya", "m1");
        }
    });
    assert_eq!(
        in_the_log,
        Verdict {
            acked: 1,
            ..found(0, 0, 1)
        }
    );
}

#[test]
fn readers_who_disagree_are_noticed() {
    let notice = verdict(|room| entries(room, 1)[1] = joined(2, "yuki"));
    assert_eq!(notice, found(0, 0, 1));
    let ack_elsewhere = verdict(|room| room.clients[0].acks[0] = ack(4, "maya", "m1"));
    assert_eq!((ack_elsewhere.doubled, ack_elsewhere.reordered), (1, 1));
}

#[test]
fn what_nobody_said_is_noticed() {
    let invented = verdict(|room| (0..2).for_each(|client| entries(room, client).push(said(6, "maya", "m9"))));
    assert_eq!(invented, found(0, 0, 1));
    let garbled = verdict(|room| {
        room.clients[1].acks.clear();
        for client in 0..2 {
            entries(room, client)[3].content = Content::Garbled(message("jonas", "j1"));
        }
    });
    assert_eq!(
        garbled,
        Verdict {
            acked: 2,
            ..found(0, 0, 1)
        }
    );
}

#[test]
fn a_stored_room_never_starts_over() {
    let over = |room: &mut RoomHistory| {
        let again = room.clients[1].readings[0].clone();
        room.clients[1].readings.push(again);
    };
    assert_eq!(verdict(over), found(0, 0, 1));
}

#[test]
fn a_live_room_begins_where_each_came_in_and_has_no_gaps_from_there() {
    let mut late = clean(false);
    entries(&mut late, 1).drain(..3);
    assert_eq!(check(&late), found(0, 0, 0));
    entries(&mut late, 1).remove(0);
    entries(&mut late, 1).clear();
    assert_eq!(check(&late), found(3, 0, 0), "one who saw nothing at all");
    let mut gap = clean(false);
    entries(&mut gap, 1).remove(3);
    assert_eq!(check(&gap), found(1, 0, 1));
}

#[test]
fn a_live_rooms_older_log_is_owed_to_nobody_but_must_agree() {
    let mut room = clean(false);
    for client in 0..2 {
        let fresh = Reading {
            epoch: epoch("b"),
            entries: vec![said(1, "jonas", "j2")],
        };
        room.clients[client].readings.push(fresh);
    }
    room.clients[1].sent.push(message("jonas", "j2"));
    entries(&mut room, 1).truncate(3);
    assert_eq!(check(&room), Verdict::default());
    entries(&mut room, 1)[2] = said(3, "jonas", "j1");
    assert!(check(&room).reordered > 0);
}

#[test]
fn after_the_end_the_rest_may_be_missing_but_not_the_order() {
    let mut room = clean(true);
    room.over = true;
    entries(&mut room, 1).pop();
    assert_eq!(check(&room), found(0, 0, 0));
    entries(&mut room, 1).remove(2);
    assert_eq!(check(&room), found(0, 0, 1));
}
