//! What a client has said: a header, which is all that a server goes by, and a body for whoever reads it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Body;
use crate::domain::{ClientId, MediaId, MessageText, ParticipantId, Seq, Timestamp};

/// What a message does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// Says something.
    #[default]
    Say,
    /// Gives one of its sender's own messages another body.
    Edit,
    /// Deletes one of its sender's own messages.
    Delete,
}

impl Op {
    pub(super) fn is_say(&self) -> bool {
        *self == Self::Say
    }
}

/// What a client has said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts", into = "Parts")]
pub enum Message {
    /// Something new.
    Say {
        /// The uploads that the body shows.
        media: Vec<MediaId>,
        /// What is said.
        body: Body,
    },
    /// One of the sender's own messages has this body from now on, and nothing of the old one.
    Edit {
        /// The message.
        target: Seq,
        /// The uploads that the body shows.
        media: Vec<MediaId>,
        /// All of the new body.
        body: Body,
    },
    /// One of the sender's own texts has other words from now on; what it answers stays. The way of programs that know no
    /// `op`, and of who does not have the message at hand.
    Reword {
        /// The message.
        target: Seq,
        /// The words.
        text: MessageText,
    },
    /// One of the sender's own messages is deleted.
    Delete {
        /// The message.
        target: Seq,
    },
}

/// A message in parts, as it is sent.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub(super) struct Parts {
    /// What it does. It says something where that is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<Op>,
    /// The message that is edited or deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Seq>,
    /// The uploads that the body shows. What a plain body shows, its own `mediaId` says, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Vec<MediaId>>,
    /// What is said: of an edit, the whole new body; of a deletion, none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Body>,
}

/// The parts make no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidMessage;

impl fmt::Display for InvalidMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a message")
    }
}

impl std::error::Error for InvalidMessage {}

impl TryFrom<Parts> for Message {
    type Error = InvalidMessage;

    fn try_from(parts: Parts) -> Result<Self, InvalidMessage> {
        let media = parts.media.unwrap_or_default();
        match (parts.op.unwrap_or_default(), parts.target, parts.body) {
            (Op::Say, _, Some(body)) => Self::from_body(body, media),
            (Op::Edit, Some(target), Some(body)) => match body {
                Body::Edit { .. } | Body::Delete { .. } | Body::Deleted { .. } => Err(InvalidMessage),
                body => Ok(Self::Edit { target, media, body }),
            },
            (Op::Delete, Some(target), _) => Ok(Self::Delete { target }),
            (Op::Say, _, None) | (Op::Edit | Op::Delete, ..) => Err(InvalidMessage),
        }
    }
}

impl Message {
    /// What says something, in the way of programs of before, too: they edit and delete by a kind of body.
    fn from_body(body: Body, media: Vec<MediaId>) -> Result<Self, InvalidMessage> {
        match body {
            Body::Edit {
                target,
                text: Some(text),
                ..
            } => Ok(Self::Reword { target, text }),
            Body::Edit { text: None, .. } | Body::Deleted { .. } => Err(InvalidMessage),
            Body::Delete { target, .. } => Ok(Self::Delete { target }),
            body => Ok(Self::Say { media, body }),
        }
    }

    /// The entry that it becomes, of these people at this place.
    #[must_use]
    pub fn written<'a>(
        &'a self,
        (from, client_id): (&'a ParticipantId, &'a ClientId),
        (seq, at): (Seq, Timestamp),
    ) -> super::Written<'a> {
        use std::borrow::Cow;
        let (op, target, media, body) = match self {
            Self::Say { media, body } => (Op::Say, None, media.as_slice(), Some(Cow::Borrowed(body))),
            Self::Edit { target, media, body } => {
                (Op::Edit, Some(*target), media.as_slice(), Some(Cow::Borrowed(body)))
            }
            Self::Reword { target, text } => {
                let body = Body::text(text.clone());
                (Op::Edit, Some(*target), &[][..], Some(Cow::Owned(body)))
            }
            Self::Delete { target } => (Op::Delete, Some(*target), &[][..], None),
        };
        super::Written::Message {
            at,
            from,
            client_id,
            op,
            target,
            media,
            edited: false,
            deleted: false,
            body,
            seq,
        }
    }
}

impl From<Message> for Parts {
    fn from(message: Message) -> Self {
        let some = |media: Vec<MediaId>| Some(media).filter(|media| !media.is_empty());
        let (op, target, media, body) = match message {
            Message::Say { media, body } => (None, None, some(media), Some(body)),
            Message::Edit { target, media, body } => (Some(Op::Edit), Some(target), some(media), Some(body)),
            Message::Reword { target, text } => {
                let (v, text) = (super::Version, Some(text));
                (None, None, None, Some(Body::Edit { v, target, text }))
            }
            Message::Delete { target } => (Some(Op::Delete), Some(target), None, None),
        };
        Self {
            op,
            target,
            media,
            body,
        }
    }
}

/// What is to be sent of what a page has made. That something was edited or deleted is not a page's to say: nobody takes it.
impl From<Body> for Message {
    fn from(body: Body) -> Self {
        let media = Vec::from_iter(body.shows().cloned());
        match body {
            Body::Edit {
                target,
                text: Some(text),
                ..
            } => Self::Reword { target, text },
            Body::Delete { target, .. } => Self::Delete { target },
            body => Self::Say { media, body },
        }
    }
}

/// What a log goes by in a message that it has: all but the body.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Header {
    /// When the log took it.
    pub at: Timestamp,
    /// Who said it.
    pub from: ParticipantId,
    /// What its sender calls it.
    pub client_id: ClientId,
    /// What it does.
    #[serde(default)]
    pub op: Op,
    /// The message that it is about.
    #[serde(default)]
    pub target: Option<Seq>,
    /// The uploads that the body shows.
    #[serde(default)]
    pub media: Vec<MediaId>,
    /// Whether it is deleted, and nothing but this header is left.
    #[serde(default)]
    pub deleted: bool,
}

impl Header {
    /// Reads it from an entry as it is written; `None` where that is no message.
    #[must_use]
    pub fn read(entry: &[u8]) -> Option<Self> {
        serde_json::from_slice(entry).ok()
    }
}

/// The documents describe what is sent.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Message {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        Parts::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Message {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        Parts::schemas(schemas);
    }
}
