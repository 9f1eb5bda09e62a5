//! What there is: rooms, who belongs to them, what was shared in them, what is left of them.

use async_trait::async_trait;
use wire::{
    domain::{MediaId, MediaType, Nickname, ParticipantId, RoomId, Side, Timestamp, TokenHash},
    protocol::{EndReason, Settings},
};

use crate::{error::LogError, position::Position};

/// Further tokens of one participant: devices on which one user of the host's is in one room.
pub const PASSES_MAX: usize = 32;

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

/// What somebody's arrival asks of the registry, at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The room.
    pub room: Room,
    /// Where its log stands, if that is in the database.
    pub position: Option<Position>,
    /// Whose token it is, also of one who was removed.
    pub member: Option<Member>,
    /// The newest members; nobody for who is none.
    pub members: Vec<Member>,
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
pub enum MediaAdmission {
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
    /// Looks a room up; `None` when there is none, not even a tombstone.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn room(&self, id: &RoomId) -> Result<Option<Room>, LogError>;

    /// All that somebody's arrival asks, in one look-up: the room, whose token it is there, and, for who belongs to it,
    /// those who joined last, `newest` of them at most, in the order in which they first did. `None` when there is no
    /// room, not even a tombstone.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn arrival(
        &self,
        room: &RoomId,
        token: Option<&TokenHash>,
        newest: usize,
    ) -> Result<Option<Arrival>, LogError>;

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
}

/// What was shared in rooms of both kinds. Its bytes are elsewhere.
#[async_trait]
pub trait MediaRegistry: Send + Sync + 'static {
    /// Notes a medium where there is space for it: one conditional update decides races for the last of the room's.
    ///
    /// # Errors
    /// [`LogError::Store`], [`LogError::Busy`].
    async fn add_media(&self, room: &RoomId, media: &Media, quota: MediaQuota) -> Result<MediaAdmission, LogError>;

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

    /// Ended rooms, stored or live, that have media, oldest first: the first `limit` after `after`.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn with_media(&self, stored: bool, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError>;

    /// Notes that the bytes of all media of an ended room are gone, and gives their space back.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn media_purged(&self, room: &RoomId) -> Result<(), LogError>;

    /// Forgets the media of all live rooms: after a restart, their bytes are gone as their logs are.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn forget_live_media(&self) -> Result<(), LogError>;
}

/// What is to be looked after, in rooms of both kinds.
#[async_trait]
pub trait Upkeep: Send + Sync + 'static {
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

    /// Notes that nothing is left of what was said in ended rooms, in any file. Of a room without media, what is left is
    /// a tombstone.
    ///
    /// # Errors
    /// [`LogError::Store`].
    async fn purged(&self, rooms: &[RoomId]) -> Result<(), LogError>;

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
