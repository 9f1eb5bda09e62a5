//! Stored and live rooms behind one pair of traits: the only place that asks which a room is.

use std::{collections::HashMap, sync::Arc};

use admission::Budget;
use async_trait::async_trait;
use parking_lot::Mutex;
use wire::{
    domain::{ClientId, MediaId, ParticipantId, RoomId, Timestamp, TokenHash},
    protocol::{Change, EndReason, Entry, Participant},
};

use super::{
    Admission, Appended, Appending, Draft, Log, LogError, Media, MediaAdmission, MediaQuota, Member, MemoryLog, Over,
    Page, Position, Registry, Room,
};

/// Rooms of which the kind is remembered. About 100 bytes each.
const KINDS: usize = 20_000;

/// A database's rooms and logs, with the live rooms' logs in memory.
pub struct Routed<S> {
    store: Arc<S>,
    live: Arc<MemoryLog>,
    /// Whether a room is stored. It never changes, so it is asked once; which rooms are forgotten when there are too
    /// many makes no difference.
    stored: Mutex<HashMap<RoomId, bool>>,
    /// Open rooms of both kinds.
    open: Arc<Budget>,
}

impl<S: Log + Registry> Routed<S> {
    /// Routes stored rooms to `store`, live ones to `live`. There are as many as `open` says.
    pub fn new(store: Arc<S>, live: Arc<MemoryLog>, open: Arc<Budget>) -> Self {
        Self {
            store,
            live,
            stored: Mutex::default(),
            open,
        }
    }

    async fn log(&self, room: &RoomId) -> Result<&dyn Log, LogError> {
        let known = self.stored.lock().get(room).copied();
        let stored = match known {
            Some(stored) => stored,
            None => {
                let stored = self.store.room(room).await?.ok_or(LogError::Closed)?.store_history;
                let mut kinds = self.stored.lock();
                if kinds.len() >= KINDS {
                    kinds.clear();
                }
                kinds.insert(room.clone(), stored);
                stored
            }
        };
        Ok(if stored { &*self.store } else { &*self.live })
    }
}

#[async_trait]
impl<S: Log + Registry> Log for Routed<S> {
    async fn take(&self, room: &RoomId, draft: Draft) -> Result<Appending, LogError> {
        self.log(room).await?.take(room, draft).await
    }

    async fn read(&self, room: &RoomId, page: Page) -> Result<Vec<Entry>, LogError> {
        self.log(room).await?.read(room, page).await
    }

    async fn sent(
        &self,
        room: &RoomId,
        from: &ParticipantId,
        client_id: &ClientId,
    ) -> Result<Option<Appended>, LogError> {
        self.log(room).await?.sent(room, from, client_id).await
    }

    async fn position(&self, room: &RoomId) -> Result<Position, LogError> {
        self.log(room).await?.position(room).await
    }

    async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        self.live.purge(rooms).await?;
        // Who was in a live room is in the database, too.
        self.store.purge(rooms).await
    }

    async fn scrub(&self) -> Result<(), LogError> {
        self.store.scrub().await
    }
}

#[async_trait]
impl<S: Log + Registry> Registry for Routed<S> {
    async fn end(&self, room: &RoomId, at: Timestamp, reason: EndReason) -> Result<bool, LogError> {
        let (store, live, room) = (Arc::clone(&self.store), Arc::clone(&self.live), room.clone());
        let open = Arc::clone(&self.open);
        // In a task of its own: a caller that goes away must not leave an ended room's log open. After an error the room
        // may have ended; who ends it again closes the log then.
        let end = tokio::spawn(async move {
            let was_open = store.end(&room, at, reason).await?;
            live.close(&room);
            if was_open {
                open.count(-1);
            }
            Ok(was_open)
        });
        end.await.unwrap_or_else(|died| Err(LogError::Store(Arc::new(died))))
    }

    async fn change(&self, room: &RoomId, change: Change) -> Result<bool, LogError> {
        let (store, live, room) = (Arc::clone(&self.store), Arc::clone(&self.live), room.clone());
        // As with the end: a caller that goes away must not leave a live log that closes before its room.
        let changed = tokio::spawn(async move {
            let changed = store.change(&room, change).await?;
            if let Change::ExpiresAt(_) = change {
                live.refresh(&room).await?;
            }
            Ok(changed)
        });
        changed
            .await
            .unwrap_or_else(|died| Err(LogError::Store(Arc::new(died))))
    }

    async fn remove(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError> {
        self.store.remove(room, who).await
    }

    async fn add_owner(&self, room: &RoomId, token: &TokenHash, most: u32) -> Result<bool, LogError> {
        self.store.add_owner(room, token, most).await
    }

    async fn owners(&self, room: &RoomId) -> Result<Vec<TokenHash>, LogError> {
        self.store.owners(room).await
    }

    async fn create(&self, room: &Room) -> Result<(), LogError> {
        self.open.count_one()?;
        let created = self.store.create(room).await;
        if created.is_err() {
            self.open.count(-1);
        }
        created
    }

    async fn room(&self, id: &RoomId) -> Result<Option<Room>, LogError> {
        self.store.room(id).await
    }

    async fn admit(
        &self,
        room: &RoomId,
        participant: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError> {
        self.store.admit(room, participant, token, capacity).await
    }

    async fn admit_creator(
        &self,
        room: &RoomId,
        participant: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError> {
        self.store.admit_creator(room, participant, token, capacity).await
    }

    async fn readmit(&self, room: &RoomId, who: &ParticipantId, capacity: u32) -> Result<Admission, LogError> {
        self.store.readmit(room, who, capacity).await
    }

    async fn release(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError> {
        self.store.release(room, who).await
    }

    async fn member(&self, room: &RoomId, token: &TokenHash) -> Result<Option<Member>, LogError> {
        self.store.member(room, token).await
    }

    async fn participant(&self, room: &RoomId, id: &ParticipantId) -> Result<Option<Member>, LogError> {
        self.store.participant(room, id).await
    }

    async fn members(&self, room: &RoomId, newest: usize) -> Result<Vec<Member>, LogError> {
        self.store.members(room, newest).await
    }

    async fn inside(&self, room: &RoomId) -> Result<Vec<Member>, LogError> {
        self.store.inside(room).await
    }

    async fn all_inside(&self) -> Result<Vec<(RoomId, Member)>, LogError> {
        self.store.all_inside().await
    }

    async fn due(&self, now: Timestamp, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        self.store.due(now, after, limit).await
    }

    async fn unpurged(&self, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        self.store.unpurged(after, limit).await
    }

    async fn with_media(&self, stored: bool, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        self.store.with_media(stored, after, limit).await
    }

    async fn add_media(&self, room: &RoomId, media: &Media, quota: MediaQuota) -> Result<MediaAdmission, LogError> {
        self.store.add_media(room, media, quota).await
    }

    async fn media(&self, room: &RoomId, id: &MediaId) -> Result<Option<Media>, LogError> {
        self.store.media(room, id).await
    }

    async fn remove_media(&self, room: &RoomId, id: &MediaId) -> Result<(), LogError> {
        self.store.remove_media(room, id).await
    }

    async fn forget_live_media(&self) -> Result<(), LogError> {
        self.store.forget_live_media().await
    }

    async fn purged(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        self.store.purged(rooms).await
    }

    async fn media_purged(&self, room: &RoomId) -> Result<(), LogError> {
        self.store.media_purged(room).await
    }

    async fn forget(&self, before: Timestamp) -> Result<u64, LogError> {
        self.store.forget(before).await
    }

    async fn count_open(&self, now: Timestamp) -> Result<u64, LogError> {
        self.store.count_open(now).await
    }

    async fn ping(&self) -> Result<(), LogError> {
        self.store.ping().await
    }
}
