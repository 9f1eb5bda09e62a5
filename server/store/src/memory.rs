//! The logs of live rooms: a short buffer each, in memory and nowhere else.
//!
//! A buffer begins empty when its room is first used and ends with the room. It is gone with the process, which the next
//! one's epoch says; it forgets its oldest entries, which `kept_after` says.

mod buffer;

use std::{collections::HashMap, slice, sync::Arc};

use admission::Budget;
use async_trait::async_trait;
use buffer::Buffer;
use clock::Clock;
use futures_util::{FutureExt, future::ready};
use parking_lot::Mutex;
use wire::{
    domain::{ClientId, Epoch, ParticipantId, RoomId},
    protocol::Entry,
};

use super::{Appended, Appending, Draft, Log, LogError, Observer, Page, Position, Registry, Room};

/// The logs of the live rooms of this process.
pub struct MemoryLog {
    rooms: Mutex<Rooms>,
    registry: Arc<dyn Registry>,
    clock: Arc<dyn Clock>,
    observer: Arc<dyn Observer>,
    epoch: Epoch,
    /// Bytes that all buffers hold.
    space: Arc<Budget>,
}

#[derive(Default)]
struct Rooms {
    /// A buffer has a lock of its own, held while the observer is told: rooms do not wait for each other.
    buffers: HashMap<RoomId, Arc<Mutex<Buffer>>>,
    /// How many rooms were closed or got another end. A change says that what the registry told before may be out of date.
    closed: u64,
}

impl MemoryLog {
    /// Logs of the rooms in `registry`, all of them empty. `epoch` is one that no earlier process had. Together they hold
    /// as many bytes as there is `space`.
    #[must_use]
    pub fn new(
        registry: Arc<dyn Registry>,
        clock: Arc<dyn Clock>,
        observer: Arc<dyn Observer>,
        epoch: Epoch,
        space: Arc<Budget>,
    ) -> Self {
        Self {
            rooms: Mutex::default(),
            registry,
            clock,
            observer,
            epoch,
            space,
        }
    }

    /// Closes a room's log and forgets its entries, once the registry says that the room has ended.
    pub fn close(&self, room: &RoomId) {
        let mut rooms = self.rooms.lock();
        rooms.closed += 1;
        let buffer = rooms.buffers.remove(room);
        drop(rooms);
        // Somebody may hold the buffer and be about to write.
        if let Some(buffer) = buffer {
            buffer.lock().close();
        }
    }

    /// Takes notice that the registry says another end of the room than before.
    ///
    /// # Errors
    /// [`LogError::Store`].
    pub async fn refresh(&self, room: &RoomId) -> Result<(), LogError> {
        let Some(Room { expires_at, .. }) = self.registry.room(room).await? else {
            return Ok(());
        };
        let mut rooms = self.rooms.lock();
        // Who is making the buffer just now may have heard of the old end.
        rooms.closed += 1;
        let buffer = rooms.buffers.get(room).cloned();
        drop(rooms);
        if let Some(buffer) = buffer {
            buffer.lock().set_end(expires_at);
        }
        Ok(())
    }

    /// The room's buffer, made at its first use if the registry says that the room is open and live.
    async fn buffer(&self, room: &RoomId) -> Result<Arc<Mutex<Buffer>>, LogError> {
        loop {
            let closed_before = {
                let rooms = self.rooms.lock();
                if let Some(buffer) = rooms.buffers.get(room) {
                    return Ok(Arc::clone(buffer));
                }
                rooms.closed
            };
            let expires_at = match self.registry.room(room).await? {
                Some(room) if room.ended.is_none() && !room.store_history => room.expires_at,
                _ => return Err(LogError::Closed),
            };
            let mut rooms = self.rooms.lock();
            if rooms.closed == closed_before {
                let buffer = rooms.buffers.entry(room.clone());
                return Ok(Arc::clone(buffer.or_insert_with(|| {
                    Arc::new(Mutex::new(Buffer::new(expires_at, self.space.permit(None))))
                })));
            }
        }
    }

    /// Does something with the buffer of an open room.
    async fn with<T>(&self, room: &RoomId, work: impl FnOnce(&mut Buffer) -> T + Send) -> Result<T, LogError> {
        let buffer = self.buffer(room).await?;
        let mut buffer = buffer.lock();
        if buffer.is_open(self.clock.now()) {
            Ok(work(&mut buffer))
        } else {
            Err(LogError::Closed)
        }
    }
}

#[async_trait]
impl Log for MemoryLog {
    async fn take(&self, room: &RoomId, draft: Draft) -> Result<Appending, LogError> {
        let now = self.clock.now();
        let appended = self.with(room, |buffer| {
            buffer.append(draft, now, |entry| self.observer.appended(room, slice::from_ref(entry)))
        });
        Ok(ready(appended.await?).boxed())
    }

    async fn read(&self, room: &RoomId, page: Page) -> Result<Vec<Entry>, LogError> {
        self.with(room, |buffer| buffer.page(page)).await
    }

    async fn sent(
        &self,
        room: &RoomId,
        from: &ParticipantId,
        client_id: &ClientId,
    ) -> Result<Option<Appended>, LogError> {
        self.with(room, |buffer| buffer.sent(from, client_id)).await
    }

    async fn position(&self, room: &RoomId) -> Result<Position, LogError> {
        let epoch = self.epoch.clone();
        self.with(room, |buffer| Position {
            epoch,
            kept_after: buffer.kept_after(),
            last: buffer.last(),
        })
        .await
    }

    async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        for room in rooms {
            // Most are not here any more: their end has closed them.
            let is_here = self.rooms.lock().buffers.contains_key(room);
            if is_here && self.registry.room(room).await?.is_none_or(|room| room.ended.is_some()) {
                self.close(room);
            }
        }
        Ok(())
    }

    async fn scrub(&self) -> Result<(), LogError> {
        Ok(())
    }
}
