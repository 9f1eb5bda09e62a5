//! What has to be gone after the end of a room: what was said, out of the log and its files, and media.
//!
//! Each in a lane of its own, so that neither waits for the other. All is asked of the registry each time: what a crash
//! has interrupted is found again. What is remembered here is work, of rooms that nobody needs any more, not rooms.

use std::{collections::HashMap, time::Duration};

use futures_util::{StreamExt, stream};
use parking_lot::Mutex;
use store::{LogError, Over};
use tokio::{
    sync::watch,
    time::{Instant, timeout},
};
use wire::domain::{RoomId, Timestamp};

use super::{Bell, RoomService, backoff::Backoff, sharing::failed};

/// How long a tombstone tells visitors how a room came to its end.
const TOMBSTONE_MILLIS: i64 = 7 * 86_400_000;

/// Rooms in a page of those that are to be purged.
const PAGE: usize = 500;

/// Rooms that are purged, or noted to be, together. One that fails fails all of them; each is tried alone then.
const TOGETHER: usize = 100;

/// Rooms of a page that have failed before and are tried again: those of the next page wait for them.
const SUSPECTS: usize = 20;

/// Rooms that wait for a scrub, at most: some megabytes. More are purged after it.
const UNSCRUBBED: usize = 50_000;

/// Rooms of which media are removed at once: as many connections to a bucket. So many that some hundred rooms of which a
/// bucket says nothing hold up no others for half a minute.
const MEDIA_AT_ONCE: usize = 100;

/// How long removing a room's media may take. What was removed by then is removed.
const MEDIA_WITHIN: Duration = Duration::from_secs(10);

/// What is under way.
#[derive(Debug, Default)]
pub(super) struct Purging {
    /// Rooms whose log could not be purged.
    logs: Mutex<Backoff>,
    /// Rooms whose media could not be removed: those of live rooms, those of stored ones.
    media: [Mutex<Backoff>; 2],
    /// Rooms whose log is purged and may still be in files, with the time of their end.
    unscrubbed: Mutex<HashMap<RoomId, Timestamp>>,
    /// Rings when there are such rooms.
    purged: watch::Sender<()>,
}

impl RoomService {
    /// Purges the logs of rooms that are over, many together. One that cannot be purged now is tried again later, and
    /// holds up no other.
    ///
    /// # Errors
    /// [`LogError`] when the store does not say which they are.
    pub async fn purge(&self) -> Result<(), LogError> {
        let mut after = None;
        while self.purging.unscrubbed.lock().len() < UNSCRUBBED {
            let page = self.parts.stores.upkeep.unpurged(after.as_ref(), PAGE).await?;
            let Some(last) = page.last().cloned() else { break };
            after = Some(last);
            let (suspects, others) = self.to_purge(page);
            for rooms in others.chunks(TOGETHER) {
                if !self.purge_together(rooms).await {
                    // One of them spoils it for the others.
                    for room in rooms.chunks(1) {
                        self.purge_alone(room).await;
                    }
                }
            }
            for room in suspects.chunks(1).take(SUSPECTS) {
                self.purge_alone(room).await;
            }
        }
        Ok(())
    }

    /// Those of a page that are to be purged now: who has failed before, and the others.
    fn to_purge(&self, page: Vec<Over>) -> (Vec<Over>, Vec<Over>) {
        let (backoff, unscrubbed) = (self.purging.logs.lock(), self.purging.unscrubbed.lock());
        let now = Instant::now();
        page.into_iter()
            .filter(|over| !backoff.holds(&over.room, now) && !unscrubbed.contains_key(&over.room))
            .partition(|over| backoff.knows(&over.room))
    }

    async fn purge_alone(&self, room: &[Over]) {
        if !self.purge_together(room).await {
            let ids = room.iter().map(|over| over.room.clone());
            self.purging.logs.lock().note(ids, Instant::now());
        }
    }

    /// Purges all of these rooms, or says that it could not.
    async fn purge_together(&self, rooms: &[Over]) -> bool {
        for Over { room, reason, .. } in rooms {
            // Whoever has ended it may not have come to telling so.
            self.dismiss(room, *reason);
        }
        let ids: Vec<_> = rooms.iter().map(|over| over.room.clone()).collect();
        let purged = self.parts.stores.log.purge(&ids).await;
        if let Err(error) = purged {
            tracing::error!(%error, rooms = ids.len(), "rooms could not be purged");
            return false;
        }
        let mut backoff = self.purging.logs.lock();
        ids.iter().for_each(|room| backoff.forget(room));
        drop(backoff);
        let ended = rooms.iter().map(|over| (over.room.clone(), over.at));
        self.purging.unscrubbed.lock().extend(ended);
        self.purging.purged.send_replace(());
        true
    }

    /// Rings when a log was purged: its files want to be scrubbed.
    #[must_use]
    pub fn purged(&self) -> Bell {
        self.purging.purged.subscribe()
    }

    /// Removes from files what rooms that were purged and messages that were amended have left there, once for all of
    /// them. Returns how long the oldest of the rooms had been over, if there was any.
    ///
    /// # Errors
    /// [`LogError::Busy`] while somebody else reads it; [`LogError`] when the store fails.
    pub async fn scrub(&self) -> Result<Option<Duration>, LogError> {
        // Before the scrub: what is purged meanwhile is for the next.
        let purged: Vec<_> = self.purging.unscrubbed.lock().clone().into_iter().collect();
        self.parts.stores.log.scrub().await?;
        let mut lag = None;
        for rooms in purged.chunks(TOGETHER) {
            let ids: Vec<_> = rooms.iter().map(|(room, _)| room.clone()).collect();
            self.parts.stores.upkeep.purged(&ids).await?;
            for (room, ended_at) in rooms {
                lag = lag.max(Some(self.is_gone(*ended_at)));
                self.purging.unscrubbed.lock().remove(room);
            }
        }
        Ok(lag)
    }

    /// How long ago the room ended whose log waits for a scrub longest, if one does.
    #[must_use]
    pub fn unscrubbed_for(&self) -> Option<Duration> {
        let ended_at = self.purging.unscrubbed.lock().values().min().copied();
        ended_at.map(|at| self.since(at))
    }

    /// Removes the media of rooms that are over, stored or live, many at once. One whose media cannot be removed now is
    /// tried again later. Returns how long the oldest of those that are done had been over, if there was any.
    ///
    /// # Errors
    /// [`LogError`] when the store does not say which they are.
    pub async fn purge_media(&self, stored: bool) -> Result<Option<Duration>, LogError> {
        let backoff = &self.purging.media[usize::from(stored)];
        let (mut after, mut lag) = (None, None);
        loop {
            let media = &self.parts.stores.media;
            let page = media.with_media(stored, after.as_ref(), PAGE).await?;
            let Some(last) = page.last().cloned() else {
                return Ok(lag);
            };
            after = Some(last);
            let now = Instant::now();
            let mut done = stream::iter(page)
                .filter(|over| std::future::ready(!backoff.lock().holds(&over.room, now)))
                .map(|over| self.purge_media_of(stored, over, backoff))
                .buffer_unordered(MEDIA_AT_ONCE);
            while let Some(this) = done.next().await {
                lag = lag.max(this);
            }
        }
    }

    async fn purge_media_of(&self, stored: bool, over: Over, backoff: &Mutex<Backoff>) -> Option<Duration> {
        let Over { room, at, .. } = over;
        let removed = timeout(MEDIA_WITHIN, self.parts.media.purge(stored, &room)).await;
        let done = match removed {
            Ok(Ok(())) => self.parts.stores.media.media_purged(&room).await,
            Ok(Err(error)) => Err(failed(error)),
            Err(_) => Err(LogError::Busy),
        };
        if let Err(error) = done {
            tracing::error!(%error, "a room's media could not be removed");
            backoff.lock().note([room], Instant::now());
            return None;
        }
        backoff.lock().forget(&room);
        Some(self.is_gone(at))
    }

    /// Notes that something of a room that ended then is gone; how long that took.
    fn is_gone(&self, ended_at: Timestamp) -> Duration {
        let lag = self.since(ended_at);
        self.parts.metrics.purged(lag);
        lag
    }

    fn since(&self, at: Timestamp) -> Duration {
        let millis = self.parts.clock.now().millis().saturating_sub(at.millis());
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }

    /// Forgets tombstones that are old enough.
    ///
    /// # Errors
    /// [`LogError`] when the store fails.
    pub async fn forget(&self) -> Result<u64, LogError> {
        let before = self.parts.clock.now().plus_millis(-TOMBSTONE_MILLIS);
        self.parts.stores.upkeep.forget(before).await
    }
}
