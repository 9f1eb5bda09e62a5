//! One reader's place in a room's feed.

use std::{fmt, sync::Arc};

use tokio::sync::watch;
use wire::{
    domain::Seq,
    protocol::{EndReason, ServerFrame},
};

use super::RoomHandle;
use crate::hub::{Cursor, Feed, Outlet, Taken, encode};

/// One reader's place in a room's feed. Dropping it ends the subscription.
pub struct Subscription {
    room: Arc<RoomHandle>,
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
    pub(super) fn new(room: Arc<RoomHandle>) -> Self {
        let feed = room.channel.join();
        let cursor = feed.borrow().end_of_signals();
        Self {
            room,
            feed,
            cursor,
            outlet: None,
        }
    }

    /// The last entry that the socket has.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.cursor.seq()
    }

    /// Goes on after `seq`: where the socket begins, or how far it has read from the log.
    pub const fn start_after(&mut self, seq: Seq) {
        self.cursor.start_after(seq);
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
        self.room.channel.add(Arc::clone(&outlet), &self.room.home.metrics);
        self.outlet = Some(outlet);
    }

    /// Waits for something new. Cancel safe.
    pub async fn changed(&mut self) {
        // An error means that there is no sender any more; the room has it for as long as we hold the room.
        let _ = self.feed.changed().await;
    }

    /// Waits until the room is over: how it came to its end. Cancel safe.
    pub async fn ended(&mut self) -> EndReason {
        let ended = self.feed.wait_for(|feed| feed.ended().is_some()).await;
        match ended.ok().and_then(|feed| feed.ended()) {
            Some(reason) => reason,
            // There is no sender any more; the room has it for as long as we hold the room.
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
        let mut taken = self.feed.borrow_and_update().take(&mut self.cursor);
        if taken.missed_presence {
            // Looked up after the cursor has moved: what changes from now on is in the feed.
            let all = ServerFrame::Presence {
                on: Vec::new(),
                off: Vec::new(),
                online: Some(self.room.online()),
            };
            taken.frames.extend(encode(&all));
        }
        taken
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(outlet) = &self.outlet {
            outlet.leave();
        }
        // Which wakes the room's task, too: it holds the outlet, and its connection with it.
        self.room.channel.leave();
    }
}
