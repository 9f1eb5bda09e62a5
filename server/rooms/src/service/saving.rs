//! Saving a conversation before it is gone: all that a participant may read, page by page.

use std::sync::Arc;

use media::Slice;
use store::{Logged, Member, PAGE_MAX, Page, Room};
use wire::{
    domain::{MediaId, MediaType, RoomId, Seq, Timestamp, Token},
    error::{AppError, Code},
    protocol::Attendance,
};

use super::{
    Rendition, RoomService,
    entering::{WELCOME_PARTICIPANTS, attendance},
};

/// A conversation that a participant saves.
pub struct Saving {
    service: Arc<RoomService>,
    token: Token,
    /// The room.
    pub room: Room,
    /// Who saves it.
    pub you: Member,
    /// Everybody who ever joined.
    pub people: Vec<Attendance>,
    /// When.
    pub at: Timestamp,
    /// The last entry that the participant may not read, or that is not kept.
    start: Seq,
    /// The last entry that is saved: what is said meanwhile is not.
    last: Seq,
}

impl RoomService {
    /// Begins to save a conversation.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `removed`, `unavailable`.
    pub async fn save(self: &Arc<Self>, id: &RoomId, token: Option<Token>) -> Result<Saving, AppError> {
        let token = token.ok_or(Code::NotJoined)?;
        let handle = self.parts.rooms.hold(id);
        let (arrival, you) = self.arrival(&handle, Some(&token), WELCOME_PARTICIPANTS).await?;
        let position = match arrival.position {
            Some(position) => position,
            None => self.position(id).await?,
        };
        let people = attendance(&handle, arrival.members);
        let room = arrival.room;
        Ok(Saving {
            service: Arc::clone(self),
            token,
            start: position.kept_after.max(handle.horizon(&you.id)),
            last: position.last,
            at: self.parts.clock.now(),
            people,
            room,
            you,
        })
    }
}

impl Saving {
    /// All entries, from the first one.
    #[must_use]
    pub const fn pages(&self) -> Pages<'_> {
        Pages {
            saving: self,
            cursor: self.start,
        }
    }

    /// A picture or recording in it, under the same rules as everywhere.
    ///
    /// # Errors
    /// As [`RoomService::shown`] and [`RoomService::read_shown`].
    pub async fn medium(&self, id: MediaId) -> Result<(MediaType, Slice), AppError> {
        let service = &self.service;
        let shown = service
            .shown(&self.room.id, Some(&self.token), id, Rendition::Full)
            .await?;
        let bytes = service.read_shown(&shown, (0, shown.size)).await?;
        Ok((shown.media_type, bytes))
    }
}

/// A conversation's entries, page by page.
pub struct Pages<'a> {
    saving: &'a Saving,
    cursor: Seq,
}

impl Pages<'_> {
    /// The next entries; none at the end. Who was removed meanwhile reads no further.
    ///
    /// # Errors
    /// `ended`, `expired`, `removed`, `unavailable`.
    pub async fn next(&mut self) -> Result<Option<Vec<Logged>>, AppError> {
        let Saving {
            service,
            token,
            room,
            last,
            ..
        } = self.saving;
        service.viewer(&room.id, Some(token)).await?;
        let mut entries = service.page(&room.id, Page::After(self.cursor, PAGE_MAX)).await?;
        entries.retain(|entry| entry.seq <= *last);
        let Some(end) = entries.last().map(|entry| entry.seq) else {
            return Ok(None);
        };
        self.cursor = end;
        Ok(Some(entries))
    }
}
