//! How frames and bodies are read: into one flat struct with every field that any kind has, then into their type.
//!
//! serde's own way to read a tagged enum keeps the whole object in a buffer first, and its code is a tenth of the
//! browser's download. The tests of [`super`] hold both ways to the same texts.

use serde::Deserialize;

use super::{
    Attendance, Body, Change, EndReason, Entry, Limits, Object, Participant, ServerFrame, Settings, Version, Welcome,
};
use crate::{
    domain::{
        AltText, ClientId, Emoji, Epoch, MediaId, MessageText, ParticipantId, Seq, Side, Timestamp, VoiceMillis,
        Waveform,
    },
    error::Code,
};

/// Why an object is no frame or body.
#[derive(Debug)]
pub(super) enum Unreadable {
    UnknownType,
    MissingField,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::UnknownType => "unknown type",
            Self::MissingField => "missing field",
        })
    }
}

fn given<T>(field: Option<T>) -> Result<T, Unreadable> {
    field.ok_or(Unreadable::MissingField)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FlatBody {
    v: Version,
    kind: String,
    text: Option<MessageText>,
    media_id: Option<MediaId>,
    width: Option<Side>,
    height: Option<Side>,
    alt: Option<AltText>,
    duration_ms: Option<VoiceMillis>,
    waveform: Option<Waveform>,
    reply_to: Option<Seq>,
    edited: Option<bool>,
    target: Option<Seq>,
    emoji: Option<Emoji>,
    on: Option<bool>,
}

impl TryFrom<Object<FlatBody>> for Body {
    type Error = Unreadable;

    fn try_from(Object(flat): Object<FlatBody>) -> Result<Self, Unreadable> {
        let FlatBody { v, reply_to, .. } = flat;
        match flat.kind.as_str() {
            "text" => Ok(Self::Text {
                v,
                text: given(flat.text)?,
                reply_to,
                edited: flat.edited.unwrap_or_default(),
            }),
            "image" => Ok(Self::Image {
                v,
                media_id: given(flat.media_id)?,
                width: given(flat.width)?,
                height: given(flat.height)?,
                alt: flat.alt,
                reply_to,
            }),
            "audio" => Ok(Self::Audio {
                v,
                media_id: given(flat.media_id)?,
                duration_ms: given(flat.duration_ms)?,
                waveform: given(flat.waveform)?,
                reply_to,
            }),
            "reaction" => Ok(Self::Reaction {
                v,
                target: given(flat.target)?,
                emoji: given(flat.emoji)?,
                on: flat.on.unwrap_or(true),
            }),
            "edit" => Ok(Self::Edit {
                v,
                target: given(flat.target)?,
                text: flat.text,
            }),
            "delete" => Ok(Self::Delete {
                v,
                target: given(flat.target)?,
            }),
            "deleted" => Ok(Self::Deleted { v }),
            _ => Ok(Self::Unknown),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FlatFrame {
    r#type: String,
    at: Option<Timestamp>,
    body: Option<Body>,
    by: Option<Participant>,
    change: Option<Change>,
    client_id: Option<ClientId>,
    code: Option<Code>,
    deleted: Option<bool>,
    detail: Option<String>,
    edited: Option<bool>,
    epoch: Option<Epoch>,
    expires_at: Option<Timestamp>,
    from: Option<ParticipantId>,
    limits: Option<Limits>,
    now: Option<Timestamp>,
    off: Option<Vec<ParticipantId>>,
    on: Option<Vec<ParticipantId>>,
    online: Option<Vec<ParticipantId>>,
    op: Option<String>,
    participant: Option<Participant>,
    participants: Option<Vec<Attendance>>,
    reason: Option<EndReason>,
    removed: Option<bool>,
    resync: Option<bool>,
    retry_after: Option<u32>,
    seq: Option<Seq>,
    settings: Option<Settings>,
    store_history: Option<bool>,
    target: Option<Seq>,
    typing: Option<bool>,
    you: Option<Participant>,
}

impl FlatFrame {
    /// Where in the log it is, and since when: what an entry of any type has.
    pub(super) fn place(&self) -> Option<(Seq, Timestamp)> {
        self.seq.zip(self.at)
    }

    /// What a message says, or does to what was said.
    fn said(&self) -> Result<Body, Unreadable> {
        let body = self.body.clone();
        match self.op.as_deref() {
            None | Some("say") if self.deleted.unwrap_or_default() => Ok(Body::Deleted { v: Version }),
            None | Some("say") => Ok(match body {
                Some(Body::Text {
                    v,
                    text,
                    reply_to,
                    edited,
                }) => Body::Text {
                    v,
                    text,
                    reply_to,
                    edited: edited || self.edited.unwrap_or_default(),
                },
                body => body.unwrap_or(Body::Unknown),
            }),
            Some("edit") => Ok(Body::Edit {
                v: Version,
                target: given(self.target)?,
                text: match body {
                    Some(Body::Text { text, .. }) => Some(text),
                    None => None,
                    // A page replaces words, and nothing else.
                    Some(_) => return Err(Unreadable::UnknownType),
                },
            }),
            Some("delete") => Ok(Body::Delete {
                v: Version,
                target: given(self.target)?,
            }),
            // Something that a newer server does: no message of its own.
            Some(_) => Err(Unreadable::UnknownType),
        }
    }
}

impl TryFrom<Object<FlatFrame>> for Entry {
    type Error = Unreadable;

    fn try_from(Object(flat): Object<FlatFrame>) -> Result<Self, Unreadable> {
        match ServerFrame::try_from(flat)? {
            ServerFrame::Entry(entry) => Ok(entry),
            _ => Err(Unreadable::UnknownType),
        }
    }
}

impl TryFrom<Object<FlatFrame>> for ServerFrame {
    type Error = Unreadable;

    fn try_from(Object(flat): Object<FlatFrame>) -> Result<Self, Unreadable> {
        Self::try_from(flat)
    }
}

impl TryFrom<FlatFrame> for ServerFrame {
    type Error = Unreadable;

    fn try_from(flat: FlatFrame) -> Result<Self, Unreadable> {
        Ok(match flat.r#type.as_str() {
            "welcome" => Self::Welcome(Box::new(Welcome {
                you: given(flat.you)?,
                epoch: given(flat.epoch)?,
                seq: given(flat.seq)?,
                participants: given(flat.participants)?,
                expires_at: given(flat.expires_at)?,
                now: given(flat.now)?,
                store_history: flat.store_history.unwrap_or_default(),
                settings: flat.settings.unwrap_or_default(),
                // No page goes by them: what it may not, it is told.
                limits: flat.limits.unwrap_or(Limits::of_room_for(0)),
                resync: flat.resync.unwrap_or_default(),
            })),
            "ack" => Self::Ack {
                client_id: given(flat.client_id)?,
                seq: given(flat.seq)?,
                at: given(flat.at)?,
            },
            "instant_chat_typing" => Self::Typing {
                from: given(flat.from)?,
                typing: given(flat.typing)?,
            },
            "presence" => Self::Presence {
                on: flat.on.unwrap_or_default(),
                off: flat.off.unwrap_or_default(),
                online: flat.online,
            },
            "instant_chat_ended" => Self::Ended {
                reason: flat.reason.unwrap_or(EndReason::Ended),
            },
            "error" => Self::Error {
                code: flat.code.unwrap_or(match flat.retry_after {
                    Some(_) => Code::Unavailable,
                    None => Code::InvalidRequest,
                }),
                detail: given(flat.detail)?,
                client_id: flat.client_id,
                retry_after: flat.retry_after,
            },
            "beat" => Self::Beat,
            "instant_chat_message" => Self::Entry(Entry::Message {
                body: flat.said()?,
                seq: given(flat.seq)?,
                at: given(flat.at)?,
                from: given(flat.from)?,
                client_id: given(flat.client_id)?,
            }),
            "instant_chat_user_joined" => Self::Entry(Entry::Joined {
                seq: given(flat.seq)?,
                at: given(flat.at)?,
                participant: given(flat.participant)?,
            }),
            "instant_chat_user_left" => Self::Entry(Entry::Left {
                seq: given(flat.seq)?,
                at: given(flat.at)?,
                participant: given(flat.participant)?,
                removed: flat.removed.unwrap_or_default(),
            }),
            "instant_chat_changed" => Self::Entry(Entry::Changed {
                seq: given(flat.seq)?,
                at: given(flat.at)?,
                by: flat.by,
                change: given(flat.change)?,
            }),
            _ => return Err(Unreadable::UnknownType),
        })
    }
}
