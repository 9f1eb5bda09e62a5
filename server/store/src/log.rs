//! What a log can be asked.

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use wire::{
    domain::{ClientId, Epoch, ParticipantId, RoomId, Seq},
    protocol::Entry,
};

use crate::{
    draft::{Appended, Draft},
    error::LogError,
};

/// Entries in a page of the log, at most. A replay of a long room is many pages.
pub const PAGE_MAX: usize = 200;

/// Bytes of words in a page, more or less; one entry is in it in any case. A page is held until its reader has taken it:
/// a thousand readers that take nothing hold 64 MB of them, where two hundred of the longest texts each would be 3 GB.
pub const PAGE_BYTES: usize = 64 * 1024;

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Which log it is. New whenever the log starts over.
    pub epoch: Epoch,
    /// The oldest entry still kept is the one after this: a cursor before it has missed something.
    pub kept_after: Seq,
    /// The newest entry.
    pub last: Seq,
}

/// A part of a log, always in ascending order and at most [`PAGE_MAX`] entries, or [`PAGE_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The first `limit` entries after the cursor.
    After(Seq, usize),
    /// The last `limit` entries before the cursor.
    Before(Seq, usize),
}

/// An entry on its way into the log that has taken it.
pub type Appending = BoxFuture<'static, Result<Appended, LogError>>;

/// The entries of rooms.
#[async_trait]
pub trait Log: Send + Sync + 'static {
    /// Takes one draft, to be logged after all that were taken for the room before. What is returned waits for it to be
    /// in the log; the write goes on when nobody waits.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Busy`], [`LogError::Store`].
    async fn take(&self, room: &RoomId, draft: Draft) -> Result<Appending, LogError>;

    /// Appends one entry. `Ok` means that it is in the log: for a stored room, committed to disk. The write goes on
    /// when the caller is dropped.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Gone`], [`LogError::Full`] for what somebody says, [`LogError::Busy`],
    /// [`LogError::Store`].
    async fn append(&self, room: &RoomId, draft: Draft) -> Result<Appended, LogError> {
        self.take(room, draft).await?.await
    }

    /// Reads one page.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    async fn read(&self, room: &RoomId, page: Page) -> Result<Vec<Entry>, LogError>;

    /// What became of a message or an amendment that this participant sent before under this `client_id`; `None` when
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
    fn appended(&self, room: &RoomId, entries: &[Entry]);
}
