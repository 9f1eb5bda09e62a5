//! Rooms → sockets.
//!
//! Each room with sockets has a [`Feed`]: the newest encoded entries, the newest signals, whether the room is over. Who
//! reads it holds a [`Subscription`], a cursor into it. Where that is a socket, the room's task ([`delivery`]) writes what
//! is new straight to it; one that is slower takes what follows its own cursor, and one that is slower than the feed reads
//! the log, and misses signals. There is no queue per socket.
//!
//! *Architecture invariant:* knows neither axum nor the log.

use std::{
    collections::{HashMap, hash_map},
    fmt,
    sync::Arc,
};

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::watch;
use wire::{
    domain::{ParticipantId, RoomId, Seq},
    protocol::{EndReason, ServerFrame},
};

pub use self::{
    batch::{Batch, Cut, Fit, Frame, put_text},
    cursor::Cursor,
    delivery::Outlet,
    feed::Taken,
};
use self::{delivery::Channel, feed::Feed};
use crate::metrics::Metrics;

mod batch;
mod cursor;
mod delivery;
mod feed;

/// All rooms that have sockets here.
#[derive(Debug, Default)]
pub struct Hub {
    /// Held for a look-up only, never while a feed is written or read.
    rooms: Mutex<HashMap<RoomId, Open>>,
    metrics: Arc<Metrics>,
}

/// A room that has sockets.
struct Open {
    channel: Arc<Channel>,
    /// How many. The room is dropped with its last one.
    sockets: usize,
}

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Open")
            .field("sockets", &self.sockets)
            .finish_non_exhaustive()
    }
}

impl Hub {
    /// No room has sockets yet. What is written to them is counted.
    #[must_use]
    pub fn new(metrics: Arc<Metrics>) -> Self {
        Self {
            rooms: Mutex::default(),
            metrics,
        }
    }

    /// Follows a room from `Seq::START` on, until [`Subscription::start_after`] says otherwise.
    ///
    /// Subscribe first, look at the log's position then: what is appended in between is in the feed.
    #[must_use]
    pub fn subscribe(self: &Arc<Self>, room: &RoomId) -> Subscription {
        let mut rooms = self.rooms.lock();
        let open = rooms.entry(room.clone()).or_insert_with(|| Open {
            channel: Channel::new(),
            sockets: 0,
        });
        open.sockets += 1;
        let channel = Arc::clone(&open.channel);
        let feed = channel.feed.subscribe();
        let cursor = feed.borrow().end_of_signals();
        Subscription {
            hub: Arc::clone(self),
            room: room.clone(),
            channel,
            feed,
            cursor,
            outlet: None,
        }
    }

    /// Takes entries that are in the log now, with their numbers, as they were encoded there.
    pub fn appended(&self, room: &RoomId, entries: impl Iterator<Item = (Seq, Frame)>) {
        let Some(channel) = self.channel(room) else { return };
        channel
            .feed
            .send_modify(|feed| entries.for_each(|(seq, frame)| feed.push(seq, frame)));
    }

    /// Signals who is connected now. Only the newest list is kept.
    pub fn presence(&self, room: &RoomId, online: Vec<ParticipantId>) {
        let Some(channel) = self.channel(room) else { return };
        if let Some(frame) = encode(&ServerFrame::Presence { online }) {
            channel.feed.send_modify(|feed| feed.set_presence(frame));
        }
    }

    /// Signals that somebody started or stopped typing.
    pub fn typing(&self, room: &RoomId, from: ParticipantId, typing: bool) {
        let Some(channel) = self.channel(room) else { return };
        if let Some(frame) = encode(&ServerFrame::Typing { from, typing }) {
            channel.feed.send_modify(|feed| feed.signal(frame));
        }
    }

    /// Tells every socket of the room that it is over.
    pub fn end(&self, room: &RoomId, reason: EndReason) {
        if let Some(channel) = self.channel(room) {
            channel.feed.send_modify(|feed| feed.end(reason));
        }
    }

    /// Wakes the sockets of a room: something else than the feed has news for them.
    pub fn wake(&self, room: &RoomId) {
        if let Some(channel) = self.channel(room) {
            channel.feed.send_modify(|_| {});
        }
    }

    /// Wakes all sockets.
    pub fn wake_all(&self) {
        let open: Vec<_> = self
            .rooms
            .lock()
            .values()
            .map(|open| Arc::clone(&open.channel))
            .collect();
        open.iter().for_each(|channel| channel.feed.send_modify(|_| {}));
    }

    /// How many rooms have sockets.
    #[must_use]
    pub fn rooms(&self) -> usize {
        self.rooms.lock().len()
    }

    fn channel(&self, room: &RoomId) -> Option<Arc<Channel>> {
        self.rooms.lock().get(room).map(|open| Arc::clone(&open.channel))
    }
}

/// A frame's bytes. Our own types always serialize; if one day one does not, its frame is missing and the log says so.
#[must_use]
pub fn encode(value: &impl serde::Serialize) -> Option<Frame> {
    serde_json::to_vec(value)
        .inspect_err(|error| tracing::error!(%error, "a frame could not be encoded"))
        .map(Bytes::from)
        .ok()
}

/// One reader's place in a room's feed. Dropping it ends the subscription.
pub struct Subscription {
    hub: Arc<Hub>,
    room: RoomId,
    channel: Arc<Channel>,
    feed: watch::Receiver<Feed>,
    cursor: Cursor,
    /// What the room's task writes to.
    outlet: Option<Arc<dyn Outlet>>,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("cursor", &self.cursor)
            .finish_non_exhaustive()
    }
}

impl Subscription {
    /// The last entry that the socket has.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.cursor.seq
    }

    /// Goes on after `seq`: where the socket begins, or how far it has read from the log.
    pub const fn start_after(&mut self, seq: Seq) {
        self.cursor.seq = seq;
    }

    /// Where it is.
    #[must_use]
    pub const fn cursor(&self) -> Cursor {
        self.cursor
    }

    /// Goes on where the room's task has left off.
    pub const fn go_on(&mut self, cursor: Cursor) {
        self.cursor = cursor;
    }

    /// Has the room's task write to `outlet` for as long as the subscription lasts. What was new before is for its owner
    /// to take: afterwards, lest something falls between the two.
    pub fn attach(&mut self, outlet: Arc<dyn Outlet>) {
        self.channel.add(Arc::clone(&outlet), &self.hub.metrics);
        self.outlet = Some(outlet);
    }

    /// Waits for something new. Cancel safe.
    pub async fn changed(&mut self) {
        // An error means that there is no sender any more; the hub keeps it for as long as we are subscribed.
        let _ = self.feed.changed().await;
    }

    /// Waits until the room is over: how it came to its end. Cancel safe.
    pub async fn ended(&mut self) -> EndReason {
        let ended = self.feed.wait_for(|feed| feed.ended().is_some()).await;
        match ended.ok().and_then(|feed| feed.ended()) {
            Some(reason) => reason,
            // There is no sender any more; the hub keeps it for as long as we are subscribed.
            None => std::future::pending().await,
        }
    }

    /// Takes the entries that are new, without signals, and moves the cursor behind them.
    #[must_use]
    pub fn take_entries(&mut self) -> Taken {
        self.feed.borrow_and_update().take_entries(&mut self.cursor)
    }

    /// Takes what is new and moves the cursor behind it.
    #[must_use]
    pub fn take(&mut self) -> Taken {
        self.feed.borrow_and_update().take(&mut self.cursor)
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(outlet) = &self.outlet {
            outlet.leave();
            // The room's task holds it, and its connection with it.
            self.channel.feed.send_modify(|_| {});
        }
        if let hash_map::Entry::Occupied(mut open) = self.hub.rooms.lock().entry(self.room.clone()) {
            open.get_mut().sockets -= 1;
            if open.get().sockets == 0 {
                open.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests;
