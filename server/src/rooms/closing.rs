//! The end of a room, and what has to be gone after it.

use std::{sync::Arc, time::Duration};

use app::{
    domain::{RoomId, Token},
    error::{AppError, Code},
    protocol::EndReason,
};

use super::{RoomService, unavailable};
use crate::{
    log::{LogError, Room},
    sync::lock,
};

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
                None if service.is_creator(&room, creator.as_ref()).await? => {
                    service.close(&id, EndReason::Ended).await.map_err(unavailable)
                }
                None => Err(Code::NotCreator.into()),
            }
        })
        .await
    }

    async fn close(&self, room: &RoomId, reason: EndReason) -> Result<(), LogError> {
        if self
            .parts
            .stores
            .registry
            .end(room, self.parts.clock.now(), reason)
            .await?
        {
            tracing::info!(?reason, "a room is over");
        }
        self.dismiss(room, reason);
        self.closed.notify_one();
        Ok(())
    }

    /// Tells everybody in the room that it is over, and forgets them. Told once more, nothing happens.
    fn dismiss(&self, room: &RoomId, reason: EndReason) {
        // In this order: who is shown out by the presence looks into the hub for the reason.
        self.parts.hub.end(room, reason);
        self.parts.presence.forget(room);
        lock(&self.horizons).forget(room);
    }

    /// Waits until a room was closed.
    pub async fn closed(&self) {
        self.closed.notified().await;
    }

    /// Closes rooms whose time is over. One that cannot be closed now is found again, and holds up no other.
    ///
    /// # Errors
    /// [`LogError`] when the store does not say which they are.
    pub async fn expire(&self) -> Result<(), LogError> {
        for room in self.parts.stores.registry.due(self.parts.clock.now(), SWEEP).await? {
            if let Err(error) = self.close(&room, EndReason::Expired).await {
                tracing::error!(%error, "a room could not be closed");
            }
        }
        Ok(())
    }

    /// Removes all content of closed rooms. One that cannot be purged now is found again, also after a crash, and holds
    /// up no other. Returns how long the oldest of those purged had been closed, if there was any.
    ///
    /// # Errors
    /// [`LogError`] when the store does not say which they are.
    pub async fn purge(&self) -> Result<Option<Duration>, LogError> {
        let mut lag = None;
        for (room, ended_at) in self.parts.stores.registry.unpurged(SWEEP).await? {
            match self.purge_room(&room).await {
                Ok(()) => {
                    let millis = self.parts.clock.now().millis().saturating_sub(ended_at.millis());
                    let this = Duration::from_millis(u64::try_from(millis).unwrap_or(0));
                    self.parts.metrics.purged(this.as_secs_f64());
                    lag = lag.max(Some(this));
                }
                Err(error) => tracing::error!(%error, "a room could not be purged"),
            }
        }
        Ok(lag)
    }

    async fn purge_room(&self, id: &RoomId) -> Result<(), LogError> {
        let stores = &self.parts.stores;
        // Whoever has ended it may not have come to telling so.
        if let Some(Room {
            ended: Some((_, reason)),
            ..
        }) = stores.registry.room(id).await?
        {
            self.dismiss(id, reason);
        }
        self.parts.shelf.purge(id).await?;
        stores.log.purge(id).await?;
        stores.registry.purged(id).await
    }

    /// Removes from files what messages were before they were edited or deleted.
    ///
    /// # Errors
    /// [`LogError`] when the store fails.
    pub async fn scrub(&self) -> Result<(), LogError> {
        self.parts.stores.log.scrub().await
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
