//! The logs of stored rooms.

use std::sync::{Arc, atomic::Ordering};

use async_trait::async_trait;
use futures_util::FutureExt;
use wire::{
    domain::{ClientId, Epoch, ParticipantId, RoomId, Seq},
    protocol::Entry,
};

use super::{Database, Store, row::First};
use crate::{Appended, Appending, Draft, Log, LogError, Page, Position};

#[async_trait]
impl<DB: Database> Log for Store<DB> {
    async fn take(&self, room: &RoomId, draft: Draft) -> Result<Appending, LogError> {
        let amends = matches!(draft, Draft::Amendment { becomes: Some(_), .. });
        let appending = self.writer.append(room.clone(), draft)?;
        if !amends {
            return Ok(appending.boxed());
        }
        let unscrubbed = Arc::clone(&self.unscrubbed);
        // In a task: the old words are in files also where nobody waits for the write.
        let appending = tokio::spawn(async move {
            let appended = appending.await;
            // After the write, or a scrub just before it would be taken for the one that is due.
            unscrubbed.store(true, Ordering::Release);
            appended
        });
        let died = |died| Err(LogError::Store(Arc::new(died)));
        Ok(appending.map(move |done| done.unwrap_or_else(died)).boxed())
    }

    async fn read(&self, room: &RoomId, page: Page) -> Result<Vec<Entry>, LogError> {
        let now = self.clock.now();
        self.read(|mut on| async move { DB::page(&mut on, room, page, now).await })
            .await?
            .ok_or(LogError::Closed)
    }

    async fn sent(
        &self,
        room: &RoomId,
        from: &ParticipantId,
        client_id: &ClientId,
    ) -> Result<Option<Appended>, LogError> {
        let now = self.clock.now();
        let First(first) = self
            .read(|mut on| async move { DB::first(&mut on, room, (from, client_id), now).await })
            .await?
            .ok_or(LogError::Closed)?;
        Ok(first.map(|(seq, at)| Appended { seq, at, fresh: false }))
    }

    async fn position(&self, room: &RoomId) -> Result<Position, LogError> {
        let now = self.clock.now();
        let last = self
            .read(|mut on| async move { DB::last(&mut on, room, now).await })
            .await?;
        Ok(Position {
            epoch: epoch(),
            kept_after: Seq::START,
            last: last.ok_or(LogError::Closed)?,
        })
    }

    async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        self.delete(rooms).await
    }

    async fn scrub(&self) -> Result<(), LogError> {
        self.scrub_files().await
    }
}

/// A stored log never starts over, so all of them have one epoch, for good.
fn epoch() -> Epoch {
    Epoch::parse("stored").expect("these are an epoch's characters")
}
