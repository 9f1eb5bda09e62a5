//! The end of a room.

use std::sync::Arc;

use futures_util::{StreamExt, stream};
use store::{Command, LogError, Over};
use tokio::sync::watch;
use wire::{
    domain::{RoomId, Token},
    error::{AppError, Code},
    protocol::EndReason,
};

use super::{RoomService, leaving::persist, unavailable};

/// Rings for who waits for something to be done.
pub type Bell = watch::Receiver<()>;

/// Rooms in a page of those whose time is over.
const PAGE: usize = 500;

/// Rooms that are closed at once. They share commits: a quarter of what the store's queue takes.
const CLOSED_AT_ONCE: usize = 256;

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
        let at = self.parts.clock.now();
        let end = self.parts.stores.log.execute(room, Command::End { at, reason }).await;
        self.outdate(room);
        let end = end?;
        if end.is_done() {
            tracing::info!(?reason, "a room is over");
        }
        self.dismiss(room, reason);
        self.closed.send_replace(());
        Ok(())
    }

    /// Ends a room that may be there and of which nobody was told, as soon as the store answers again: its link is
    /// nobody's, and its place somebody else's.
    pub(super) fn abandon(self: &Arc<Self>, room: RoomId) {
        let service = Arc::clone(self);
        self.tasks.spawn(async move {
            let stopping = service.parts.stopping.clone();
            let close = persist(|| service.close(&room, EndReason::Ended));
            stopping.run_until_cancelled(close).await;
        });
    }

    /// Tells everybody in the room that it is over, and forgets them. Told once more, nothing happens.
    pub(super) fn dismiss(&self, room: &RoomId, reason: EndReason) {
        if let Some(room) = self.parts.rooms.get(room) {
            // In this order: who is shown out looks into the feed for the reason.
            room.end(reason);
            self.parts.rooms.close(&room);
        }
    }

    /// What is known of a room may not be so any more.
    pub(super) fn outdate(&self, room: &RoomId) {
        if let Some(room) = self.parts.rooms.get(room) {
            room.facts().outdate();
        }
    }

    /// Rings when a room has come to its end.
    #[must_use]
    pub fn closed(&self) -> Bell {
        self.closed.subscribe()
    }

    /// Closes rooms whose time is over, many at once. One that cannot be closed now is found again, and holds up no other.
    ///
    /// Everybody inside hears it before any of it is written: that takes longer, the more rooms are over.
    ///
    /// # Errors
    /// [`LogError`] when the store does not say which they are.
    pub async fn expire(&self) -> Result<(), LogError> {
        let now = self.parts.clock.now();
        let mut over = Vec::<Over>::new();
        loop {
            let page = self.parts.stores.upkeep.due(now, over.last(), PAGE).await?;
            if page.is_empty() {
                break;
            }
            for Over { room, .. } in &page {
                self.dismiss(room, EndReason::Expired);
            }
            over.extend(page);
        }
        stream::iter(&over)
            .for_each_concurrent(CLOSED_AT_ONCE, |over| self.close_expired(&over.room))
            .await;
        Ok(())
    }

    async fn close_expired(&self, room: &RoomId) {
        if let Err(error) = self.close(room, EndReason::Expired).await {
            tracing::error!(%error, "a room could not be closed");
        }
    }
}
