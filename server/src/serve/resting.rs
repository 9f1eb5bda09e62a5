//! Connections on which nothing is asked: kept for the next request, and the first to go where there is no place for a
//! newcomer.

use std::{
    collections::BTreeMap,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use admission::Address;
use axum::body::Body;
use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use super::head::Head;

/// The connections that rest, longest first.
#[derive(Debug, Default)]
pub(super) struct Resting(Mutex<Rests>);

#[derive(Debug, Default)]
struct Rests {
    /// Rests so far.
    count: u64,
    connections: BTreeMap<u64, Kept>,
}

/// A connection, as it is known here.
#[derive(Debug, Clone)]
struct Kept {
    who: Option<Address>,
    /// An answer is still being taken: it only looks like rest.
    stalled: Arc<AtomicBool>,
    ended: CancellationToken,
}

impl Resting {
    /// Ends the connection that has rested for longest, of `who` where that is said; whether there was one.
    pub(super) fn end_one(&self, who: Option<Address>) -> bool {
        let mut rests = self.0.lock();
        let rests = &mut rests.connections;
        let found = rests
            .iter()
            .find(|(_, kept)| (who.is_none() || kept.who == who) && !kept.stalled.load(Ordering::Relaxed))
            .map(|(rest, _)| *rest);
        let kept = found.and_then(|rest| rests.remove(&rest));
        kept.is_some_and(|kept| {
            kept.ended.cancel();
            true
        })
    }
}

/// A connection, which rests when it is made.
pub(super) struct Connection {
    resting: Arc<Resting>,
    kept: Kept,
    /// Of the next request.
    head: Arc<Head>,
    /// While it rests.
    rest: Mutex<Option<u64>>,
}

impl Connection {
    pub(super) fn new(
        resting: &Arc<Resting>,
        who: Option<Address>,
        stalled: Arc<AtomicBool>,
        head: Arc<Head>,
    ) -> Arc<Self> {
        let connection = Self {
            resting: Arc::clone(resting),
            kept: Kept {
                who,
                stalled,
                ended: CancellationToken::new(),
            },
            head,
            rest: Mutex::default(),
        };
        connection.rest();
        Arc::new(connection)
    }

    /// Returns when the connection is to make place for another.
    pub(super) async fn ended(&self) {
        self.kept.ended.cancelled().await;
    }

    /// A request is under way until what is returned is dropped.
    pub(super) fn work(self: &Arc<Self>) -> Work {
        self.rise();
        self.head.is_whole();
        Work(Arc::clone(self))
    }

    fn rest(&self) {
        let mut rests = self.resting.0.lock();
        rests.count += 1;
        let rest = rests.count;
        rests.connections.insert(rest, self.kept.clone());
        *self.rest.lock() = Some(rest);
    }

    fn rise(&self) {
        let mut rests = self.resting.0.lock();
        if let Some(rest) = self.rest.lock().take() {
            rests.connections.remove(&rest);
        }
    }
}

/// A request on its way, until its answer has been handed over.
pub(super) struct Work(Arc<Connection>);

impl Drop for Work {
    fn drop(&mut self) {
        self.0.head.is_answered();
        self.0.rest();
    }
}

/// Stops a connection from being thought to rest once it has ended, or has become a socket.
pub(super) struct Forget(pub(super) Arc<Connection>);

impl Drop for Forget {
    fn drop(&mut self) {
        self.0.rise();
    }
}

/// An answer's body, which keeps its connection at work.
pub(super) struct Answer {
    body: Body,
    _work: Work,
}

impl Answer {
    pub(super) const fn new(body: Body, work: Work) -> Self {
        Self { body, _work: work }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<Address> {
        Some(Address::of(text.parse().expect("an address")))
    }

    #[test]
    fn who_has_rested_longest_goes_first_and_who_works_stays() {
        let resting = Arc::new(Resting::default());
        let stalled = Arc::new(AtomicBool::new(true));
        let connection = |who| Connection::new(&resting, at(who), Arc::default(), Arc::new(Head::awaited()));
        let head = Arc::new(Head::awaited());
        let stuck = Connection::new(&resting, at("192.0.2.1"), Arc::clone(&stalled), head);
        let (first, second) = (connection("192.0.2.1"), connection("192.0.2.2"));
        let (third, works) = (connection("192.0.2.2"), connection("192.0.2.2"));
        let work = works.work();
        // It comes back to rest behind the others.
        drop(first.work());
        assert!(resting.end_one(None));
        assert!(second.kept.ended.is_cancelled());
        assert!(resting.end_one(at("192.0.2.1")));
        assert!(first.kept.ended.is_cancelled());
        drop(Forget(third));
        assert!(!resting.end_one(None), "one works, one is stalled");
        drop(work);
        stalled.store(false, Ordering::Relaxed);
        assert!(resting.end_one(None) && resting.end_one(None));
        assert!(stuck.kept.ended.is_cancelled() && works.kept.ended.is_cancelled());
        assert!(!resting.end_one(None));
    }
}
