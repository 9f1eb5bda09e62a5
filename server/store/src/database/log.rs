//! The logs of stored rooms.

use std::sync::{Arc, atomic::Ordering};

use futures_util::FutureExt;
use wire::domain::{ClientId, Epoch, ParticipantId, RoomId, Seq};

use super::{Database, Store, row::First};
use crate::{Appended, Command, Executing, LogError, Logged, Page, Position, command::Finish};

impl<DB: Database> Store<DB> {
    /// Takes a command, to be done with all that was taken before. What tells of it is written with it where the room's
    /// log is here (`is_told`), and is handed to `finish` where it is not. What is returned waits for both.
    ///
    /// # Errors
    /// [`LogError::Busy`], [`LogError::Store`].
    pub fn command(
        &self,
        room: &RoomId,
        command: Command,
        is_told: bool,
        finish: Option<Finish>,
    ) -> Result<Executing, LogError> {
        let amends = matches!(&command, Command::Say(draft) if draft.act.target().is_some());
        let executing = self.writer.command(room.clone(), command, is_told, finish)?;
        if !amends {
            return Ok(executing.boxed());
        }
        let unscrubbed = Arc::clone(&self.unscrubbed);
        // In a task: the old words are in files also where nobody waits for the write.
        let executing = tokio::spawn(async move {
            let executed = executing.await;
            // After the write, or a scrub just before it would be taken for the one that is due.
            unscrubbed.store(true, Ordering::Release);
            executed
        });
        let died = |died| Err(LogError::Store(Arc::new(died)));
        Ok(executing.map(move |done| done.unwrap_or_else(died)).boxed())
    }

    /// A page of a stored room's log.
    pub async fn page(&self, room: &RoomId, page: Page) -> Result<Vec<Logged>, LogError> {
        let now = self.clock.now();
        self.read(|mut on| async move { DB::page(&mut on, room, page, now).await })
            .await?
            .ok_or(LogError::Closed)
    }

    /// What became of what was said before.
    pub async fn sent(
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
        Ok(first.map(|(seq, at)| Appended::before(seq, at)))
    }

    /// Where a stored room's log stands.
    pub async fn position(&self, room: &RoomId) -> Result<Position, LogError> {
        let now = self.clock.now();
        let last = self
            .read(|mut on| async move { DB::last(&mut on, room, now).await })
            .await?;
        last.map(position).ok_or(LogError::Closed)
    }
}

/// Where a stored log stands that ends so. It keeps everything.
pub(super) fn position(last: Seq) -> Position {
    Position {
        epoch: epoch(),
        kept_after: Seq::START,
        last,
    }
}

/// A stored log never starts over, so all of them have one epoch, for good.
fn epoch() -> Epoch {
    Epoch::parse("stored").expect("these are an epoch's characters")
}
