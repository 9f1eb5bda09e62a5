//! Ends rooms whose time is over, and removes what rooms that are over, and messages that were amended, have left.
//!
//! Asks the registry each time and keeps no list of its own: what a crash has interrupted is found again.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::{log::LogError, rooms::RoomService};

/// How often old tombstones are looked for.
const FORGET_EVERY: Duration = Duration::from_secs(600);

/// How often what was amended is removed from files: well within the minute in which all content goes.
const SCRUB_EVERY: Duration = Duration::from_secs(10);

/// A purge that takes longer than this after the room's end breaks half of our promise: somebody should know.
const LATE: Duration = Duration::from_secs(30);

/// Sweeps for as long as it runs.
#[derive(Debug, Default)]
pub struct Sweeper {
    /// How long after its end the content of the last purged room was gone, in milliseconds.
    lag: AtomicU64,
}

impl Sweeper {
    /// How long after its end the content of the last purged room was gone.
    #[must_use]
    pub fn lag(&self) -> Duration {
        Duration::from_millis(self.lag.load(Ordering::Relaxed))
    }

    /// Sweeps every `every`, and at once when a room was ended. Runs until it is dropped.
    pub async fn run(&self, rooms: Arc<RoomService>, every: Duration) {
        let mut ticks = interval(every);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let (mut forget_at, mut scrub_at) = (Instant::now(), Instant::now());
        loop {
            tokio::select! {
                _ = ticks.tick() => {}
                () = rooms.closed() => {}
            }
            report(rooms.expire().await, "rooms could not be expired");
            if let Some(Some(lag)) = report(rooms.purge().await, "rooms could not be purged") {
                self.note(lag);
            }
            if scrub_at <= Instant::now() {
                report(rooms.scrub().await, "what was amended could not be removed");
                scrub_at = Instant::now() + SCRUB_EVERY;
            }
            if forget_at <= Instant::now() {
                report(rooms.forget().await, "tombstones could not be forgotten");
                forget_at = Instant::now() + FORGET_EVERY;
            }
        }
    }

    fn note(&self, lag: Duration) {
        self.lag
            .store(u64::try_from(lag.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        if lag > LATE {
            tracing::warn!(?lag, "content was removed late");
        } else {
            tracing::debug!(?lag, "content was removed");
        }
    }
}

/// A failure waits for the next sweep.
fn report<T>(outcome: Result<T, LogError>, what: &str) -> Option<T> {
    outcome.inspect_err(|error| tracing::error!(%error, "{what}")).ok()
}
