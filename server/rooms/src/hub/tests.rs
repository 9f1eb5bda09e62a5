use wire::{
    domain::{ClientId, MessageText, Timestamp},
    protocol::{Body, Entry},
};

use super::*;

mod delivering;

fn room() -> RoomId {
    RoomId::parse("Vq3nT8-zKw_2").expect("valid")
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
    let hub = Arc::new(Hub::default());
    let (mut first, mut second) = (hub.subscribe(&room()), hub.subscribe(&room()));
    hub.appended(&room(), entries(1..=2, "a"));
    assert_eq!(seqs(&first.take()), [1, 2]);
    hub.appended(&room(), entries(3..=3, "a"));
    assert_eq!(seqs(&first.take()), [3]);
    second.start_after(Seq(1));
    assert_eq!(seqs(&second.take()), [2, 3]);
    assert_eq!(second.seq(), Seq(3));
    assert!(seqs(&second.take()).is_empty());
}

#[test]
fn a_frame_is_shared_as_it_was_encoded() {
    let hub = Arc::new(Hub::default());
    let (mut first, mut second) = (hub.subscribe(&room()), hub.subscribe(&room()));
    let logged = Vec::from_iter(entries(1..=1, "a"));
    hub.appended(&room(), logged.iter().cloned());
    for taken in [first.take(), second.take()] {
        assert_eq!(taken.frames[0].as_ptr(), logged[0].1.as_ptr());
    }
}

#[test]
fn who_is_further_behind_than_the_ring_is_sent_to_the_log() {
    let hub = Arc::new(Hub::default());
    let mut slow = hub.subscribe(&room());
    hub.appended(&room(), entries(1..=129, "a"));
    let taken = slow.take();
    assert!(taken.behind && taken.frames.is_empty());
    slow.start_after(Seq(1));
    assert_eq!(seqs(&slow.take()).len(), 128);
}

#[test]
fn a_ring_of_long_messages_is_bounded_in_bytes() {
    let hub = Arc::new(Hub::default());
    let mut slow = hub.subscribe(&room());
    hub.appended(&room(), entries(1..=100, &"a".repeat(4_000)));
    assert!(slow.take().behind);
    slow.start_after(Seq(70));
    assert_eq!(seqs(&slow.take()).len(), 30);
}

#[test]
fn a_hole_is_never_skipped() {
    let hub = Arc::new(Hub::default());
    let mut socket = hub.subscribe(&room());
    hub.appended(&room(), entries(1..=2, "a"));
    hub.appended(&room(), entries(5..=6, "a"));
    assert!(socket.take().behind);
    socket.start_after(Seq(4));
    assert_eq!(seqs(&socket.take()), [5, 6]);
}

#[test]
fn a_cursor_ahead_of_the_feed_stays() {
    let hub = Arc::new(Hub::default());
    let mut socket = hub.subscribe(&room());
    socket.start_after(Seq(9));
    hub.appended(&room(), entries(8..=8, "a"));
    assert!(seqs(&socket.take()).is_empty());
    assert_eq!(socket.seq(), Seq(9));
}

#[test]
fn signals_are_dropped_under_pressure_and_presence_is_only_the_newest() {
    let hub = Arc::new(Hub::default());
    let mut socket = hub.subscribe(&room());
    let who = || ParticipantId::parse("anon_1").expect("valid");
    for _ in 0..100 {
        hub.typing(&room(), who(), true);
        hub.presence(&room(), vec![who()]);
    }
    assert_eq!(socket.take().frames.len(), 33);
    assert!(socket.take().frames.is_empty());
}

#[test]
fn the_end_is_state_and_its_first_reason_stays() {
    let hub = Arc::new(Hub::default());
    let mut socket = hub.subscribe(&room());
    hub.end(&room(), EndReason::Ended);
    hub.end(&room(), EndReason::Expired);
    for _ in 0..2 {
        assert_eq!(socket.take().ended, Some(EndReason::Ended));
    }
}

#[tokio::test]
async fn a_change_wakes_every_socket() {
    let hub = Arc::new(Hub::default());
    let (mut first, mut second) = (hub.subscribe(&room()), hub.subscribe(&room()));
    hub.appended(&room(), entries(1..=1, "a"));
    tokio::join!(first.changed(), second.changed());
}

#[test]
fn a_room_without_sockets_costs_nothing() {
    let hub = Arc::new(Hub::default());
    let (first, second) = (hub.subscribe(&room()), hub.subscribe(&room()));
    drop(first);
    assert_eq!(hub.rooms(), 1);
    drop(second);
    assert_eq!(hub.rooms(), 0);
    hub.appended(&room(), entries(1..=1, "a"));
    assert_eq!(hub.rooms(), 0);
}
