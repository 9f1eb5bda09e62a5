//! What the rules count.

use std::time::Duration;

use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::{Registry, Unit},
};

use self::seconds::Seconds;

mod seconds;

/// Seconds: from a commit on a fast disk to the store's own time-out.
const ACK_SECONDS: &[f64] = &[
    0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
];

/// Seconds. Content is promised to be gone within 60.
const PURGE_SECONDS: &[f64] = &[0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3_600.0];

/// The counters of the rules.
#[derive(Debug)]
pub struct Metrics {
    ack: Seconds,
    purge_lag: Seconds,
    deliveries: Counter,
    handles: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            ack: Seconds::new(ACK_SECONDS),
            purge_lag: Seconds::new(PURGE_SECONDS),
            deliveries: Counter::default(),
            handles: Gauge::default(),
        }
    }
}

impl Metrics {
    /// Lets them be read with all others.
    pub fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "ack",
            "From when a message was taken until it was in the log",
            Unit::Seconds,
            self.ack.clone(),
        );
        registry.register_with_unit(
            "purge_lag",
            "From a room's end until its content was gone",
            Unit::Seconds,
            self.purge_lag.clone(),
        );
        registry.register(
            "deliveries",
            "Frames sent to sockets and event streams",
            self.deliveries.clone(),
        );
        registry.register(
            "room_handles",
            "Rooms of which something is kept in memory here",
            self.handles.clone(),
        );
    }

    /// Frames sent to those who follow a room, for whoever sends them: the room's task, or theirs.
    #[must_use]
    pub fn deliveries(&self) -> Counter {
        self.deliveries.clone()
    }

    /// Notes how long a message took to be in the log.
    pub(crate) fn acked(&self, took: Duration) {
        self.ack.observe(took);
    }

    /// Notes frames that were sent to sockets of a room.
    pub(crate) fn delivered(&self, frames: u64) {
        self.deliveries.inc_by(frames);
    }

    /// How many handles of rooms there are.
    #[cfg(test)]
    pub(crate) fn handle_count(&self) -> i64 {
        self.handles.get()
    }

    /// Notes that there are so many handles of rooms more, or fewer.
    pub(crate) fn handles(&self, change: i64) {
        self.handles.inc_by(change);
    }

    /// Notes how long after a room's end its content was gone.
    pub(crate) fn purged(&self, lag: Duration) {
        self.purge_lag.observe(lag);
    }
}
