//! What can go wrong, told twice: a stable code for programs, a kind sentence for people.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// Why a request was refused. Programs read `code`; people read `detail`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    /// What kind of refusal it is. One that only a newer server knows is read as `internal`.
    #[serde(deserialize_with = "known")]
    pub code: Code,
    /// A sentence for the person at the screen: what happened and what to do. Carries no id and nobody's words.
    pub detail: String,
    /// Seconds after which the same request may succeed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
}

fn known<'de, D: Deserializer<'de>>(from: D) -> Result<Code, D::Error> {
    let name = String::deserialize(from)?;
    Ok(Code::of_name(&name).unwrap_or(Code::Internal))
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $name:ident, $status:literal, $title:literal, $detail:literal;)*) => {
        /// The kinds of refusal. Their names and statuses are part of the wire: they do not change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code, for tests and for documents made from them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name on the wire.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($name),)* }
            }

            /// The code of that name on the wire.
            #[must_use]
            pub fn of_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// The HTTP status that goes with it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }

            /// A few words that are the same for every error of this code.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// What a person is told when there is nothing more exact to say, in the API's language, English. Pages have
            /// the same words in all languages of theirs.
            #[must_use]
            pub const fn detail(self) -> &'static str {
                match self { $(Self::$variant => $detail,)* }
            }
        }
    };
}

codes! {
    /// The request itself could not be read.
    InvalidRequest = invalid_request, 400, "Invalid request",
        "That request could not be understood.";
    /// No participant's token came with the request, or a wrong one.
    NotJoined = not_joined, 401, "Not joined",
        "Join the chat first.";
    /// The host site's word for who this is does not hold.
    InvalidIdentity = invalid_identity, 401, "Invalid identity",
        "That sign-in is not valid here, or no longer. Sign in again.";
    /// Without the host site's word for who this is, this server does not do it.
    IdentityRequired = identity_required, 401, "Identity required",
        "Sign in first: this server is for known people only.";
    /// Only the creator may do this.
    NotCreator = not_creator, 403, "Not the creator",
        "Only the person who started the chat can do that.";
    /// The creator removed them from the chat.
    Removed = removed, 403, "Removed",
        "The person who started this chat has removed you from it.";
    /// The creator lets nobody new in.
    Locked = locked, 403, "Chat is locked",
        "This chat is locked: nobody new can join it now. Ask the person who invited you.";
    /// The creator allows text only.
    TextOnly = text_only, 403, "Text only",
        "Only text can be shared in this chat.";
    /// Somebody else said it.
    NotYours = not_yours, 403, "Not yours",
        "Only who wrote a message can change or delete it.";
    /// The request comes from a page of another site.
    ForbiddenOrigin = forbidden_origin, 403, "Forbidden origin",
        "This page may not speak to this server.";
    /// There is no such chat, or it is so long gone that nothing remembers it.
    UnknownChat = unknown_chat, 404, "Unknown chat",
        "There is no chat behind this link. Check that it is complete.";
    /// There is no such picture or recording in this chat.
    UnknownMedia = unknown_media, 404, "Unknown media",
        "That file is not in this chat.";
    /// There is no such message in this chat, or it was deleted.
    UnknownEntry = unknown_entry, 404, "Unknown message",
        "That message is not there any more.";
    /// There is nobody of that id in this chat.
    UnknownParticipant = unknown_participant, 404, "Unknown participant",
        "That person is not in this chat.";
    /// What was sent came too slowly.
    TooSlow = too_slow, 408, "Too slow",
        "That came too slowly. Check your connection and try again.";
    /// The chat's end was moved before.
    AlreadyExtended = already_extended, 409, "Extended already",
        "This chat has been extended before. That works once.";
    /// As many owner links as there may be were made.
    OwnerLinksSpent = owner_links_spent, 409, "No more owner links",
        "This chat has as many owner links as it may have. Use one of those.";
    /// Everybody who fits is inside.
    RoomFull = room_full, 409, "Chat is full",
        "This chat is full. Try again when somebody has left.";
    /// As many bytes as a chat may have are in it.
    ChatMediaFull = chat_media_full, 409, "No space in this chat",
        "This chat has no space left.";
    /// The creator ended the chat.
    Ended = ended, 410, "Chat ended",
        "This chat has been ended by the person who started it.";
    /// The chat's time is over.
    Expired = expired, 410, "Chat expired",
        "This chat is over: its time has passed.";
    /// More than fits in one frame, message or upload.
    TooLarge = too_large, 413, "Too large",
        "That is too large to send.";
    /// Not a medium that can be shared here.
    UnsupportedMedia = unsupported_media, 415, "Unsupported media",
        "That kind of file cannot be shared here.";
    /// Not a name.
    InvalidName = invalid_name, 422, "Invalid name",
        "Please choose a name of 1 to 40 letters.";
    /// Not a message.
    InvalidMessage = invalid_message, 422, "Invalid message",
        "That message cannot be sent.";
    /// Not an emoji.
    InvalidReaction = invalid_reaction, 422, "Invalid reaction",
        "A reaction is one emoji.";
    /// Too much at once.
    RateLimited = rate_limited, 429, "Too fast",
        "That was a little too fast. Wait a moment and try again.";
    /// A fault of ours.
    Internal = internal, 500, "Internal error",
        "Something went wrong on our side. Please try again.";
    /// As many bytes as this server keeps are in its chats.
    MediaFull = media_full, 507, "No space on the server",
        "There is no space left. Please try again later.";
    /// The store does not answer right now.
    Unavailable = unavailable, 503, "Unavailable",
        "The chat cannot be reached right now. Please try again shortly.";
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Code {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};

        let names = Self::ALL.iter().map(|code| code.name());
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("What kind of refusal it is. Stable."))
            .enum_values(Some(names));
        schema.into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Code {}

impl AppError {
    /// An error that says what its code says.
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            detail: code.detail().to_owned(),
            retry_after: None,
        }
    }

    /// An error with a more exact sentence.
    #[must_use]
    pub fn with_detail(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            retry_after: None,
        }
    }

    /// The same, worth another try after `seconds`.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for AppError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_on_the_wire_is_the_code_s_name() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).expect("serializes"), code.name());
        }
    }

    #[test]
    fn every_code_has_an_error_status_and_a_sentence() {
        for code in Code::ALL {
            assert!((400..600).contains(&code.status()), "{code:?}");
            assert!(code.detail().ends_with('.'), "{code:?}");
        }
    }
}
