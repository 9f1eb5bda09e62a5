//! Rooms, and who belongs to them.

use std::{slice, sync::Arc};

use async_trait::async_trait;
use wire::{
    domain::{MediaId, ParticipantId, RoomId, Timestamp, TokenHash},
    protocol::{Change, EndReason, Participant},
};

use super::{Database, Store, rooms::Entrant, row::Membership};
use crate::{Admission, LogError, Media, MediaAdmission, MediaQuota, Member, Over, Registry, Room};

/// Tombstones that one transaction removes: few enough that those who write beside it do not notice.
const FORGOTTEN_AT_ONCE: u32 = 100;

/// A room's id is in use. Ids are random: this is a broken generator, or a room that is created twice.
#[derive(Debug, thiserror::Error)]
#[error("the room's id is taken")]
struct IdTaken;

impl<DB: Database> Store<DB> {
    async fn enter(&self, room: &RoomId, who: Entrant, capacity: u32) -> Result<Admission, LogError> {
        let (id, now) = (room.clone(), self.clock.now());
        self.writer
            .run(room, move |on| {
                Box::pin(async move { DB::enter(on, &id, &who, capacity, now).await })
            })
            .await
    }
}

#[async_trait]
impl<DB: Database> Registry for Store<DB> {
    async fn create(&self, room: &Room) -> Result<(), LogError> {
        let new = room.clone();
        let is_new = self
            .writer
            .run(&room.id, move |on| Box::pin(async move { DB::create(on, &new).await }))
            .await?;
        if is_new {
            Ok(())
        } else {
            Err(LogError::Store(Arc::new(IdTaken)))
        }
    }

    async fn room(&self, id: &RoomId) -> Result<Option<Room>, LogError> {
        self.read(|mut on| async move { DB::room(&mut on, id).await }).await
    }

    async fn admit(
        &self,
        room: &RoomId,
        participant: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError> {
        self.enter(room, Entrant::New(participant.clone(), *token), capacity)
            .await
    }

    async fn admit_creator(
        &self,
        room: &RoomId,
        participant: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError> {
        self.enter(room, Entrant::Creator(participant.clone(), *token), capacity)
            .await
    }

    async fn readmit(&self, room: &RoomId, who: &ParticipantId, capacity: u32) -> Result<Admission, LogError> {
        self.enter(room, Entrant::Returning(who.clone()), capacity).await
    }

    async fn release(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError> {
        let (id, who) = (room.clone(), who.clone());
        self.writer
            .run(room, move |on| {
                Box::pin(async move { DB::release(on, &id, &who).await })
            })
            .await
    }

    async fn remove(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError> {
        let (id, who) = (room.clone(), who.clone());
        self.writer
            .run(room, move |on| Box::pin(async move { DB::remove(on, &id, &who).await }))
            .await
    }

    async fn change(&self, room: &RoomId, change: Change) -> Result<bool, LogError> {
        let (id, now) = (room.clone(), self.clock.now());
        self.writer
            .run(room, move |on| {
                Box::pin(async move { DB::change(on, &id, change, now).await })
            })
            .await
    }

    async fn add_owner(&self, room: &RoomId, token: &TokenHash, most: u32) -> Result<bool, LogError> {
        let (id, token) = (room.clone(), *token);
        self.writer
            .run(room, move |on| {
                Box::pin(async move { DB::add_owner(on, &id, &token, most).await })
            })
            .await
    }

    async fn owners(&self, room: &RoomId) -> Result<Vec<TokenHash>, LogError> {
        self.read(|mut on| async move { DB::owners(&mut on, room).await }).await
    }

    async fn member(&self, room: &RoomId, token: &TokenHash) -> Result<Option<Member>, LogError> {
        self.read(|mut on| async move { DB::member(&mut on, room, token).await })
            .await
    }

    async fn participant(&self, room: &RoomId, id: &ParticipantId) -> Result<Option<Member>, LogError> {
        self.read(|mut on| async move { DB::participant(&mut on, room, id).await })
            .await
    }

    async fn members(&self, room: &RoomId, newest: usize) -> Result<Vec<Member>, LogError> {
        self.read(|mut on| async move { DB::members(&mut on, room, newest).await })
            .await
    }

    async fn inside(&self, room: &RoomId) -> Result<Vec<Member>, LogError> {
        self.read(|mut on| async move { DB::inside(&mut on, room).await }).await
    }

    async fn all_inside(&self) -> Result<Vec<(RoomId, Member)>, LogError> {
        let inside = self.read(|mut on| async move { DB::all_inside(&mut on).await }).await?;
        Ok(inside
            .into_iter()
            .map(|Membership(room, member)| (room, member))
            .collect())
    }

    async fn end(&self, room: &RoomId, at: Timestamp, reason: EndReason) -> Result<bool, LogError> {
        let id = room.clone();
        self.writer
            .run(room, move |on| {
                Box::pin(async move { DB::end(on, &id, at, reason).await })
            })
            .await
    }

    async fn due(&self, now: Timestamp, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        self.read(|mut on| async move { DB::due(&mut on, now, after, limit).await })
            .await
    }

    async fn unpurged(&self, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        self.read(|mut on| async move { DB::unpurged(&mut on, after, limit).await })
            .await
    }

    async fn with_media(&self, stored: bool, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        self.read(|mut on| async move { DB::with_media(&mut on, stored, after, limit).await })
            .await
    }

    async fn add_media(&self, room: &RoomId, media: &Media, quota: MediaQuota) -> Result<MediaAdmission, LogError> {
        let (id, media, now) = (room.clone(), media.clone(), self.clock.now());
        self.writer
            .run(room, move |on| {
                Box::pin(async move { DB::add_media(on, &id, &media, quota, now).await })
            })
            .await
    }

    async fn media(&self, room: &RoomId, id: &MediaId) -> Result<Option<Media>, LogError> {
        self.read(|mut on| async move { DB::media(&mut on, room, id).await })
            .await
    }

    async fn remove_media(&self, room: &RoomId, id: &MediaId) -> Result<(), LogError> {
        let (own_room, id) = (room.clone(), id.clone());
        self.writer
            .maintain(slice::from_ref(room), move |on| {
                Box::pin(async move { DB::remove_media(on, &own_room, &id).await })
            })
            .await
    }

    async fn forget_live_media(&self) -> Result<(), LogError> {
        self.writer
            .maintain(&[], move |on| Box::pin(async move { DB::forget_live_media(on).await }))
            .await
    }

    async fn purged(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        let ids = rooms.to_vec();
        self.writer
            .maintain(rooms, move |on| {
                Box::pin(async move {
                    for id in &ids {
                        DB::purged(on, id).await?;
                    }
                    Ok(())
                })
            })
            .await?;
        self.text.note_purge();
        Ok(())
    }

    async fn media_purged(&self, room: &RoomId) -> Result<(), LogError> {
        let id = room.clone();
        self.writer
            .maintain(slice::from_ref(room), move |on| {
                Box::pin(async move { DB::media_purged(on, &id).await })
            })
            .await
    }

    async fn forget(&self, before: Timestamp) -> Result<u64, LogError> {
        let mut forgotten = 0;
        loop {
            let some = self
                .writer
                .maintain(&[], move |on| {
                    Box::pin(async move { DB::forget(on, before, FORGOTTEN_AT_ONCE).await })
                })
                .await?;
            forgotten += some;
            if some < u64::from(FORGOTTEN_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    async fn count_open(&self, now: Timestamp) -> Result<u64, LogError> {
        self.read(|mut on| async move { DB::count_open(&mut on, now).await })
            .await
    }

    async fn ping(&self) -> Result<(), LogError> {
        self.writer.check()?;
        self.check_space().await?;
        self.read(|mut on| async move { DB::ping(&mut on).await }).await
    }
}
