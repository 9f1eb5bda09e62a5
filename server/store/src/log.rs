//! What a log can be asked.

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use wire::domain::{ClientId, ParticipantId, RoomId};

use crate::{
    command::{Command, Outcome},
    draft::{Appended, Draft},
    error::LogError,
    frame::Logged,
    position::{Page, Position},
};

/// What became of a command, once the log that has taken it knows.
pub type Executing = BoxFuture<'static, Result<Outcome, LogError>>;

/// The entries of rooms, and whatever changes a room.
#[async_trait]
pub trait Log: Send + Sync + 'static {
    /// Takes a command. What is said is logged after all that was taken for the room before. What is returned waits for
    /// it to be done; the work goes on when nobody waits.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Busy`], [`LogError::Store`].
    async fn take(&self, room: &RoomId, command: Command) -> Result<Executing, LogError>;

    /// Does what the command says. `Ok` means that it is done, and that its entry is in the log: for a stored room,
    /// both committed to disk. The work goes on when the caller is dropped.
    ///
    /// # Errors
    /// [`LogError::Closed`] for a room that is over or never was; [`LogError::Gone`] and [`LogError::Full`] for what
    /// somebody says, [`LogError::Full`] also for one room too many; [`LogError::Busy`], [`LogError::Store`]: nothing
    /// happened; [`LogError::Lost`]: all of it happened, or nothing.
    async fn execute(&self, room: &RoomId, command: Command) -> Result<Outcome, LogError> {
        self.take(room, command).await?.await
    }

    /// Says something.
    ///
    /// # Errors
    /// As [`Log::execute`].
    async fn append(&self, room: &RoomId, draft: Draft) -> Result<Appended, LogError> {
        self.execute(room, Command::Say(draft))
            .await?
            .entry()
            .ok_or(LogError::Closed)
    }

    /// Reads one page.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    async fn read(&self, room: &RoomId, page: Page) -> Result<Vec<Logged>, LogError>;

    /// What became of a message that this participant sent before under this `client_id`; `None` when
    /// there was none, or a live room's log has forgotten it. One look-up by an index: cheap enough to be asked whenever
    /// a retry would be refused.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    async fn sent(
        &self,
        room: &RoomId,
        from: &ParticipantId,
        client_id: &ClientId,
    ) -> Result<Option<Appended>, LogError>;

    /// Where the room's log stands.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    async fn position(&self, room: &RoomId) -> Result<Position, LogError>;

    /// Forgets all that was said in these rooms, and who was there, for good. Open ones among them stay as they are.
    /// Idempotent. From a database's files the bytes are gone after the next [`scrub`](Self::scrub).
    ///
    /// # Errors
    /// [`LogError::Store`]; some of the rooms may be purged then. One that cannot be keeps those after it from it.
    async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError>;

    /// Removes from files what was purged or amended before this was called. Holds no writer up for longer than a write.
    ///
    /// # Errors
    /// [`LogError::Busy`] while somebody reads what is to be removed; [`LogError::Store`].
    async fn scrub(&self) -> Result<(), LogError>;
}

/// Hears of entries, once each, in the order of each room's log, after they are in the log and before the append
/// returns. Must be quick and must not block: the writer waits for it.
pub trait Observer: Send + Sync + 'static {
    /// `entries` follow each other in `room`'s log.
    fn appended(&self, room: &RoomId, entries: &[Logged]);
}
