//! Rooms and what happened in them, kept.
//!
//! Two questions, two traits. The [`Log`] holds a room's entries, numbered 1, 2, 3 without gaps; the [`Registry`] holds
//! the rooms themselves and who belongs to them. A stored room's log is the database; a live room's log is memory
//! ([`memory`]) and never touches a disk. Nothing above this crate asks which it is, and no SQL stands outside it.
//!
//! *Architecture invariant:* knows neither sockets nor rules. Who wants to hear of new entries passes an
//! [`Observer`].
//!
//! How to add a store: for an SQL database, a `database::Dialect`; for anything else both traits, or [`Log`] alone.
//! Then run `tests/log_contract` on it.

mod database;
pub mod memory;
mod open;
mod postgres;
mod routed;
mod space;
mod sqlite;
mod url;

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use wire::{
    domain::{ClientId, Epoch, MediaId, MediaType, Nickname, ParticipantId, RoomId, Seq, Side, Timestamp, TokenHash},
    protocol::{Body, Change, EndReason, Entry, Participant, Settings},
};

pub use memory::MemoryLog;
pub use open::{OpenError, Stores, open};
pub use postgres::PostgresStore;
pub use space::{Bounds, Full, Space};
pub use sqlite::SqliteStore;
pub use url::{UrlError, check_url};

/// Entries in a page of the log, at most. A replay of a long room is many pages.
pub const PAGE_MAX: usize = 200;

/// Bytes of words in a page, more or less; one entry is in it in any case. A page is held until its reader has taken it:
/// a thousand readers that take nothing hold 64 MB of them, where two hundred of the longest texts each would be 3 GB.
pub const PAGE_BYTES: usize = 64 * 1024;

/// Further tokens of one participant: devices on which one user of the host's is in one room.
pub const PASSES_MAX: usize = 32;

/// What is to be appended: an [`Entry`] before its number and time.
#[derive(Debug, Clone)]
pub enum Draft {
    /// Somebody says something.
    Message {
        /// Who: from the session, never from the message.
        from: ParticipantId,
        /// What the sender calls it. The same `from` and `client_id` again return the first one's entry.
        client_id: ClientId,
        /// What is said.
        body: Body,
    },
    /// Somebody says something about a message that is in the log, and may change it. Refused with [`LogError::Gone`]
    /// where that is deleted or not kept.
    Amendment {
        /// Who.
        from: ParticipantId,
        /// As of a message.
        client_id: ClientId,
        /// What is said.
        body: Body,
        /// About which message.
        target: Seq,
        /// What that message carries from now on, in one step with the new entry. Earlier amendments of it lose their
        /// words.
        becomes: Option<Body>,
    },
    /// Somebody comes in.
    Joined(Participant),
    /// Somebody leaves.
    Left(Participant),
    /// Somebody is removed.
    Removed(Participant),
    /// The creator changes a setting.
    Changed {
        /// The creator, where they are a participant, too.
        by: Option<Participant>,
        /// What is different from now on.
        change: Change,
    },
}

impl Draft {
    /// What a retry is known by. Only messages are ever sent again.
    fn key(&self) -> Option<(&ParticipantId, &ClientId)> {
        match self {
            Self::Message { from, client_id, .. } | Self::Amendment { from, client_id, .. } => Some((from, client_id)),
            Self::Joined(_) | Self::Left(_) | Self::Removed(_) | Self::Changed { .. } => None,
        }
    }

    /// Whether there has to be space for it: for what somebody says, unless it makes space. That people come, go and
    /// decide is small, and noted in any case.
    const fn needs_space(&self) -> bool {
        match self {
            Self::Message { .. } => true,
            Self::Amendment { becomes, .. } => !matches!(becomes, Some(Body::Deleted { .. })),
            Self::Joined(_) | Self::Left(_) | Self::Removed(_) | Self::Changed { .. } => false,
        }
    }

    /// The entry that it becomes.
    fn numbered(self, seq: Seq, at: Timestamp) -> Entry {
        match self {
            Self::Message { from, client_id, body }
            | Self::Amendment {
                from, client_id, body, ..
            } => Entry::Message {
                seq,
                at,
                from,
                client_id,
                body,
            },
            Self::Joined(participant) => Entry::Joined { seq, at, participant },
            Self::Left(participant) => left(seq, at, participant, false),
            Self::Removed(participant) => left(seq, at, participant, true),
            Self::Changed { by, change } => Entry::Changed { seq, at, by, change },
        }
    }
}

const fn left(seq: Seq, at: Timestamp, participant: Participant, removed: bool) -> Entry {
    Entry::Left {
        seq,
        at,
        participant,
        removed,
    }
}

/// What became of a [`Draft`].
#[derive(Debug, Clone)]
pub struct Appended {
    /// Its place in the log.
    pub seq: Seq,
    /// When the log took it.
    pub at: Timestamp,
    /// Whether it is new; `false` for a retried message, whose first entry this is.
    pub fresh: bool,
}

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

/// Why a log did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LogError {
    /// The room has ended, expired or never was: its log takes and gives nothing.
    #[error("the room is closed")]
    Closed,
    /// What a draft is about is deleted, or not kept any more. Nothing was taken.
    #[error("what it is about is gone")]
    Gone,
    /// There is no space for it; nothing was taken.
    #[error("there is no space: {0:?}")]
    Full(Full),
    /// More waits to be written than is allowed to; nothing was taken. Try again shortly.
    #[error("the store is busy")]
    Busy,
    /// The store failed; whether the draft was taken is for a retry (same `client_id`) to find out.
    #[error("the store failed: {0}")]
    Store(#[source] Arc<dyn std::error::Error + Send + Sync>),
}

impl From<sqlx::Error> for LogError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(Arc::new(Fault(error)))
    }
}

/// A database's error as it may stand in a log line. The `Debug` of the error itself quotes rows.
#[derive(thiserror::Error)]
#[error("{0}")]
struct Fault(sqlx::Error);

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
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

/// A room as the registry keeps it. After its end, a tombstone: nothing of it but these times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Which room.
    pub id: RoomId,
    /// Whether its log is the database.
    pub store_history: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// When and how it came to its end, if it did. A room past `expires_at` may not have been swept yet.
    pub ended: Option<(Timestamp, EndReason)>,
    /// Proves the creator.
    pub creator: TokenHash,
    /// Who that is among the participants, where it is known.
    pub creator_id: Option<ParticipantId>,
    /// What its creator has set.
    pub settings: Settings,
    /// How many participants are inside: joined and not left.
    pub inside: u32,
}

/// A room whose time is over, in a list that is read page by page: the last of one page is the cursor of the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// Which room.
    pub room: RoomId,
    /// When it ended, or should have.
    pub at: Timestamp,
    /// How.
    pub reason: EndReason,
}

/// A participant as the registry keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: ParticipantId,
    /// What they are called.
    pub name: Nickname,
    /// Joined and not left. One who left may come back with the same token.
    pub inside: bool,
    /// Removed by the creator, for good.
    pub removed: bool,
}

/// Whether somebody got in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// They are inside now and were not before.
    Entered,
    /// They were inside already.
    AlreadyInside,
    /// As many are inside as may be.
    Full,
    /// They are new, and the room is locked.
    Locked,
    /// They were removed.
    Removed,
    /// The room is over or never was.
    Closed,
}

/// A picture or recording as the registry keeps it: all but its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// Which one.
    pub id: MediaId,
    /// Who uploaded it.
    pub from: ParticipantId,
    /// What it is.
    pub media_type: MediaType,
    /// Its bytes.
    pub size: u64,
    /// A picture's width and height.
    pub sides: Option<(Side, Side)>,
}

/// How many bytes of media there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MediaQuota {
    /// In the room.
    pub room: u64,
    /// In all rooms of its kind, stored or live.
    pub server: u64,
}

/// Whether there is space for a medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelved {
    /// It is noted, and its space is taken.
    Kept,
    /// The room has no space for it.
    RoomFull,
    /// The server has none.
    ServerFull,
    /// The room is over or never was.
    Closed,
}

/// The rooms and who belongs to them, for rooms of both kinds. Everything here is in the database; words are not.
#[async_trait]
pub trait Registry: Send + Sync + 'static {
    /// Adds a room.
    ///
    /// # Errors
    /// [`LogError::Store`], also when the id is taken; [`LogError::Full`], [`LogError::Busy`].
    async fn create(&self, room: &Room) -> Result<(), LogError>;

    /// Looks a room up; `None` when there is none, not even a tombstone.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn room(&self, id: &RoomId) -> Result<Option<Room>, LogError>;

    /// Adds a participant if fewer than `capacity` are inside and the room is not locked: one conditional update decides
    /// races for the last place, and between a join and a lock. One who is known already keeps their name, comes back
    /// under the same condition, and has one more token: of those that came so, the newest [`PASSES_MAX`] are good.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn admit(
        &self,
        room: &RoomId,
        participant: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError>;

    /// Adds the creator, or who has the creator's rights, as a participant: locked or not.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn admit_creator(
        &self,
        room: &RoomId,
        participant: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError>;

    /// Lets a participant who left back in if there is a place, locked or not.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn readmit(&self, room: &RoomId, who: &ParticipantId, capacity: u32) -> Result<Admission, LogError>;

    /// Marks a participant as gone; `true` when they were inside.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn release(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError>;

    /// Removes a participant for good; `true` when they were not removed before. Nobody gets in by their token any more.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn remove(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError>;

    /// Changes a setting of an open room; `false` when it was so already, or, of the end, has been moved before.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn change(&self, room: &RoomId, change: Change) -> Result<bool, LogError>;

    /// Adds a token that proves the creator, too, if there are fewer than `most`; whether it did.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn add_owner(&self, room: &RoomId, token: &TokenHash, most: u32) -> Result<bool, LogError>;

    /// The tokens that were added.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn owners(&self, room: &RoomId) -> Result<Vec<TokenHash>, LogError>;

    /// Whose token it is, also of one who was removed.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn member(&self, room: &RoomId, token: &TokenHash) -> Result<Option<Member>, LogError>;

    /// Whose id it is.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn participant(&self, room: &RoomId, id: &ParticipantId) -> Result<Option<Member>, LogError>;

    /// Those who joined last, `newest` of them at most, in the order in which they first did. Who came before them is
    /// not read.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn members(&self, room: &RoomId, newest: usize) -> Result<Vec<Member>, LogError>;

    /// Everybody who is inside, as many as a room holds, in the order in which they first joined.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn inside(&self, room: &RoomId) -> Result<Vec<Member>, LogError>;

    /// Everybody who is inside some open room: after a restart, who may have to leave.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn all_inside(&self) -> Result<Vec<(RoomId, Member)>, LogError>;

    /// Ends a room; `true` when it was open. From its commit on the room's log is closed.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn end(&self, room: &RoomId, at: Timestamp, reason: EndReason) -> Result<bool, LogError>;

    /// Open rooms whose time is over at `now`, oldest first: the first `limit` after `after`.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn due(&self, now: Timestamp, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError>;

    /// Ended rooms that are not [`purged`](Self::purged), oldest first: the first `limit` after `after`.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn unpurged(&self, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError>;

    /// Ended rooms, stored or live, that have media, oldest first: the first `limit` after `after`.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn with_media(&self, stored: bool, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError>;

    /// Notes a medium where there is space for it: one conditional update decides races for the last of the room's.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn add_media(&self, room: &RoomId, media: &Media, quota: MediaQuota) -> Result<Shelved, LogError>;

    /// Looks a room's medium up.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn media(&self, room: &RoomId, id: &MediaId) -> Result<Option<Media>, LogError>;

    /// Forgets a medium, if there is one, and gives its space back.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn remove_media(&self, room: &RoomId, id: &MediaId) -> Result<(), LogError>;

    /// Forgets the media of all live rooms: after a restart, their bytes are gone as their logs are.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn forget_live_media(&self) -> Result<(), LogError>;

    /// Notes that nothing is left of what was said in ended rooms, in any file. Of a room without media, what is left is
    /// a tombstone.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn purged(&self, rooms: &[RoomId]) -> Result<(), LogError>;

    /// Notes that the bytes of all media of an ended room are gone, and gives their space back.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn media_purged(&self, room: &RoomId) -> Result<(), LogError>;

    /// Removes tombstones of rooms that ended before `before`; returns how many.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn forget(&self, before: Timestamp) -> Result<u64, LogError>;

    /// How many rooms are open at `now`.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn count_open(&self, now: Timestamp) -> Result<u64, LogError>;

    /// Whether the store answers and takes writes: a trivial read, how the last writes went, and whether the disk has
    /// space. Asked often, it costs no more than asked once a second.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn ping(&self) -> Result<(), LogError>;
}
