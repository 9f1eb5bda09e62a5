//! What is asked of a server's rooms, and what they answer, within the server: pages, forms and the API have it in common.
//!
//! Nothing of this goes over the wire as it is; the tokens in it are handed out by whoever asked.

use crate::{
    domain::{IdentityToken, Nickname, ParticipantId, Timestamp, Token},
    protocol::{Created, Joined, Participant, RoomDetails},
};

/// The tokens that came with a request for one room. What they prove is for the rooms to say.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    /// Says who the visitor is among the participants.
    pub participant: Option<Token>,
    /// Says that the visitor started the room.
    pub creator: Option<Token>,
    /// Says who the visitor is on the host site. Only where somebody creates or joins does it count.
    pub identity: Option<IdentityToken>,
}

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
