//! Pictures and recordings: who may add them to a room, who may see them, which message may show them.

use std::sync::Arc;

use admission::Address;
use media::{MediaStoreError, Prepared, Slice, Upload};
use store::{LogError, Media, MediaAdmission, MediaQuota, Member, Room};
use wire::{
    domain::{MEDIA_MAX_BYTES, MediaId, MediaType, ParticipantId, RoomId, Token},
    error::{AppError, Code},
    protocol::{Body, Uploaded},
};

use super::{RoomService, unavailable};
use crate::handle::RoomHandle;

/// How many bytes of media there may be.
#[derive(Debug, Clone, Copy)]
pub struct MediaLimits {
    /// In one room.
    pub room: u64,
    /// In all stored rooms: on the disk.
    pub stored: u64,
    /// In all live rooms: in memory.
    pub live: u64,
}

/// Which rendition of a picture is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rendition {
    /// As it was shared.
    #[default]
    Full,
    /// A smaller copy, where there is one; else as it was shared.
    Small,
}

/// A picture or recording that a visitor may have.
pub struct Shown {
    /// What it is.
    pub media_type: MediaType,
    /// All its bytes.
    pub size: u64,
    room: Room,
    id: MediaId,
}

impl RoomService {
    /// An upload of a visitor who may, before anything of it is read. It counts for the address that it comes `from`.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `removed`, `text_only`, `unavailable`.
    pub async fn upload(&self, room: &RoomId, token: Option<&Token>, from: Address) -> Result<Upload, AppError> {
        self.sharer(room, token).await?;
        Ok(self.parts.workshop.upload(from))
    }

    pub(super) async fn viewer(&self, room: &RoomId, token: Option<&Token>) -> Result<(Room, Member), AppError> {
        let open = self.open_room(room).await?;
        let member = self.member(room, token).await?.ok_or(Code::NotJoined)?;
        Ok((open, member))
    }

    async fn sharer(&self, room: &RoomId, token: Option<&Token>) -> Result<(Room, Member), AppError> {
        let (open, member) = self.viewer(room, token).await?;
        if open.settings.text_only {
            return Err(Code::TextOnly.into());
        }
        Ok((open, member))
    }

    /// Keeps a file that a participant sent, made fit to be shared. Who goes away before it is gives up the work on it.
    ///
    /// # Errors
    /// As [`RoomService::upload`], and `too_large`, `unsupported_media`, `chat_media_full`, `media_full`.
    pub async fn share(
        self: &Arc<Self>,
        room: &RoomId,
        token: Option<Token>,
        upload: Upload,
    ) -> Result<Uploaded, AppError> {
        let (mut prepared, permit) = self.parts.workshop.prepare(upload).await?;
        let (service, room) = (Arc::clone(self), room.clone());
        self.to_the_end(async move {
            let _permit = permit;
            let (room, member) = service.sharer(&room, token.as_ref()).await?;
            let small = prepared.small.take();
            let id = service.parts.random.media_id();
            let uploaded = service.keep(&room, &member.id, id.clone(), prepared).await?;
            // Who has no space for it sees the picture itself.
            if let Some(small) = small {
                let _ = service.keep(&room, &member.id, id.of_small(), *small).await;
            }
            Ok(uploaded)
        })
        .await
    }

    async fn keep(
        &self,
        room: &Room,
        from: &ParticipantId,
        id: MediaId,
        prepared: Prepared,
    ) -> Result<Uploaded, AppError> {
        let Prepared {
            media_type,
            bytes,
            sides,
            small: _,
        } = prepared;
        // A picture that was turned may have grown.
        if bytes.len() > MEDIA_MAX_BYTES {
            return Err(Code::TooLarge.into());
        }
        let media = Media {
            id,
            from: from.clone(),
            media_type,
            size: bytes.len() as u64,
            sides,
        };
        let stores = &self.parts.stores;
        let quota = self.quota(room);
        match stores.media.add_media(&room.id, &media, quota).await {
            Ok(MediaAdmission::Kept) => {}
            Ok(MediaAdmission::RoomFull) => return Err(Code::ChatMediaFull.into()),
            Ok(MediaAdmission::ServerFull) => return Err(Code::MediaFull.into()),
            Ok(MediaAdmission::Closed) => return Err(self.refusal(&room.id, LogError::Closed).await),
            Err(error) => return Err(unavailable(error)),
        }
        // Noted first and kept then: a crash in between costs space until the room's end, and leaves no file that nobody
        // knows of. Whoever ends the room meanwhile may have purged it before the file was there.
        let files = &self.parts.media;
        let kept = files.put(room.store_history, &room.id, &media.id, bytes).await;
        let still_open = self.open_room(&room.id).await;
        if let (Ok(()), Ok(_)) = (&kept, &still_open) {
            let (width, height) = sides.unzip();
            return Ok(Uploaded {
                media_id: media.id,
                width,
                height,
            });
        }
        // What cannot be removed stays noted, and goes with the room.
        files.remove(room.store_history, &room.id, &media.id).await?;
        stores
            .media
            .remove_media(&room.id, &media.id)
            .await
            .map_err(unavailable)?;
        kept?;
        Err(still_open.err().unwrap_or_else(|| Code::Unavailable.into()))
    }

    fn quota(&self, room: &Room) -> MediaQuota {
        let MediaLimits {
            room: each,
            stored,
            live,
        } = self.rules.media;
        MediaQuota {
            room: each,
            server: if room.store_history { stored } else { live },
        }
    }

    /// Looks a picture or recording up, for a participant of its room. Asked again for every read.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `removed`, `unknown_media`, `unavailable`.
    pub async fn shown(
        &self,
        room: &RoomId,
        token: Option<&Token>,
        id: MediaId,
        rendition: Rendition,
    ) -> Result<Shown, AppError> {
        let (room, _) = self.viewer(room, token).await?;
        let media = &self.parts.stores.media;
        // The picture itself is asked for first: a small copy is one of something.
        let mut found = media.media(&room.id, &id).await.map_err(unavailable)?;
        if let (Rendition::Small, Some(_)) = (rendition, &found) {
            let small = media.media(&room.id, &id.of_small()).await.map_err(unavailable)?;
            found = small.or(found);
        }
        let Media {
            id, media_type, size, ..
        } = found.ok_or(Code::UnknownMedia)?;
        Ok(Shown {
            media_type,
            size,
            room,
            id,
        })
    }

    /// Reads bytes `from` to `to`, the last one not included.
    ///
    /// # Errors
    /// `unknown_media`, `unavailable`.
    pub async fn read_shown(&self, shown: &Shown, (from, to): (u64, u64)) -> Result<Slice, AppError> {
        let Shown { room, id, .. } = shown;
        Ok(self
            .parts
            .media
            .get(room.store_history, &room.id, id, (from, to))
            .await?)
    }

    /// A message shows what its sender uploaded to the same room, and shows it as it is.
    pub(super) async fn check_shared(
        &self,
        room: &RoomHandle,
        from: &ParticipantId,
        (media, body): (&[MediaId], &Body),
    ) -> Result<(), AppError> {
        let shown = body.shows();
        if !media.is_empty() && media.iter().ne(shown) {
            let detail = "A message's media are the uploads that its body shows.";
            return Err(AppError::with_detail(Code::InvalidMessage, detail));
        }
        let Some(id) = shown else { return Ok(()) };
        let sides = match body {
            Body::Image { width, height, .. } => Some((*width, *height)),
            _ => None,
        };
        if self.facts(room).await?.settings.text_only {
            return Err(Code::TextOnly.into());
        }
        let media = self
            .parts
            .stores
            .media
            .media(room.id(), id)
            .await
            .map_err(unavailable)?;
        match media {
            Some(media) if media.from == *from && media.sides == sides => Ok(()),
            _ => Err(Code::UnknownMedia.into()),
        }
    }

    /// Removes what a message shows no more. Done again, nothing happens.
    pub(super) async fn unshare(&self, room: &RoomHandle, id: &MediaId) -> Result<(), AppError> {
        let room = self.facts(room).await?;
        for id in [id.of_small(), id.clone()] {
            self.parts.media.remove(room.store_history, &room.id, &id).await?;
            let media = &self.parts.stores.media;
            media.remove_media(&room.id, &id).await.map_err(unavailable)?;
        }
        Ok(())
    }

    /// Removes what an earlier process has left: files of rooms that are over, and what is known of files that were in
    /// its memory.
    ///
    /// # Errors
    /// When the registry or the disk fails.
    pub async fn tidy_media(&self) -> Result<(), LogError> {
        let (stores, media) = (&self.parts.stores, &self.parts.media);
        stores.media.forget_live_media().await?;
        for room in media.stored_rooms().await.map_err(failed)? {
            let is_open = stores
                .registry
                .room(&room)
                .await?
                .is_some_and(|room| room.ended.is_none());
            if !is_open {
                media.purge(true, &room).await.map_err(failed)?;
            }
        }
        Ok(())
    }
}

/// The media store failed, as a store does.
pub(super) fn failed(error: MediaStoreError) -> LogError {
    LogError::Store(Arc::new(error))
}
