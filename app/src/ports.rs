//! All that pages and server functions ask of the server.

use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    domain::{IdentityToken, Nickname, ParticipantId, RoomId, Timestamp, Token},
    error::AppError,
    protocol::{Created, Joined, Participant, RoomDetails},
    session::Credentials,
};

/// The rooms of this server, as pages and server functions see them: provided as a context by the router.
pub type SharedRooms = Arc<dyn Rooms>;

/// What a new room is to be.
#[derive(Debug, Clone)]
pub struct NewRoom {
    /// Whether those who come later can read what was said before.
    pub store_history: bool,
    /// The creator's name, where they want to be inside at once.
    pub creator_name: Option<Nickname>,
    /// The host site's word for who they are, where they brought it.
    pub identity: Option<IdentityToken>,
}

/// A new room, with the secrets that only its creator gets.
#[derive(Debug, Clone)]
pub struct CreatedRoom {
    /// What everybody may know.
    pub created: Created,
    /// Proves the creator.
    pub creator_token: Token,
    /// The creator as a participant, with the token that proves it, where a name was given.
    pub joined: Option<(Participant, Token)>,
}

/// Somebody who just joined, with the secret that proves it.
#[derive(Debug, Clone)]
pub struct JoinedRoom {
    /// What the client is told.
    pub joined: Joined,
    /// Proves the participant.
    pub token: Token,
    /// When the room, and with it the token, ends by itself.
    pub expires_at: Timestamp,
}

/// What a creator decides.
#[derive(Debug, Clone)]
pub enum Ruling {
    /// Whether nobody new gets in.
    Lock(bool),
    /// Whether pictures and recordings are refused.
    TextOnly(bool),
    /// The chat goes on for so many hours more.
    Extend(u8),
    /// Somebody is removed for good.
    Remove(ParticipantId),
}

/// A room as one visitor sees it.
#[derive(Debug, Clone)]
pub struct RoomView {
    /// The room.
    pub details: RoomDetails,
    /// Who the visitor is here, if they joined.
    pub you: Option<Participant>,
    /// Whether the visitor started it.
    pub is_creator: bool,
    /// The server's time, so that a page counts down rightly on a machine whose clock is wrong.
    pub now: Timestamp,
}

/// What the server does for pages and server functions. REST and sockets call the same service behind it.
#[async_trait]
pub trait Rooms: Send + Sync {
    /// Starts a room.
    ///
    /// # Errors
    /// `invalid_identity`, `identity_required`; `unavailable` when the store does not answer.
    async fn create(&self, room: NewRoom) -> Result<CreatedRoom, AppError>;

    /// Looks at a room without changing anything.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `removed`; `unavailable` when the store does not answer.
    async fn view(&self, room: &RoomId, visitor: &Credentials) -> Result<RoomView, AppError>;

    /// Makes the visitor a participant; one who already is stays the same participant. Without a name, they get the one
    /// that the host site knows them by.
    ///
    /// # Errors
    /// As [`Rooms::view`], and `room_full`, `locked`, `invalid_name`, `invalid_identity`, `identity_required`.
    async fn join(&self, room: &RoomId, name: Option<Nickname>, visitor: &Credentials) -> Result<JoinedRoom, AppError>;

    /// Ends a room for everybody. Ending an ended room again succeeds.
    ///
    /// # Errors
    /// As [`Rooms::view`], and `not_creator`.
    async fn end(&self, room: &RoomId, visitor: &Credentials) -> Result<(), AppError>;

    /// Does what the creator decides.
    ///
    /// # Errors
    /// As [`Rooms::end`]; `unknown_participant`, `already_extended`.
    async fn rule(&self, room: &RoomId, visitor: &Credentials, ruling: Ruling) -> Result<(), AppError>;

    /// Makes a link that gives the creator's rights to whoever opens it.
    ///
    /// # Errors
    /// As [`Rooms::end`], and `owner_links_spent`.
    async fn owner_link(&self, room: &RoomId, visitor: &Credentials) -> Result<String, AppError>;

    /// Whether an owner link's token gives the creator's rights, and when the room ends.
    ///
    /// # Errors
    /// As [`Rooms::end`].
    async fn own(&self, room: &RoomId, token: &Token) -> Result<Timestamp, AppError>;
}
