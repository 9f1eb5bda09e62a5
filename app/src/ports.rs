//! All that pages and server functions ask of the server.

use std::sync::Arc;

use async_trait::async_trait;
use wire::{
    domain::{Nickname, RoomId, Timestamp, Token},
    error::AppError,
    service::{CreatedRoom, Credentials, JoinedRoom, NewRoom, RoomView, Ruling},
};

/// The rooms of this server, as pages and server functions see them: provided as a context by the router.
pub type SharedRooms = Arc<dyn Rooms>;

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
