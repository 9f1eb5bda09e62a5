//! The logs of live rooms: a short buffer each, in memory and nowhere else.
//!
//! A buffer begins empty when its room is first used and ends with the room. It is gone with the process, which the next
//! one's epoch says; it forgets its oldest entries, which `kept_after` says.

mod buffer;

use std::{collections::HashMap, slice, sync::Arc};

use wire::domain::{ClientId, Epoch, ParticipantId, RoomId, Timestamp};

use super::{
    Appended, Draft, LogError, Logged, Observer, Page, Position, Registry,
    draft::{Fresh, Notice},
};
use admission::Budget;
use buffer::Buffer;
use clock::Clock;
use parking_lot::Mutex;

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

/// The buffer of a room that was open when it was taken.
pub struct Held(Arc<Mutex<Buffer>>);

#[derive(Default)]
struct Rooms {
    /// A buffer has a lock of its own, held while the observer is told: rooms do not wait for each other.
    buffers: HashMap<RoomId, Arc<Mutex<Buffer>>>,
    /// How many rooms were closed. A change says that what the registry told before may be out of date.
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

    /// Opens the log of a room that the registry has from now on.
    pub fn open(&self, room: &RoomId, expires_at: Timestamp) -> Held {
        let mut rooms = self.rooms.lock();
        let buffer = rooms.buffers.entry(room.clone());
        let new = || Arc::new(Mutex::new(Buffer::new(expires_at, self.space.permit(None))));
        Held(Arc::clone(buffer.or_insert_with(new)))
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

    /// The buffer of a room that is open now, to be kept while something is done that it is to tell of: from then on
    /// nothing but the end of the room keeps it from that.
    pub async fn hold(&self, room: &RoomId) -> Result<Held, LogError> {
        let buffer = self.buffer(room).await?;
        let now = self.clock.now();
        if buffer.lock().is_past(now)
            && let Some(room) = self.registry.room(room).await?
        {
            // Its end may have been moved.
            buffer.lock().set_end(room.expires_at);
        }
        if buffer.lock().is_open(now) {
            Ok(Held(buffer))
        } else {
            Err(LogError::Closed)
        }
    }

    /// Does something with the buffer of an open room.
    async fn with<T>(&self, room: &RoomId, work: impl FnOnce(&mut Buffer) -> T + Send) -> Result<T, LogError> {
        let Held(buffer) = self.hold(room).await?;
        let mut buffer = buffer.lock();
        if buffer.is_open(self.clock.now()) {
            Ok(work(&mut buffer))
        } else {
            Err(LogError::Closed)
        }
    }

    /// Logs what somebody says.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Gone`], [`LogError::Full`], [`LogError::Store`].
    pub async fn say(&self, room: &RoomId, draft: Draft) -> Result<Appended, LogError> {
        let Held(buffer) = self.hold(room).await?;
        self.append(room, &buffer, &Fresh::Said(draft))
    }

    /// Logs what has changed.
    ///
    /// # Errors
    /// [`LogError::Closed`] where the room has come to its end.
    pub fn tell(&self, room: &RoomId, held: &Held, notice: Notice) -> Result<Appended, LogError> {
        self.append(room, &held.0, &Fresh::Told(notice))
    }

    fn append(&self, room: &RoomId, buffer: &Mutex<Buffer>, fresh: &Fresh) -> Result<Appended, LogError> {
        let mut buffer = buffer.lock();
        let now = self.clock.now();
        if !buffer.is_open(now) {
            return Err(LogError::Closed);
        }
        buffer.append(fresh, now, |entry| self.observer.appended(room, slice::from_ref(entry)))
    }

    /// A page of the log.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    pub async fn page(&self, room: &RoomId, page: Page) -> Result<Vec<Logged>, LogError> {
        self.with(room, |buffer| buffer.page(page)).await
    }

    /// What became of what was said before, as far as it is remembered.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    pub async fn sent(
        &self,
        room: &RoomId,
        from: &ParticipantId,
        client_id: &ClientId,
    ) -> Result<Option<Appended>, LogError> {
        self.with(room, |buffer| buffer.sent(from, client_id)).await
    }

    /// Where the log stands.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Store`].
    pub async fn position(&self, room: &RoomId) -> Result<Position, LogError> {
        let epoch = self.epoch.clone();
        self.with(room, |buffer| Position {
            epoch,
            kept_after: buffer.kept_after(),
            last: buffer.last(),
        })
        .await
    }

    /// Forgets the logs of those of these rooms that are over.
    ///
    /// # Errors
    /// [`LogError::Store`].
    pub async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        for room in rooms {
            // Most are not here any more: their end has closed them.
            let is_here = self.rooms.lock().buffers.contains_key(room);
            if is_here && self.registry.room(room).await?.is_none_or(|room| room.ended.is_some()) {
                self.close(room);
            }
        }
        Ok(())
    }
}
