//! The room's task: who is written to, and who is called.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use tokio::task::yield_now;

use super::*;

/// An outlet that keeps what it is given, as a socket does.
#[derive(Default)]
struct Peer {
    cursor: Mutex<Option<Cursor>>,
    taken: Mutex<Vec<u8>>,
    writes: AtomicUsize,
    calls: AtomicUsize,
    /// It takes no more than so many bytes of a batch.
    takes: Option<usize>,
    has_left: AtomicBool,
}

impl Peer {
    /// One that is where `seq` is, with the subscription that keeps it there.
    fn at(hub: &Arc<Hub>, seq: u64) -> (Arc<Self>, Subscription) {
        Self::that_takes(hub, seq, None)
    }

    fn that_takes(hub: &Arc<Hub>, seq: u64, takes: Option<usize>) -> (Arc<Self>, Subscription) {
        let peer = Arc::new(Self {
            takes,
            ..Self::default()
        });
        let mut subscription = hub.subscribe(&room());
        subscription.start_after(Seq(seq));
        subscription.attach(peer.clone());
        *peer.cursor.lock() = Some(subscription.cursor());
        (peer, subscription)
    }

    fn writes(&self) -> usize {
        self.writes.load(Ordering::Relaxed)
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    /// The frames that it was given, their heads taken off.
    fn frames(&self) -> Vec<ServerFrame> {
        let (bytes, mut frames) = (self.taken.lock().clone(), Vec::new());
        let mut rest = bytes.as_slice();
        while let [0x81, length, left @ ..] = rest {
            let (length, left) = match length {
                126 => (usize::from(u16::from_be_bytes([left[0], left[1]])), &left[2..]),
                length => (usize::from(*length), left),
            };
            frames.push(serde_json::from_slice(&left[..length]).expect("a frame"));
            rest = &left[length..];
        }
        assert!(rest.is_empty(), "whole frames");
        frames
    }

    fn seqs(&self) -> Vec<u64> {
        let seq = |frame| match frame {
            ServerFrame::Entry(entry) => Some(entry.seq().0),
            _ => None,
        };
        self.frames().into_iter().filter_map(seq).collect()
    }
}

impl Outlet for Peer {
    fn deliver(&self, batch: &Batch) -> u64 {
        let mut cursor = self.cursor.lock();
        match cursor.map(|cursor| batch.fit(&cursor)) {
            Some(Fit::Next) => {}
            Some(Fit::Known) => return 0,
            Some(Fit::Apart) | None => {
                self.call();
                return 0;
            }
        }
        self.writes.fetch_add(1, Ordering::Relaxed);
        let (frames, end) = match self.takes {
            None => {
                self.taken.lock().extend(batch.bytes());
                (batch.frames(), batch.end())
            }
            Some(bytes) => {
                let cut = batch.cut(bytes);
                self.taken.lock().extend([&batch.bytes()[..bytes], cut.rest].concat());
                self.call();
                (cut.frames, cut.cursor)
            }
        };
        *cursor = Some(end);
        frames
    }

    fn call(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }

    fn leave(&self) {
        *self.cursor.lock() = None;
        self.has_left.store(true, Ordering::Relaxed);
    }

    fn has_left(&self) -> bool {
        self.has_left.load(Ordering::Relaxed)
    }
}

/// Lets the room's task do what there is to do.
async fn settle() {
    for _ in 0..10 {
        yield_now().await;
    }
}

#[tokio::test]
async fn all_that_waits_goes_out_in_one_write_to_each() {
    let hub = Arc::new(Hub::default());
    let peers = [Peer::at(&hub, 7), Peer::at(&hub, 7)];
    hub.appended(&room(), entries(8..=8, "a"));
    hub.appended(&room(), entries(9..=10, &"long ".repeat(100)));
    hub.typing(&room(), ParticipantId::parse("anon_1").expect("valid"), true);
    settle().await;
    for (peer, _) in &peers {
        assert_eq!((peer.writes(), peer.calls(), peer.seqs()), (1, 0, vec![8, 9, 10]));
        assert!(matches!(peer.frames().last(), Some(ServerFrame::Typing { .. })));
    }
    hub.appended(&room(), entries(11..=11, "a"));
    settle().await;
    assert_eq!(peers[0].0.seqs(), [8, 9, 10, 11]);
    assert_eq!(hub.metrics.deliveries().get(), 10);
}

#[tokio::test]
async fn who_stands_elsewhere_is_called_and_gets_nothing_twice() {
    let hub = Arc::new(Hub::default());
    let ((behind, _kept), (ahead, _as_well)) = (Peer::at(&hub, 6), Peer::at(&hub, 9));
    hub.appended(&room(), entries(8..=8, "a"));
    settle().await;
    assert_eq!((behind.writes(), behind.calls()), (0, 1));
    assert_eq!((ahead.writes(), ahead.calls()), (0, 0));
    hub.appended(&room(), entries(9..=10, "a"));
    settle().await;
    // Behind the batch's beginning and before its end: it takes the rest by itself.
    assert_eq!((ahead.writes(), ahead.calls()), (0, 1));
    assert_eq!((behind.writes(), behind.calls()), (0, 2));
}

#[tokio::test]
async fn a_peer_that_takes_a_part_gets_that_frame_whole_and_no_more() {
    let hub = Arc::new(Hub::default());
    for (takes, whole) in [(1, vec![1]), (2, vec![1]), (60, vec![1]), (200, vec![1, 2])] {
        let (peer, mut subscription) = Peer::that_takes(&hub, 0, Some(takes));
        let own = hub.subscribe(&room());
        hub.appended(&room(), entries(1..=5, "a"));
        settle().await;
        assert_eq!((peer.seqs(), peer.calls()), (whole.clone(), 1), "{takes}");
        // Its own task goes on from there, and nothing is missing.
        subscription.go_on(peer.cursor.lock().expect("a place"));
        let rest: Vec<_> = (1..=5).filter(|seq| !whole.contains(seq)).collect();
        assert_eq!(seqs(&subscription.take()), rest);
        drop((own, subscription));
        settle().await;
    }
}

#[test]
fn nothing_of_a_batch_is_lost_wherever_it_is_cut() {
    let mut feed = Feed::default();
    let start = feed.end_of_all();
    feed.push(Seq(1), Frame::from_static(b"one"));
    feed.signal(Frame::from_static(b"typing"));
    feed.signal(Frame::from_static(b"typed"));
    feed.set_presence(Frame::from_static(b"present"));
    let batch = feed.batch(start);
    let bytes = b"\x81\x03one\x81\x06typing\x81\x05typed\x81\x07present";
    assert_eq!(batch.bytes(), bytes);
    for taken in 1..bytes.len() {
        let cut = batch.cut(taken);
        let mut all = [&bytes[..taken], cut.rest].concat();
        let mut cursor = cut.cursor;
        let left = feed.take(&mut cursor).frames;
        assert_eq!(cut.frames + left.len() as u64, 4, "cut at {taken}");
        left.iter().for_each(|frame| put_text(frame, &mut all));
        assert_eq!(all, bytes, "cut at {taken}");
        assert_eq!(cursor, batch.end());
    }
}

#[tokio::test]
async fn nothing_falls_between_a_look_at_the_feed_and_the_room_s_next_write() {
    let hub = Arc::new(Hub::default());
    let peer = Arc::new(Peer::default());
    let mut subscription = hub.subscribe(&room());
    subscription.attach(peer.clone());
    // New before the room's task has run for the first time.
    hub.appended(&room(), entries(1..=1, "a"));
    settle().await;
    assert_eq!(peer.calls(), 1, "it does not follow yet: it shall look again");
    assert_eq!(seqs(&subscription.take()), [1]);
    *peer.cursor.lock() = Some(subscription.cursor());
    hub.appended(&room(), entries(2..=2, "a"));
    settle().await;
    assert_eq!(peer.seqs(), [2]);
}

#[tokio::test]
async fn the_end_calls_everybody_after_what_was_said_before_it() {
    let hub = Arc::new(Hub::default());
    let (peer, _subscription) = Peer::at(&hub, 0);
    hub.appended(&room(), entries(1..=1, "a"));
    hub.end(&room(), EndReason::Ended);
    settle().await;
    assert_eq!((peer.seqs(), peer.calls()), (vec![1], 1));
}

#[tokio::test]
async fn who_leaves_is_let_go_of_at_once_and_the_last_one_ends_the_task() {
    let hub = Arc::new(Hub::default());
    let ((first, kept), (second, other)) = (Peer::at(&hub, 0), Peer::at(&hub, 0));
    settle().await;
    drop(kept);
    settle().await;
    assert_eq!((Arc::strong_count(&first), Arc::strong_count(&second)), (1, 3));
    let channel = Arc::clone(&other.channel);
    drop(other);
    settle().await;
    assert_eq!(Arc::strong_count(&second), 1);
    assert_eq!(Arc::strong_count(&channel), 1, "the task is over");
    // And begins anew with the next one.
    let (third, _subscription) = Peer::at(&hub, 0);
    hub.appended(&room(), entries(1..=1, "a"));
    settle().await;
    assert_eq!(third.seqs(), [1]);
}
