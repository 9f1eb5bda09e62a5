//! Ends rooms whose time is over, and removes what rooms that are over, and messages that were amended, have left.
//!
//! In lanes, each a task of its own: none waits for another, and none for a store or a bucket that hangs in another.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use store::LogError;
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep},
};

use crate::service::{Bell, RoomService};

/// How often old tombstones are looked for.
const FORGET_EVERY: Duration = Duration::from_secs(600);

/// How often what was purged or amended is removed from files where nobody rings for it: where it could not be before,
/// and what was amended. Well within the minute in which all content goes.
const SCRUB_EVERY: Duration = Duration::from_secs(2);

/// Between scrubs: rooms that end meanwhile share the next one.
const SCRUB_PAUSE: Duration = Duration::from_millis(250);

/// A purge that takes longer than this after the room's end breaks half of our promise: somebody should know.
const LATE: Duration = Duration::from_secs(30);

/// Sweeps for as long as its lanes run.
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

    /// Starts the lanes among `tasks`. Rooms are looked for every `every`, and those to be purged at once when a room was
    /// ended.
    pub fn start(self: &Arc<Self>, tasks: &mut JoinSet<()>, rooms: &Arc<RoomService>, every: Duration) {
        let all = || (Arc::clone(self), Arc::clone(rooms));

        let (_, service) = all();
        tasks.spawn(lane(every, silent(), move || {
            let rooms = Arc::clone(&service);
            async move { report(rooms.expire().await, "rooms could not be expired") }
        }));
        let (_, service) = all();
        tasks.spawn(lane(every, rooms.closed(), move || {
            let rooms = Arc::clone(&service);
            async move { report(rooms.purge().await, "rooms could not be purged") }
        }));
        for stored in [true, false] {
            let (sweeper, service) = all();
            tasks.spawn(lane(every, rooms.closed(), move || {
                let (sweeper, rooms) = (Arc::clone(&sweeper), Arc::clone(&service));
                async move { sweeper.note(rooms.purge_media(stored).await, "media could not be removed") }
            }));
        }
        let (sweeper, service) = all();
        tasks.spawn(lane(SCRUB_EVERY, rooms.purged(), move || {
            let (sweeper, rooms) = (Arc::clone(&sweeper), Arc::clone(&service));
            async move { sweeper.scrub(&rooms).await }
        }));
        let (_, service) = all();
        tasks.spawn(lane(FORGET_EVERY, silent(), move || {
            let rooms = Arc::clone(&service);
            async move { report(rooms.forget().await.map(drop), "tombstones could not be forgotten") }
        }));
    }

    async fn scrub(&self, rooms: &RoomService) {
        match rooms.scrub().await {
            Err(LogError::Busy) => match rooms.unscrubbed_for() {
                Some(lag) if lag > LATE => {
                    tracing::warn!(?lag, "content cannot be removed: another program reads the database");
                }
                _ => tracing::debug!("somebody reads what is to be removed"),
            },
            scrubbed => self.note(scrubbed, "what was purged could not be removed from files"),
        }
        sleep(SCRUB_PAUSE).await;
    }

    fn note(&self, removed: Result<Option<Duration>, LogError>, what: &str) {
        let lag = match removed {
            Ok(None) => return,
            Ok(Some(lag)) => lag,
            Err(error) => return report(Err(error), what),
        };
        self.lag
            .store(u64::try_from(lag.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
        if lag > LATE {
            tracing::warn!(?lag, "content was removed late");
        } else {
            tracing::debug!(?lag, "content was removed");
        }
    }
}

/// Does `work` every `every`, and when `bell` rings, for as long as it runs.
async fn lane<F: Future<Output = ()>>(every: Duration, mut bell: Bell, work: impl Fn() -> F) {
    let mut ticks = interval(every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            Ok(()) = bell.changed() => {}
        }
        work().await;
    }
}

/// A bell that nobody rings.
fn silent() -> Bell {
    watch::channel(()).1
}

/// A failure waits for the next time.
fn report(outcome: Result<(), LogError>, what: &str) {
    if let Err(error) = outcome {
        tracing::error!(%error, "{what}");
    }
}
