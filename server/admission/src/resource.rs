//! What there is only so much of, and what is said to whoever finds nothing left.

use wire::error::{AppError, Code};

/// What is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resource {
    /// Connections that are open.
    Connections,
    /// Sockets and event streams, which last.
    Lasting,
    /// Conversations that are written to files.
    Exports,
    /// Bytes of uploads that are under way.
    UploadBytes,
    /// Uploads that are decoded, or wait for it.
    Uploads,
    /// Rooms that are open.
    Rooms,
    /// Bytes of what is said in one room.
    RoomText,
    /// Bytes of what is said in all live rooms, in memory.
    LiveText,
    /// Bytes of what is said in all stored rooms, in the database.
    StoredText,
}

/// Whose part of it is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Everybody's.
    Server,
    /// That of one address, or of its net.
    Address,
}

/// Nothing is left of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("nothing is left of {of:?}")]
pub struct Exhausted {
    /// Of what.
    pub of: Resource,
    /// To whom.
    pub whose: Whose,
}

/// How long (s) somebody waits who has as many connections as one may have: for those that are gone to be found out.
const RETRY_CONNECTING: u32 = 10;

/// How long (s) to wait where too many conversations are saved: a page of one is written in far less.
const RETRY_EXPORT: u32 = 5;

/// How long (s) to wait where too many files are under way: the work on most takes less than one.
const RETRY_UPLOAD: u32 = 3;

/// How long (s) to wait where there is no space: for rooms to come to their end.
const RETRY_SPACE: u32 = 60;

impl Resource {
    /// Its name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connections => "connections",
            Self::Lasting => "lasting",
            Self::Exports => "exports",
            Self::UploadBytes => "upload_bytes",
            Self::Uploads => "uploads",
            Self::Rooms => "rooms",
            Self::RoomText => "room_text_bytes",
            Self::LiveText => "live_text_bytes",
            Self::StoredText => "stored_text_bytes",
        }
    }

    /// Everybody's part of it is used up.
    #[must_use]
    pub const fn exhausted(self) -> Exhausted {
        Exhausted {
            of: self,
            whose: Whose::Server,
        }
    }
}

/// The refusal of one connection too many.
#[must_use]
pub fn too_many() -> AppError {
    AppError::new(Code::RateLimited).retry_after(RETRY_CONNECTING)
}

impl From<Exhausted> for AppError {
    fn from(Exhausted { of, whose }: Exhausted) -> Self {
        match (of, whose) {
            (Resource::UploadBytes | Resource::Uploads, _) => {
                let detail = "A lot is being shared right now. Please try again in a moment.";
                Self::with_detail(Code::Unavailable, detail).retry_after(RETRY_UPLOAD)
            }
            (Resource::Connections | Resource::Lasting, _) | (Resource::Exports, Whose::Address) => too_many(),
            (Resource::Exports, Whose::Server) => Self::new(Code::Unavailable).retry_after(RETRY_EXPORT),
            (Resource::RoomText, _) => Self::with_detail(
                Code::ChatMediaFull,
                "This chat has no space left for more words. What was said can still be read.",
            ),
            (Resource::LiveText | Resource::StoredText, _) => Self::with_detail(
                Code::MediaFull,
                "There is no space left for more words on this server. What was said can still be read. Please try again later.",
            )
            .retry_after(RETRY_SPACE),
            (Resource::Rooms, _) => Self::with_detail(
                Code::Unavailable,
                "There are as many chats as this server has space for. Please try again later.",
            )
            .retry_after(RETRY_SPACE),
        }
    }
}
