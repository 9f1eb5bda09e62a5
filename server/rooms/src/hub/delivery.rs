//! A room's task: what is new is made one batch, and written to every socket that stands right before it.
//!
//! A socket that will not take it, or stands elsewhere, is called instead: its own task goes on from its own cursor. So
//! the room waits for nobody, and nothing is done for a delivery but to look at a cursor and to write.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::{sync::watch, task::yield_now};
use wire::{domain::Seq, protocol::EndReason};

use super::{
    batch::{Batch, Frame},
    cursor::Cursor,
    feed::Feed,
};
use crate::metrics::Metrics;

/// A socket, as its room sees it. None of this blocks.
pub trait Outlet: Send + Sync + 'static {
    /// Writes what follows its cursor, or calls its own task where that cannot be done at once. Returns how many frames
    /// were written.
    fn deliver(&self, batch: &Batch) -> u64;

    /// Calls its own task, to look at the feed.
    fn call(&self);

    /// Its room writes to it no more.
    fn leave(&self);

    /// Whether its room is to write to it no more.
    fn has_left(&self) -> bool;
}

/// What the sockets of a room share.
pub(crate) struct Channel {
    feed: watch::Sender<Feed>,
    outlets: Mutex<Arrivals>,
}

#[derive(Default)]
struct Arrivals {
    /// Those that the room's task does not have yet.
    new: Vec<Arc<dyn Outlet>>,
    /// Whether there is such a task.
    is_served: bool,
}

impl Channel {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            feed: watch::Sender::new(Feed::default()),
            outlets: Mutex::default(),
        })
    }

    /// Takes entries that are in the log now, if anybody reads them here.
    pub(crate) fn appended(&self, frames: impl Iterator<Item = (Seq, Frame)>) {
        self.tell(|feed| frames.into_iter().for_each(|(seq, frame)| feed.push(seq, frame)));
    }

    /// Signals a change of who is connected.
    pub(crate) fn presence(&self, frame: Frame) {
        self.tell(|feed| feed.change(frame));
    }

    /// Signals that somebody started or stopped typing.
    pub(crate) fn typing(&self, frame: Frame) {
        self.tell(|feed| feed.signal(frame));
    }

    fn tell(&self, what: impl FnOnce(&mut Feed)) {
        self.feed.send_if_modified(|feed| {
            let is_read = feed.is_read();
            if is_read {
                what(feed);
            }
            is_read
        });
    }

    /// Tells every socket of the room that it is over.
    pub(crate) fn end(&self, reason: EndReason) {
        self.feed.send_modify(|feed| feed.end(reason));
    }

    /// Wakes the sockets of the room: something else than the feed has news for them.
    pub(crate) fn wake(&self) {
        self.feed.send_modify(|_| {});
    }

    /// Reads the feed from now on, until [`Self::leave`].
    pub(crate) fn join(&self) -> watch::Receiver<Feed> {
        self.feed.send_if_modified(|feed| {
            feed.join();
            false
        });
        self.feed.subscribe()
    }

    /// Reads the feed no more.
    pub(crate) fn leave(&self) {
        self.feed.send_modify(Feed::leave);
    }

    /// How many entries are kept.
    #[cfg(test)]
    pub(crate) fn frames(&self) -> usize {
        self.feed.borrow().frames()
    }

    /// Writes to an outlet from now on.
    pub(crate) fn add(self: &Arc<Self>, outlet: Arc<dyn Outlet>, metrics: &Arc<Metrics>) {
        let mut outlets = self.outlets.lock();
        outlets.new.push(outlet);
        if !std::mem::replace(&mut outlets.is_served, true) {
            // Here and not in the task: whatever is new from now on is for this outlet.
            let feed = self.feed.subscribe();
            let cursor = feed.borrow().end_of_all();
            tokio::spawn(deliver(Arc::clone(self), feed, cursor, Arc::clone(metrics)));
        }
    }

    /// Hands those over that came since; `false` where there is nobody any more, and no task to come.
    fn arrive(&self, members: &mut Vec<Arc<dyn Outlet>>) -> bool {
        let mut outlets = self.outlets.lock();
        members.append(&mut outlets.new);
        outlets.is_served = !members.is_empty();
        outlets.is_served
    }
}

/// Runs until the room has no outlet any more.
async fn deliver(channel: Arc<Channel>, mut feed: watch::Receiver<Feed>, mut cursor: Cursor, metrics: Arc<Metrics>) {
    let mut members = Vec::new();
    while channel.arrive(&mut members) {
        // There is a sender for as long as there is the channel.
        let _ = feed.changed().await;
        // Behind all tasks that are ready: they may have more for the same write.
        yield_now().await;
        let (batch, ended) = {
            let feed = feed.borrow_and_update();
            (feed.batch(cursor), feed.ended().is_some())
        };
        cursor = batch.end();
        // After the batch: who arrived before it was made hears of it, who arrives later looks at the feed.
        if !channel.arrive(&mut members) {
            return;
        }
        let mut delivered = 0;
        members.retain(|member| {
            if !batch.is_empty() {
                delivered += member.deliver(&batch);
            }
            if ended {
                member.call();
            }
            !member.has_left()
        });
        metrics.delivered(delivered);
    }
}
