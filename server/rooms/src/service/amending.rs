//! Edits and deletions: entries about earlier entries.
//!
//! The entry says to everybody who is here what has changed; the message itself is rewritten in the same step of the
//! log, so that whoever comes later reads what it is now, and nobody what it was.

use store::{Act, Logged, RawBody};
use wire::{
    domain::{MediaId, MessageText, ParticipantId, Seq},
    error::{AppError, Code},
    protocol::{Body, Entry, Header, Op},
};

use super::RoomService;
use crate::handle::RoomHandle;

/// A message that is to be amended by who said it.
struct Amended {
    entry: Logged,
    header: Header,
}

impl RoomService {
    /// The message of this number, where `author` may read it and has said it. Whether it is deleted by now is for the log
    /// to say: it knows a retry, too.
    ///
    /// # Errors
    /// `unknown_entry` where there is none; `not_yours`; also `ended`, `expired`, `unavailable`.
    async fn amended(&self, room: &RoomHandle, author: &ParticipantId, seq: Seq) -> Result<Amended, AppError> {
        if seq <= room.horizon(author) {
            return Err(Code::UnknownEntry.into());
        }
        let entry = self.entry(room.id(), seq).await?.ok_or(Code::UnknownEntry)?;
        let header = Header::read(&entry.frame).filter(|header| header.op == Op::Say);
        let header = header.ok_or(Code::UnknownEntry)?;
        if header.from != *author {
            return Err(Code::NotYours.into());
        }
        Ok(Amended { entry, header })
    }

    /// Gives a message another body. What only the old one showed is gone.
    ///
    /// # Errors
    /// `not_yours`, `unknown_entry`, `text_only`, `unknown_media`, `invalid_message`.
    pub(super) async fn edit(
        &self,
        room: &RoomHandle,
        author: &ParticipantId,
        target: Seq,
        (media, body): (&[MediaId], &Body),
    ) -> Result<Act, AppError> {
        let Amended { header, .. } = self.amended(room, author, target).await?;
        self.check_shared(room, author, (media, body)).await?;
        let media = Vec::from_iter(body.shows().cloned());
        self.unshare_all(room, header.media.iter().filter(|id| !media.contains(id)))
            .await?;
        let body = RawBody::of(body);
        Ok(Act::Edit { target, media, body })
    }

    /// Gives a text other words; what it answers stays.
    ///
    /// # Errors
    /// `not_yours`, `unknown_entry`; `invalid_message` where there are no words to replace.
    pub(super) async fn reword(
        &self,
        room: &RoomHandle,
        author: &ParticipantId,
        target: Seq,
        text: MessageText,
    ) -> Result<Act, AppError> {
        let Amended { entry, .. } = self.amended(room, author, target).await?;
        // For who does not know the whole of it: the one case in which what was said is looked at again.
        let reply_to = match serde_json::from_slice(&entry.frame) {
            Ok(Entry::Message { body, .. }) if matches!(body, Body::Text { .. } | Body::Deleted { .. }) => {
                body.reply_to()
            }
            _ => {
                let detail = "Only a text can get other words.";
                return Err(AppError::with_detail(Code::InvalidMessage, detail));
            }
        };
        Ok(Act::Edit {
            target,
            media: Vec::new(),
            body: RawBody::of(&Body::answer(text, reply_to)),
        })
    }

    /// Deletes a message, with what it shows.
    ///
    /// # Errors
    /// `not_yours`, `unknown_entry`.
    pub(super) async fn delete(&self, room: &RoomHandle, author: &ParticipantId, target: Seq) -> Result<Act, AppError> {
        let Amended { header, .. } = self.amended(room, author, target).await?;
        self.unshare_all(room, header.media.iter()).await?;
        Ok(Act::Delete { target })
    }

    /// First: what cannot be amended after this is a message that shows nothing, and can be amended again.
    async fn unshare_all(&self, room: &RoomHandle, media: impl Iterator<Item = &MediaId>) -> Result<(), AppError> {
        for id in media {
            self.unshare(room, id).await?;
        }
        Ok(())
    }
}
