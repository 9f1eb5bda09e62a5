//! The end of a room, and what has to be gone after it.

use std::{sync::Arc, time::Duration};

use app::{
    domain::{RoomId, Token},
    error::{AppError, Code},
    protocol::EndReason,
};

use super::{RoomService, is_creator, unavailable};
use crate::{log::LogError, sync::lock};

/// How long a tombstone tells visitors how a room came to its end.
const TOMBSTONE_MILLIS: i64 = 7 * 86_400_000;

/// Rooms handled in one sweep. More wait for the next.
const SWEEP: usize = 200;

impl RoomService {
    /// Ends a room for everybody. Ending an ended room again succeeds.
    ///
    /// # Errors
    /// `unknown_chat`, `expired`, `not_creator`, `unavailable`.
    pub async fn end(self: &Arc<Self>, id: &RoomId, creator: Option<Token>) -> Result<(), AppError> {
        let (service, id) = (Arc::clone(self), id.clone());
        self.to_the_end(async move {
            let room = service
                .parts
                .stores
                .registry
                .room(&id)
                .await
                .map_err(unavailable)?
                .ok_or(Code::UnknownChat)?;
            match service.end_of(&room) {
                Some(EndReason::Ended) => Ok(()),
                Some(EndReason::Expired) => Err(Code::Expired.into()),
                None if is_creator(&room, creator.as_ref()) => {
                    service.close(&id, EndReason::Ended).await.map_err(unavailable)
                }
                None => Err(Code::NotCreator.into()),
            }
        })
        .await
    }

    async fn close(&self, room: &RoomId, reason: EndReason) -> Result<(), LogError> {
        let first = self
            .parts
            .stores
            .registry
            .end(room, self.parts.clock.now(), reason)
            .await?;
        if first {
            self.parts.hub.end(room, reason);
            self.parts.presence.forget(room);
            lock(&self.horizons).forget(room);
            self.closed.notify_one();
            tracing::info!(?reason, "a room is over");
        }
        Ok(())
    }

    /// Waits until a room was closed.
    pub async fn closed(&self) {
        self.closed.notified().await;
    }

    /// Closes rooms whose time is over.
    ///
    /// # Errors
    /// [`LogError`] when the store fails; what is not closed yet is found again.
    pub async fn expire(&self) -> Result<(), LogError> {
        for room in self.parts.stores.registry.due(self.parts.clock.now(), SWEEP).await? {
            self.close(&room, EndReason::Expired).await?;
        }
        Ok(())
    }

    /// Removes all content of closed rooms. Returns how long the oldest of them has been closed, if there was any.
    ///
    /// # Errors
    /// [`LogError`] when the store fails; what is not purged yet is found again, after a crash too.
    pub async fn purge(&self) -> Result<Option<Duration>, LogError> {
        let mut lag = None;
        for (room, ended_at) in self.parts.stores.registry.unpurged(SWEEP).await? {
            self.parts.stores.log.purge(&room).await?;
            self.parts.stores.registry.purged(&room).await?;
            let millis = self.parts.clock.now().millis().saturating_sub(ended_at.millis());
            lag = lag.max(Some(Duration::from_millis(u64::try_from(millis).unwrap_or(0))));
        }
        Ok(lag)
    }

    /// Forgets tombstones that are old enough.
    ///
    /// # Errors
    /// [`LogError`] when the store fails.
    pub async fn forget(&self) -> Result<u64, LogError> {
        let before = self.parts.clock.now().plus_millis(-TOMBSTONE_MILLIS);
        self.parts.stores.registry.forget(before).await
    }
}
