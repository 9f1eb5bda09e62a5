//! What goes over the socket and the API, in JSON.
//!
//! An [`Entry`] is what happened in a room, in order; a [`ServerFrame`] is an entry or a signal. Every value is checked
//! while it is deserialized.

pub mod calls;
mod flat;
mod heard;
mod mark;
mod message;
mod object;
mod settings;
mod written;

pub use heard::{Heard, hear};
pub use message::{Header, InvalidMessage, Message, Op};
pub use object::Object;
use serde::{Deserialize, Serialize};
pub use settings::{Change, Settings};
pub use written::Written;

use crate::{
    domain::{
        AltText, ClientId, Emoji, Epoch, MEDIA_MAX_BYTES, MESSAGE_MAX_CHARS, MediaId, MessageText, Nickname,
        ParticipantId, RoomId, Seq, Side, Timestamp, VoiceMillis, Waveform,
    },
    error::Code,
};

/// Somebody in a room. On the wire it also says whether they are `verified`, which their id tells.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Participant {
    /// Who.
    pub id: ParticipantId,
    /// What they are called.
    pub name: Nickname,
}

/// Something that happened in a room, numbered by its log, as a page reads it: see [`Written`] for how it goes over the
/// wire.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Object<flat::FlatFrame>")]
pub enum Entry {
    /// Somebody said something.
    Message {
        /// Its place in the log.
        seq: Seq,
        /// When the log took it.
        at: Timestamp,
        /// Who said it.
        from: ParticipantId,
        /// What its sender calls it.
        client_id: ClientId,
        /// What was said, or done to what was said.
        body: Body,
    },
    /// Somebody came in for the first time, or again after having left.
    Joined {
        /// Its place in the log.
        seq: Seq,
        /// When the log took it.
        at: Timestamp,
        /// Who came in.
        participant: Participant,
    },
    /// Somebody left, or was away for longer than a reload takes.
    Left {
        /// Its place in the log.
        seq: Seq,
        /// When the log took it.
        at: Timestamp,
        /// Who left.
        participant: Participant,
        /// Whether the chat's creator removed them.
        removed: bool,
    },
    /// The chat's creator changed a setting.
    Changed {
        /// Its place in the log.
        seq: Seq,
        /// When the log took it.
        at: Timestamp,
        /// Who did it, where the creator is a participant, too.
        by: Option<Participant>,
        /// What is different from now on.
        change: Change,
    },
}

impl Entry {
    /// Its place in the log.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        match self {
            Self::Message { seq, .. }
            | Self::Joined { seq, .. }
            | Self::Left { seq, .. }
            | Self::Changed { seq, .. } => *seq,
        }
    }

    /// Who said it, where it is a message.
    #[must_use]
    pub const fn author(&self) -> Option<&ParticipantId> {
        match self {
            Self::Message { from, .. } => Some(from),
            Self::Joined { .. } | Self::Left { .. } | Self::Changed { .. } => None,
        }
    }

    /// When the log took it.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Message { at, .. } | Self::Joined { at, .. } | Self::Left { at, .. } | Self::Changed { at, .. } => {
                *at
            }
        }
    }
}

/// What a message carries: a tagged, versioned envelope. The log keeps it without looking inside.
///
/// To a page, what a message does and what became of it are kinds, too: they stand in its header, and programs of before
/// write them as kinds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(
    try_from = "Object<flat::FlatBody>",
    tag = "kind",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub enum Body {
    /// Words.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Text {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
        /// The words.
        text: MessageText,
        /// The message that this one answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<Seq>,
        /// Whether these are other words than it was sent with, which the header says.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        edited: bool,
    },
    /// A picture.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Image {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
        /// Which upload it is: one of its sender's, in the same room.
        media_id: MediaId,
        /// Its width, so that its place is kept while it loads.
        width: Side,
        /// Its height.
        height: Side,
        /// What it shows, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alt: Option<AltText>,
        /// The message that this one answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<Seq>,
    },
    /// A voice message.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Audio {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
        /// Which upload it is: one of its sender's, in the same room.
        media_id: MediaId,
        /// How long it is.
        duration_ms: VoiceMillis,
        /// How loud it is, from beginning to end.
        waveform: Waveform,
        /// The message that this one answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply_to: Option<Seq>,
    },
    /// Answers a message with an emoji, or takes that back.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Reaction {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
        /// The message.
        target: Seq,
        /// The emoji.
        emoji: Emoji,
        /// Whether it is there from now on; it is for who does not say. The newest word of each participant about each
        /// emoji holds.
        #[cfg_attr(feature = "openapi", schema(value_type = Option<bool>))]
        on: bool,
    },
    /// Gives one of its sender's own texts other words: the way of programs that know no `op`.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Edit {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
        /// The message.
        target: Seq,
        /// The new words. None where the message got others since, or was deleted: nothing keeps old ones.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<MessageText>,
    },
    /// Deletes one of its sender's own messages: the way of programs that know no `op`.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Delete {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
        /// The message.
        target: Seq,
    },
    /// What a deleted message is from then on. Said by the server only.
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Deleted {
        /// The envelope's version.
        #[cfg_attr(feature = "openapi", schema(value_type = u8, minimum = 1, maximum = 1))]
        v: Version,
    },
    /// A kind that a newer program writes. Browsers say that there is something; the server takes none from anybody.
    Unknown,
}

impl Body {
    /// A plain text.
    #[must_use]
    pub const fn text(text: MessageText) -> Self {
        Self::answer(text, None)
    }

    /// A text that answers a message, where one is given.
    #[must_use]
    pub const fn answer(text: MessageText, reply_to: Option<Seq>) -> Self {
        Self::Text {
            v: Version,
            text,
            reply_to,
            edited: false,
        }
    }

    /// The message that this one answers.
    #[must_use]
    pub const fn reply_to(&self) -> Option<Seq> {
        match self {
            Self::Text { reply_to, .. } | Self::Image { reply_to, .. } | Self::Audio { reply_to, .. } => *reply_to,
            Self::Reaction { .. } | Self::Edit { .. } | Self::Delete { .. } | Self::Deleted { .. } | Self::Unknown => {
                None
            }
        }
    }

    /// Answers nothing from now on.
    pub const fn forget_reply(&mut self) {
        if let Self::Text { reply_to, .. } | Self::Image { reply_to, .. } | Self::Audio { reply_to, .. } = self {
            *reply_to = None;
        }
    }

    /// Takes notice of what is said about it. The log has seen to it that it can be said.
    pub fn amend(&mut self, amendment: &Self) {
        match (amendment, &mut *self) {
            (Self::Edit { text: Some(new), .. }, Self::Text { text, edited, .. }) => {
                text.clone_from(new);
                *edited = true;
            }
            (Self::Delete { v, .. }, body) => *body = Self::Deleted { v: *v },
            _ => {}
        }
    }

    /// The upload that this one shows.
    #[must_use]
    pub const fn shows(&self) -> Option<&MediaId> {
        match self {
            Self::Image { media_id, .. } | Self::Audio { media_id, .. } => Some(media_id),
            Self::Text { .. }
            | Self::Reaction { .. }
            | Self::Edit { .. }
            | Self::Delete { .. }
            | Self::Deleted { .. }
            | Self::Unknown => None,
        }
    }

    /// The message that this one is about and says nothing without: it is no message of its own.
    #[must_use]
    pub const fn target(&self) -> Option<Seq> {
        match self {
            Self::Reaction { target, .. } | Self::Edit { target, .. } | Self::Delete { target, .. } => Some(*target),
            Self::Text { .. } | Self::Image { .. } | Self::Audio { .. } | Self::Deleted { .. } | Self::Unknown => None,
        }
    }
}

/// The version of the [`Body`] envelope: 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Version;

impl TryFrom<u8> for Version {
    type Error = &'static str;
    fn try_from(v: u8) -> Result<Self, Self::Error> {
        if v == 1 {
            Ok(Self)
        } else {
            Err("the body's version must be 1")
        }
    }
}

impl From<Version> for u8 {
    fn from(Version: Version) -> Self {
        1
    }
}

/// What a client sends over the socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum ClientFrame {
    /// The first frame, within [`JOIN_WITHIN_SECS`]: enter, or resume after a cursor.
    #[serde(rename = "join_instant_chat")]
    Join {
        /// A participant's token, for clients without the cookie.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
        /// The log that `after` belongs to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        epoch: Option<Epoch>,
        /// The last entry that the client has. Without it: all there is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        after: Option<Seq>,
    },
    /// Say something.
    #[serde(rename = "instant_chat_message")]
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Message {
        /// The sender's name for it. Sent again, it is the same message.
        client_id: ClientId,
        /// What to say.
        #[serde(flatten)]
        message: Message,
    },
    /// Started or stopped typing.
    #[serde(rename = "instant_chat_typing")]
    Typing {
        /// Whether the sender is typing now.
        typing: bool,
    },
    /// Goodbye: leave now, without the wait for a reload.
    #[serde(rename = "leave_instant_chat")]
    Leave,
    /// Are you there? From one who has heard nothing for a while: a browser is not told of pings.
    #[serde(rename = "beat")]
    Beat,
}

/// What the server sends over the socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Object<flat::FlatFrame>", tag = "type", rename_all_fields = "camelCase")]
pub enum ServerFrame {
    /// The answer to [`ClientFrame::Join`]; the missed entries follow.
    #[serde(rename = "welcome")]
    Welcome(Box<Welcome>),
    /// To a message's sender: it is in the log.
    #[serde(rename = "ack")]
    Ack {
        /// Which message.
        client_id: ClientId,
        /// Its place in the log.
        seq: Seq,
        /// When the log took it.
        at: Timestamp,
    },
    /// Signal: somebody started or stopped typing.
    #[serde(rename = "instant_chat_typing")]
    Typing {
        /// Who.
        from: ParticipantId,
        /// Whether they are typing now.
        typing: bool,
    },
    /// Signal: who was connected or disconnected.
    #[serde(rename = "presence")]
    Presence {
        /// These are connected now.
        #[serde(default)]
        on: Vec<ParticipantId>,
        /// These are not any more.
        #[serde(default)]
        off: Vec<ParticipantId>,
        /// Everybody who is, which the changes are in already: to a socket that has missed some, and now and then, as
        /// pages and servers of the first release know nothing else.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        online: Option<Vec<ParticipantId>>,
    },
    /// The chat is over; the connection closes.
    #[serde(rename = "instant_chat_ended")]
    Ended {
        /// How it came to its end.
        reason: EndReason,
    },
    /// A frame was refused. The connection stays open where it can.
    #[serde(rename = "error")]
    Error {
        /// What kind of refusal.
        code: Code,
        /// A sentence for a person.
        detail: String,
        /// The refused message, where it was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        client_id: Option<ClientId>,
        /// Seconds after which the same frame may succeed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
    },
    /// The answer to [`ClientFrame::Beat`].
    #[serde(rename = "beat")]
    Beat,
    /// Something that happened in the room.
    #[serde(untagged)]
    Entry(Entry),
}

/// The state of a room for one who enters it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Welcome {
    /// Who the client is here.
    pub you: Participant,
    /// Which log this is.
    pub epoch: Epoch,
    /// The log's last entry.
    pub seq: Seq,
    /// Everybody who ever joined: their messages are in the log, here or gone.
    pub participants: Vec<Attendance>,
    /// When the chat ends by itself.
    pub expires_at: Timestamp,
    /// The server's time now, so that a wrong clock still counts down rightly.
    pub now: Timestamp,
    /// Whether those who come later can read what was said before.
    pub store_history: bool,
    /// What its creator has set.
    #[serde(default)]
    pub settings: Settings,
    /// What this server allows.
    pub limits: Limits,
    /// The cursor was of another log, or older than what is kept: forget all entries, these are all there are.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub resync: bool,
}

/// A participant, and whether they are connected. On the wire as [`Participant`].
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Attendance {
    /// Who.
    pub id: ParticipantId,
    /// What they are called.
    pub name: Nickname,
    /// Whether they are connected now.
    pub online: bool,
    /// Whether the chat's creator removed them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

/// How a chat came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EndReason {
    /// Its creator ended it.
    Ended,
    /// Its 24 hours passed.
    Expired,
}

impl From<EndReason> for Code {
    fn from(reason: EndReason) -> Self {
        match reason {
            EndReason::Ended => Self::Ended,
            EndReason::Expired => Self::Expired,
        }
    }
}

/// Bytes in a client's frame. A text of 4,000 characters fits, whatever its script.
pub const FRAME_MAX_BYTES: usize = 16 * 1024;
/// Seconds a new socket has to send [`ClientFrame::Join`].
pub const JOIN_WITHIN_SECS: u64 = 10;
/// Messages a participant may send in a second, over time.
pub const MESSAGES_PER_SECOND: u32 = 2;
/// Messages a participant may send at once.
pub const MESSAGE_BURST: u32 = 10;
/// Seconds between a client's repeated typing signals.
pub const TYPING_EVERY_SECS: u32 = 3;
/// Seconds after which somebody gone has left: long enough for a reload or a tunnel.
pub const LEAVE_AFTER_SECS: u64 = 30;

/// Hours by which a chat may be extended, once.
pub const EXTENSION_MAX_HOURS: u8 = 24;
/// The same in milliseconds.
pub const EXTENSION_MAX_MILLIS: i64 = EXTENSION_MAX_HOURS as i64 * 3_600_000;

/// What a server allows in a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Bytes in a client's frame.
    pub frame_bytes: usize,
    /// Characters in a text.
    pub text_chars: usize,
    /// People in the room.
    pub participants: u32,
    /// Messages a second, over time.
    pub messages_per_second: u32,
    /// Messages at once.
    pub message_burst: u32,
    /// Seconds between typing signals.
    pub typing_every_secs: u32,
    /// Messages of everybody in the room together.
    pub room_messages: Allowance,
    /// Frames of one socket, whatever is in them.
    pub frames: Allowance,
    /// Bytes in a picture or recording.
    pub file_bytes: usize,
    /// Bytes of all pictures and recordings in the room.
    pub room_media_bytes: u64,
    /// What everybody at one address may do together.
    pub address: AddressLimits,
}

/// So many at once, and so many again over a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Allowance {
    /// How many.
    pub count: u32,
    /// The span, in milliseconds.
    pub per_ms: u64,
}

impl Allowance {
    const fn per_minute(count: u32) -> Self {
        Self { count, per_ms: 60_000 }
    }

    const fn per_ten_seconds(count: u32) -> Self {
        Self { count, per_ms: 10_000 }
    }
}

/// What everybody at one address may do together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AddressLimits {
    /// Requests of all kinds.
    pub requests: Allowance,
    /// Rooms started.
    pub creations: Allowance,
    /// Joins.
    pub joins: Allowance,
    /// Sockets and event streams opened.
    pub connections: Allowance,
    /// Rooms asked for that are not there.
    pub misses: Allowance,
}

impl Limits {
    /// The limits of a room of `participants`, where nothing else is configured.
    #[must_use]
    pub const fn of_room_for(participants: u32) -> Self {
        Self {
            frame_bytes: FRAME_MAX_BYTES,
            text_chars: MESSAGE_MAX_CHARS,
            participants,
            messages_per_second: MESSAGES_PER_SECOND,
            message_burst: MESSAGE_BURST,
            typing_every_secs: TYPING_EVERY_SECS,
            room_messages: Allowance::per_ten_seconds(600),
            frames: Allowance::per_ten_seconds(200),
            file_bytes: MEDIA_MAX_BYTES,
            room_media_bytes: 100_000_000,
            address: AddressLimits {
                requests: Allowance::per_minute(1_200),
                creations: Allowance::per_minute(60),
                joins: Allowance::per_minute(120),
                connections: Allowance::per_minute(600),
                misses: Allowance::per_minute(60),
            },
        }
    }
}

/// WebSocket close codes.
pub mod close {
    /// The server is going away: reconnect, with jitter.
    pub const GOING_AWAY: u16 = 1001;
    /// Policy: a foreign Origin, or no join in time.
    pub const POLICY: u16 = 1008;
    /// A frame was too large.
    pub const TOO_LARGE: u16 = 1009;
    /// The creator ended the chat.
    pub const ENDED: u16 = 4001;
    /// The chat's time is over.
    pub const EXPIRED: u16 = 4002;
    /// Removed from the chat.
    pub const REMOVED: u16 = 4003;
    /// The client read too slowly: connect again and resume.
    pub const TOO_SLOW: u16 = 4008;
}

/// What can be known about a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct RoomDetails {
    /// Which room.
    pub chat_id: RoomId,
    /// Whether those who come later can read what was said before.
    pub store_history: bool,
    /// When it was started.
    pub created_at: Timestamp,
    /// When it ends by itself.
    pub expires_at: Timestamp,
    /// What its creator has set.
    #[serde(default)]
    pub settings: Settings,
    /// What this server allows.
    pub limits: Limits,
    /// Whether it is open. Closed rooms are answered with an error, so this is true wherever it is seen.
    pub is_active: bool,
    /// How many are connected now.
    pub participant_count: u32,
    /// The site that vouches for those who are verified, in words for people; where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verified_by: Option<String>,
    /// Who started it: to participants only, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator_id: Option<ParticipantId>,
    /// Who they are: to participants only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<Vec<Participant>>,
}

/// The answer to the creation of a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Created {
    /// Which room.
    pub chat_id: RoomId,
    /// Its link.
    pub url: String,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}

/// The answer to a join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Joined {
    /// Who joined.
    pub participant: Participant,
    /// Which log this is.
    pub epoch: Epoch,
    /// The log's last entry.
    pub seq: Seq,
}

/// The answer to an upload: what a message says of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Uploaded {
    /// Which upload.
    pub media_id: MediaId,
    /// A picture's width, once it stands upright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<Side>,
    /// A picture's height.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<Side>,
}

#[cfg(test)]
mod tests;
