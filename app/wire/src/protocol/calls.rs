//! What the API's calls take and answer, where it is more than one thing of the room's: said once, for both sides.
//!
//! What a caller may get wrong in ways of its own (a name, an emoji) is text or a value here. The server makes it a
//! newtype, so that its refusal says which it was; callers have one before they call.

use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;

use super::{Created, EXTENSION_MAX_HOURS, Entry, Joined, Message, Participant};
#[cfg(feature = "openapi")]
use crate::domain::ParticipantId;
use crate::domain::{ClientId, Epoch, Seq, Timestamp, Token};

/// Starts a chat.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateRequest {
    /// What the creator is called, to be inside at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, example = "Maya"))]
    pub creator_name: Option<String>,
    /// Whether those who come later can read what was said before. Nothing is kept unless it is asked for.
    #[serde(default)]
    pub store_history: bool,
    /// Where the tokens go. Without it: a browser gets them in cookies, anything else in the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_in: Option<TokenIn>,
}

/// Where a token goes that is handed out: to one of the two places, never to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TokenIn {
    /// Into a cookie that scripts cannot read.
    Cookie,
    /// Into the answer, for who keeps it in a way of their own. Cookies that came along do not count then: no script
    /// learns what is in them.
    Answer,
}

/// A new chat, with the secrets that only its creator gets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateResponse {
    /// The chat.
    #[serde(flatten)]
    pub created: Created,
    /// Proves the creator. Not where it is in a cookie.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "told")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub creator_token: Option<Token>,
    /// The creator as a participant, where a name was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<Participant>,
    /// Proves the participant. Not where it is in a cookie.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "told")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub token: Option<Token>,
}

/// Joins a chat.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct JoinRequest {
    /// 1 to 40 letters. Whom the host site knows by name need not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, example = "Maya"))]
    pub name: Option<String>,
    /// Where the token goes. Without it: a browser gets it in a cookie, anything else in the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_in: Option<TokenIn>,
}

/// A participant, with the secret that proves it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JoinResponse {
    /// Who joined, and where the log is.
    #[serde(flatten)]
    pub joined: Joined,
    /// Proves the participant. Not where it is in a cookie.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "told")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub token: Option<Token>,
}

/// Says something.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SayRequest {
    /// What the sender calls the message, so that a retry is known as one.
    #[cfg_attr(feature = "openapi", schema(value_type = ClientId))]
    pub client_id: String,
    /// What to say.
    #[serde(flatten)]
    #[cfg_attr(feature = "openapi", schema(value_type = Message))]
    pub message: Value,
}

impl SayRequest {
    /// Says this under that name.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(client_id: &ClientId, message: &Message) -> Result<Self, serde_json::Error> {
        Ok(Self {
            client_id: client_id.as_str().to_owned(),
            message: serde_json::to_value(message)?,
        })
    }
}

/// A part of a log.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct MessagesResponse {
    /// Which log: entries of another are no continuation of these.
    pub epoch: Epoch,
    /// In order.
    pub entries: Vec<Entry>,
    /// Where the next page begins.
    pub next_after: Seq,
}

/// In which form a conversation is saved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SaveAs {
    /// One page with everything in it, pictures and recordings included.
    #[default]
    Html,
    /// The entries, and who is in them. Pictures and recordings are named by their ids.
    Json,
}

impl SaveAs {
    /// Its name in a query.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// Locks a chat, or opens it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LockRequest {
    /// Whether nobody new gets in.
    #[serde(default = "yes")]
    pub locked: bool,
}

/// Allows only text, or everything again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct TextOnlyRequest {
    /// Whether pictures and recordings are refused.
    #[serde(default = "yes")]
    pub text_only: bool,
}

/// Removes a participant.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RemoveRequest {
    /// Who.
    #[cfg_attr(feature = "openapi", schema(value_type = ParticipantId))]
    pub participant_id: String,
}

/// Extends a chat.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExtendRequest {
    /// By how many hours.
    #[serde(default = "longest", deserialize_with = "whole")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 24))]
    pub hours: u8,
}

/// When a chat ends now.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ExtendResponse {
    /// When the chat ends by itself now.
    pub expires_at: Timestamp,
}

/// A link that gives the creator's rights.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnerLinkResponse {
    /// The link. What follows `#owner=` is a creator's token.
    pub url: String,
}

const fn yes() -> bool {
    true
}

const fn longest() -> u8 {
    EXTENSION_MAX_HOURS
}

/// A whole number, however it is written: to JSON, 19.0 is one.
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let number = f64::deserialize(from)?;
    let whole = (0..=u8::MAX).find(|&whole| f64::from(whole).to_bits() == number.to_bits());
    whole.ok_or_else(|| D::Error::custom("not a whole number of hours"))
}

/// A token where it is handed out. It is no [`Serialize`] itself, lest it is by accident.
mod told {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::domain::Token;

    pub(super) fn serialize<S: Serializer>(token: &Option<Token>, to: S) -> Result<S::Ok, S::Error> {
        match token {
            Some(token) => to.serialize_str(token.expose()),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Token>, D::Error> {
        let token = Token::parse(&String::deserialize(from)?);
        token.map(Some).ok_or_else(|| D::Error::custom("not a token"))
    }
}
