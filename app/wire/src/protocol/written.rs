//! How entries are written. A page reads them as [`Entry`]: there, what a message does and what became of it are one with its
//! body, and here they stand in its header.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::{Body, Change, Entry, Op, Participant};
use crate::domain::{ClientId, MediaId, ParticipantId, Seq, Timestamp};

/// An entry as it is written. Its number comes last, so that all before it can be written before there is one.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum Written<'a> {
    /// Somebody said something.
    #[serde(rename = "instant_chat_message")]
    #[cfg_attr(feature = "openapi", schema(rename_all = "camelCase"))]
    Message {
        /// When the log took it.
        at: Timestamp,
        /// Who said it.
        from: &'a ParticipantId,
        /// What its sender calls it.
        client_id: &'a ClientId,
        /// What it does. It says something where that is left out.
        #[serde(skip_serializing_if = "Op::is_say")]
        #[cfg_attr(feature = "openapi", schema(required = false))]
        op: Op,
        /// The message that is edited or deleted.
        #[serde(skip_serializing_if = "Option::is_none")]
        target: Option<Seq>,
        /// The uploads that the body shows.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        #[cfg_attr(feature = "openapi", schema(required = false))]
        media: &'a [MediaId],
        /// Whether the body is another one than it was sent with.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "openapi", schema(required = false))]
        edited: bool,
        /// Whether the message is deleted.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "openapi", schema(required = false))]
        deleted: bool,
        /// What is said: of an edit, the whole new body, until the message gets another one; of a deletion, none.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<Body>))]
        body: Option<Cow<'a, Body>>,
        /// Its place in the log.
        seq: Seq,
    },
    /// Somebody came in for the first time, or again after having left.
    #[serde(rename = "instant_chat_user_joined")]
    Joined {
        /// When the log took it.
        at: Timestamp,
        /// Who came in.
        participant: &'a Participant,
        /// Its place in the log.
        seq: Seq,
    },
    /// Somebody left, or was away for longer than a reload takes.
    #[serde(rename = "instant_chat_user_left")]
    Left {
        /// When the log took it.
        at: Timestamp,
        /// Who left.
        participant: &'a Participant,
        /// Whether the chat's creator removed them.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        #[cfg_attr(feature = "openapi", schema(required = false))]
        removed: bool,
        /// Its place in the log.
        seq: Seq,
    },
    /// The chat's creator changed a setting.
    #[serde(rename = "instant_chat_changed")]
    Changed {
        /// When the log took it.
        at: Timestamp,
        /// Who did it, where the creator is a participant, too.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<&'a Participant>,
        /// What is different from now on.
        change: Change,
        /// Its place in the log.
        seq: Seq,
    },
}

impl<'a> From<&'a Entry> for Written<'a> {
    fn from(entry: &'a Entry) -> Self {
        match entry {
            Entry::Message {
                seq,
                at,
                from,
                client_id,
                body,
            } => Self::of_message((*seq, *at), (from, client_id), body),
            Entry::Joined { seq, at, participant } => Self::Joined {
                at: *at,
                participant,
                seq: *seq,
            },
            Entry::Left {
                seq,
                at,
                participant,
                removed,
            } => Self::Left {
                at: *at,
                participant,
                removed: *removed,
                seq: *seq,
            },
            Entry::Changed { seq, at, by, change } => Self::Changed {
                at: *at,
                by: by.as_ref(),
                change: *change,
                seq: *seq,
            },
        }
    }
}

impl<'a> Written<'a> {
    fn of_message(
        (seq, at): (Seq, Timestamp),
        (from, client_id): (&'a ParticipantId, &'a ClientId),
        said: &'a Body,
    ) -> Self {
        let (mut op, mut edited) = (Op::Say, false);
        let body = match said {
            Body::Edit { text, .. } => {
                op = Op::Edit;
                text.clone().map(Body::text).map(Cow::Owned)
            }
            Body::Delete { .. } => {
                op = Op::Delete;
                None
            }
            Body::Text {
                text,
                reply_to,
                edited: true,
                ..
            } => {
                edited = true;
                Some(Cow::Owned(Body::answer(text.clone(), *reply_to)))
            }
            body => Some(Cow::Borrowed(body)),
        };
        Self::Message {
            at,
            from,
            client_id,
            op,
            target: said.target().filter(|_| !op.is_say()),
            media: said.shows().map_or(&[], std::slice::from_ref),
            edited,
            deleted: matches!(said, Body::Deleted { .. }),
            body,
            seq,
        }
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self).serialize(serializer)
    }
}

/// The documents describe what is written.
#[cfg(feature = "openapi")]
mod schema {
    use utoipa::{
        PartialSchema, ToSchema,
        openapi::{RefOr, Schema},
    };

    use super::{Entry, Written};

    impl PartialSchema for Entry {
        fn schema() -> RefOr<Schema> {
            Written::schema()
        }
    }

    impl ToSchema for Entry {
        fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            Written::schemas(schemas);
        }
    }
}
