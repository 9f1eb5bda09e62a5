use std::sync::Arc;

use wire::{
    domain::{ClientId, MessageText, ParticipantId, Seq, Timestamp},
    protocol::{Body, EndReason, Entry, ServerFrame},
};

use super::*;
use crate::{
    RoomHandles, Subscription,
    handle::tests::{room, rooms},
};

mod delivering;

fn subscribe(rooms: &RoomHandles) -> Subscription {
    rooms.hold(&room()).subscribe()
}

fn entries(seqs: impl IntoIterator<Item = u64>, text: &str) -> impl Iterator<Item = (Seq, Frame)> {
    seqs.into_iter().map(move |seq| {
        let entry = Entry::Message {
            seq: Seq(seq),
            at: Timestamp::from_millis(0),
            from: ParticipantId::parse("anon_1").expect("valid"),
            client_id: ClientId::parse(format!("c{seq}")).expect("valid"),
            body: Body::text(MessageText::parse(text).expect("valid")),
        };
        (Seq(seq), encode(&entry).expect("JSON"))
    })
}

fn seqs(taken: &Taken) -> Vec<u64> {
    let seq = |frame: &Frame| match serde_json::from_slice(frame).expect("a frame") {
        ServerFrame::Entry(entry) => Some(entry.seq().0),
        _ => None,
    };
    taken.frames.iter().filter_map(seq).collect()
}

#[test]
fn every_socket_takes_what_follows_its_own_cursor() {
    let rooms = rooms();
    let (mut first, mut second) = (subscribe(&rooms), subscribe(&rooms));
    rooms.appended(&room(), entries(1..=2, "a"));
    assert_eq!(seqs(&first.take()), [1, 2]);
    rooms.appended(&room(), entries(3..=3, "a"));
    assert_eq!(seqs(&first.take()), [3]);
    second.start_after(Seq(1));
    assert_eq!(seqs(&second.take()), [2, 3]);
    assert_eq!(second.seq(), Seq(3));
    assert!(seqs(&second.take()).is_empty());
}

#[test]
fn a_frame_is_shared_as_it_was_encoded() {
    let rooms = rooms();
    let (mut first, mut second) = (subscribe(&rooms), subscribe(&rooms));
    let logged = Vec::from_iter(entries(1..=1, "a"));
    rooms.appended(&room(), logged.iter().cloned());
    for taken in [first.take(), second.take()] {
        assert_eq!(taken.frames[0].as_ptr(), logged[0].1.as_ptr());
    }
}

#[test]
fn who_is_further_behind_than_the_ring_is_sent_to_the_log() {
    let rooms = rooms();
    let mut slow = subscribe(&rooms);
    rooms.appended(&room(), entries(1..=129, "a"));
    let taken = slow.take();
    assert!(taken.behind && taken.frames.is_empty());
    slow.start_after(Seq(1));
    assert_eq!(seqs(&slow.take()).len(), 128);
}

#[test]
fn a_ring_of_long_messages_is_bounded_in_bytes() {
    let rooms = rooms();
    let mut slow = subscribe(&rooms);
    rooms.appended(&room(), entries(1..=100, &"a".repeat(4_000)));
    assert!(slow.take().behind);
    slow.start_after(Seq(70));
    assert_eq!(seqs(&slow.take()).len(), 30);
}

#[test]
fn a_hole_is_never_skipped() {
    let rooms = rooms();
    let mut socket = subscribe(&rooms);
    rooms.appended(&room(), entries(1..=2, "a"));
    rooms.appended(&room(), entries(5..=6, "a"));
    assert!(socket.take().behind);
    socket.start_after(Seq(4));
    assert_eq!(seqs(&socket.take()), [5, 6]);
}

#[test]
fn a_cursor_ahead_of_the_feed_stays() {
    let rooms = rooms();
    let mut socket = subscribe(&rooms);
    socket.start_after(Seq(9));
    rooms.appended(&room(), entries(8..=8, "a"));
    assert!(seqs(&socket.take()).is_empty());
    assert_eq!(socket.seq(), Seq(9));
}

#[test]
fn typing_is_dropped_under_pressure_and_who_is_connected_is_told_as_a_list_then() {
    let rooms = rooms();
    let mut socket = subscribe(&rooms);
    let (room, who) = (rooms.hold(&room()), || ParticipantId::parse("anon_1").expect("valid"));
    let change = |n: u64| room.channel().presence(Frame::from(n.to_string()));
    for n in 0..32 {
        room.typing(who(), true);
        change(n);
    }
    let taken = socket.take().frames;
    assert_eq!(
        (taken.len(), &taken[32][..], &taken[63][..]),
        (64, &b"0"[..], &b"31"[..])
    );
    for n in 0..33 {
        room.typing(who(), true);
        change(n);
    }
    let taken = socket.take().frames;
    assert_eq!(taken.len(), 33, "32 of typing, and one list");
    assert_eq!(taken[32], r#"{"type":"presence","on":[],"off":[],"online":[]}"#);
    assert!(socket.take().frames.is_empty());
}

#[test]
fn who_has_to_read_the_log_is_told_of_who_is_connected_after_it() {
    let rooms = rooms();
    let mut socket = subscribe(&rooms);
    rooms.appended(&room(), entries(1..=129, "a"));
    rooms.hold(&room()).channel().presence(Frame::from_static(b"{}"));
    assert!(socket.take().frames.is_empty());
    socket.start_after(Seq(129));
    assert_eq!(socket.take().frames, [&b"{}"[..]]);
}

#[test]
fn the_end_is_state_and_its_first_reason_stays() {
    let rooms = rooms();
    let mut socket = subscribe(&rooms);
    rooms.hold(&room()).end(EndReason::Ended);
    rooms.hold(&room()).end(EndReason::Expired);
    for _ in 0..2 {
        assert_eq!(socket.take().ended, Some(EndReason::Ended));
    }
}

#[tokio::test]
async fn a_change_wakes_every_socket() {
    let rooms = rooms();
    let (mut first, mut second) = (subscribe(&rooms), subscribe(&rooms));
    rooms.appended(&room(), entries(1..=1, "a"));
    tokio::join!(first.changed(), second.changed());
}

#[test]
fn for_nobody_nothing_is_kept() {
    let rooms = rooms();
    let room = rooms.hold(&room());
    let (first, second) = (subscribe(&rooms), subscribe(&rooms));
    rooms.appended(room.id(), entries(1..=2, "a"));
    drop(first);
    assert_eq!(room.channel().frames(), 2);
    drop(second);
    assert_eq!(room.channel().frames(), 0);
    rooms.appended(room.id(), entries(3..=3, "a"));
    assert_eq!(room.channel().frames(), 0);
    // Who comes then begins where the log is, and finds what is new.
    let mut third = subscribe(&rooms);
    third.start_after(Seq(3));
    rooms.appended(room.id(), entries(4..=4, "a"));
    assert_eq!(seqs(&third.take()), [4]);
}
