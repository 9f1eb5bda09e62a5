//! All rooms.

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use store::{Memories, Remembers};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use wire::domain::{RoomId, Seq};

use super::{RoomHandle, shards::Shards, timers::Timers};
use crate::{
    hub::Frame,
    metrics::Metrics,
    presence::{FOREVER, Pace},
};

/// The rooms that somebody needs, and when something is to be done about those in them.
#[derive(Debug)]
pub struct RoomHandles {
    pub(super) shards: Arc<Shards>,
    /// How long a seat stays without a connection.
    pub(super) grace: Duration,
    /// How long it is remembered that somebody left: after that, a new allowance is no more than their old one.
    pub(super) remembered: Duration,
    /// Cancelled when the server is to stop: everybody is shown out.
    pub(super) stopping: CancellationToken,
    /// When graces are over.
    pub(super) timers: Timers,
    /// Rooms of which it is to be told who came and went.
    pub(super) changed: Mutex<Vec<Arc<RoomHandle>>>,
    /// Rings when `changed` gets its first room.
    pub(super) change: Notify,
}

impl RoomHandles {
    /// No room is needed yet. What is written to sockets is counted.
    #[must_use]
    pub fn new(grace: Duration, pace: Pace, stopping: CancellationToken, metrics: Arc<Metrics>) -> Self {
        Self {
            grace: grace.min(FOREVER),
            remembered: pace.full_in().min(FOREVER),
            shards: Arc::new(Shards::new(pace, metrics)),
            stopping,
            timers: Timers::default(),
            changed: Mutex::default(),
            change: Notify::new(),
        }
    }

    /// The room's handle: the same for all who hold it.
    #[must_use]
    pub fn hold(&self, room: &RoomId) -> Arc<RoomHandle> {
        let new = || RoomHandle::new(room.clone(), Arc::clone(&self.shards));
        self.shards.hold(room, new)
    }

    /// The room's handle, where somebody holds it.
    #[must_use]
    pub fn get(&self, room: &RoomId) -> Option<Arc<RoomHandle>> {
        self.shards.get(room)
    }

    /// Frames written to sockets so far.
    #[cfg(test)]
    pub(crate) fn deliveries(&self) -> u64 {
        self.shards.metrics.deliveries().get()
    }

    /// How many rooms somebody needs.
    #[must_use]
    pub fn count(&self) -> usize {
        self.shards.count()
    }

    /// Takes entries that are in the log now, with their numbers, as they were encoded there.
    pub fn appended(&self, room: &RoomId, entries: impl Iterator<Item = (Seq, Frame)>) {
        if let Some(room) = self.get(room) {
            room.channel.appended(entries);
        }
    }

    /// Wakes all sockets of all rooms.
    pub fn wake_all(&self) {
        self.shards.all().iter().for_each(|room| room.wake());
    }
}

impl Memories for RoomHandles {
    fn of(&self, room: &RoomId) -> Arc<dyn Remembers> {
        self.hold(room)
    }

    fn find(&self, room: &RoomId) -> Option<Arc<dyn Remembers>> {
        self.get(room).map(|room| room as _)
    }
}
