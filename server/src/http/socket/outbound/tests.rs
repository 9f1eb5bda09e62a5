use std::{
    num::NonZeroU32,
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use admission::Rate;
use rooms::{RoomHandles, Subscription, hub::encode, presence::Pace};
use tokio::{
    io::AsyncReadExt,
    net::{TcpListener, TcpStream},
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use wire::{
    domain::{Nickname, ParticipantId, RoomId, Timestamp},
    protocol::{Entry, Participant},
};

use super::*;

const WITHIN: Duration = Duration::from_secs(10);

/// A way out that a room writes to from the beginning, and the peer at its end.
struct Pair {
    out: Arc<Outbound>,
    peer: TcpStream,
    rooms: Arc<RoomHandles>,
    subscription: Subscription,
}

fn room() -> RoomId {
    RoomId::parse("Vq3nT8-zKw_2").expect("valid")
}

impl Pair {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (peer, accepted) = tokio::join!(TcpStream::connect(address), listener.accept());
        let (_, writer) = accepted.expect("a connection").0.into_split();
        let out = Arc::new(Outbound::new(writer, None));
        let pace = Pace::new(2, 10, Rate::new(NonZeroU32::MIN, WITHIN));
        let rooms = RoomHandles::new(WITHIN, pace, CancellationToken::new(), Arc::default());
        let mut subscription = rooms.hold(&room()).subscribe();
        let outlet = Arc::clone(&out);
        subscription.attach(outlet);
        out.follow(subscription.cursor());
        Self {
            out,
            peer: peer.expect("a connection"),
            rooms: Arc::new(rooms),
            subscription,
        }
    }

    fn say(&self, seq: u64) {
        let id = ParticipantId::parse("anon_1").expect("valid");
        let name = Nickname::parse("Maya").expect("valid");
        let entry = Entry::Joined {
            seq: Seq(seq),
            at: Timestamp::from_millis(0),
            participant: Participant { id, name },
        };
        let frame = encode(&entry).expect("JSON");
        self.rooms.appended(&room(), std::iter::once((entry.seq(), frame)));
    }

    /// What comes up to these words.
    async fn until(&mut self, words: &str) -> String {
        let mut read = Vec::new();
        while !String::from_utf8_lossy(&read).contains(words) {
            let more = timeout(WITHIN, self.peer.read_buf(&mut read)).await;
            assert!(more.expect("in time").expect("read") > 0, "{words} come");
        }
        String::from_utf8_lossy(&read).into_owned()
    }
}

#[tokio::test]
async fn an_ack_goes_out_with_the_entry_that_the_room_is_about_to_write() {
    let mut pair = Pair::open().await;
    pair.out.queue_text(b"ack of 1");
    assert!(pair.out.flush_unless_brought(Seq(1)).expect("no error"));
    assert_eq!(pair.out.taken(), 0, "it waits");
    pair.say(1);
    let both = pair.until(r#""seq":1"#).await;
    assert!(both.contains("ack of 1"), "{both}");
    // What the room has written already brings nothing along.
    pair.out.queue_text(b"ack again");
    assert!(pair.out.flush_unless_brought(Seq(1)).expect("no error"));
    pair.until("ack again").await;
}

#[tokio::test]
async fn what_waits_is_not_forgotten_where_the_room_has_nothing_to_write() {
    let pair = Pair::open().await;
    // Its own task has read the entry before the room's came by.
    let cursor = pair.out.take_over().expect("it follows");
    pair.say(1);
    let mut subscription = pair.subscription;
    subscription.go_on(cursor);
    assert_eq!(subscription.take().frames.len(), 1);
    pair.out.follow(subscription.cursor());
    pair.out.queue_text(b"ack of 1");
    let calls = timeout(WITHIN, pair.out.called()).await.expect("it is called");
    assert!(calls.has(Calls::FLUSH), "{calls:?}");
}

#[tokio::test]
async fn a_peer_that_takes_nothing_has_its_own_task_called_and_misses_no_byte_of_a_frame() {
    let mut pair = Pair::open().await;
    let mut said = 0;
    // Until it is stuck.
    let calls = loop {
        for _ in 0..100 {
            said += 1;
            pair.say(said);
        }
        if let Ok(calls) = timeout(Duration::from_millis(1), pair.out.called()).await {
            break calls;
        }
        assert!(said < 1_000_000, "nothing holds so much");
    };
    assert!(calls.look(), "{calls:?}");
    let cursor = pair.out.take_over().expect("a place");
    assert!(cursor.seq() < Seq(said));
    let next = format!(r#""seq":{}}}"#, cursor.seq().next());
    let last = format!(r#""seq":{}}}"#, cursor.seq());
    // The rest of the frame that was begun, and then what the own task says.
    pair.out.queue_text(b"goes on");
    let out = Arc::clone(&pair.out);
    let writing = tokio::spawn(async move {
        while !out.flush().expect("no error") {
            out.writable().await.expect("no error");
        }
    });
    let read = pair.until("goes on").await;
    writing.await.expect("written");
    assert!(read.contains(&last) && !read.contains(&next));
    assert!(read.ends_with("}\u{FFFD}\u{7}goes on"), "{}", &read[read.len() - 40..]);
}

#[tokio::test]
async fn who_has_left_is_written_to_no_more() {
    let pair = Pair::open().await;
    drop(pair.subscription);
    assert!(pair.out.has_left() && pair.out.take_over().is_none());
}

#[tokio::test]
async fn the_own_task_is_told_what_it_is_called_for() {
    let pair = Pair::open().await;
    pair.out.beat(Beat::Ping);
    let calls = pair.out.called().await;
    assert!(calls.ping() && !calls.gone() && !calls.look());
    pair.out.beat(Beat::Gone);
    pair.out.call();
    let calls = pair.out.called().await;
    assert!(calls.gone() && calls.look() && !calls.ping());
}

#[tokio::test]
async fn who_is_being_written_to_as_the_room_comes_by_is_called() {
    let pair = Pair::open().await;
    // Its own task is at it.
    let ((locked, is_locked), (release, released)) = (mpsc::channel(), mpsc::channel());
    let out = Arc::clone(&pair.out);
    let own = thread::spawn(move || {
        let _busy = out.state.lock();
        locked.send(()).expect("waited for");
        let _ = released.recv_timeout(WITHIN);
    });
    is_locked.recv().expect("locked");
    pair.say(1);
    let called = timeout(WITHIN / 2, pair.out.called()).await;
    release.send(()).expect("waited for");
    own.join().expect("it ends");
    assert!(called.expect("it is called").look());
}
