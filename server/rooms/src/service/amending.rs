//! Reactions, edits, deletions: entries about earlier entries.
//!
//! The entry says to everybody who is here what has changed; the message itself is rewritten in the same step of the
//! log, so that whoever comes later reads what it is now, and nobody what it was.

use store::Draft;
use wire::{
    domain::{ClientId, ParticipantId, Seq},
    error::{AppError, Code},
    protocol::{Body, Entry, Version},
};

use super::RoomService;
use crate::handle::RoomHandle;

/// A message that is to be amended.
pub(super) struct Amended {
    seq: Seq,
    is_own: bool,
    body: Body,
}

impl RoomService {
    /// The message of this number, where `reader` may read it.
    ///
    /// # Errors
    /// `unknown_entry` where there is none; also `ended`, `expired`, `unavailable`.
    pub(super) async fn message(
        &self,
        room: &RoomHandle,
        reader: &ParticipantId,
        seq: Seq,
    ) -> Result<Amended, AppError> {
        if seq <= room.horizon(reader) {
            return Err(Code::UnknownEntry.into());
        }
        match self.entry(room.id(), seq).await? {
            Some(Entry::Message { from, body, .. }) if body.target().is_none() => Ok(Amended {
                seq,
                is_own: from == *reader,
                body,
            }),
            _ => Err(Code::UnknownEntry.into()),
        }
    }

    /// What is to be said about a message. Whether that is deleted by now is for the log to say: it knows a retry, too.
    ///
    /// # Errors
    /// `not_yours`; `unknown_entry`; `invalid_message` for words where there are none to replace.
    pub(super) async fn amendment(
        &self,
        room: &RoomHandle,
        (from, client_id): (ParticipantId, ClientId),
        body: Body,
        amended: &Amended,
    ) -> Result<Draft, AppError> {
        let becomes = amended.after(&body)?;
        if let (Some(Body::Deleted { .. }), Body::Image { media_id, .. } | Body::Audio { media_id, .. }) =
            (&becomes, &amended.body)
        {
            // First: what cannot be deleted after this is a message that shows nothing, and can be deleted again.
            self.unshare(room, media_id).await?;
        }
        Ok(Draft::Amendment {
            from,
            client_id,
            body,
            target: amended.seq,
            becomes,
        })
    }
}

impl Amended {
    /// What the message carries after this is said of it; nothing where it stays as it is.
    fn after(&self, amendment: &Body) -> Result<Option<Body>, AppError> {
        match (amendment, &self.body) {
            (Body::Edit { .. } | Body::Delete { .. }, _) if !self.is_own => Err(Code::NotYours.into()),
            (Body::Delete { .. }, _) => Ok(Some(Body::Deleted { v: Version })),
            (Body::Edit { text: Some(text), .. }, Body::Text { .. } | Body::Deleted { .. }) => Ok(Some(Body::Text {
                v: Version,
                text: text.clone(),
                reply_to: self.body.reply_to(),
                edited: true,
            })),
            (Body::Edit { .. }, _) => Err(AppError::with_detail(
                Code::InvalidMessage,
                "Only a text can get other words.",
            )),
            _ => Ok(None),
        }
    }
}
