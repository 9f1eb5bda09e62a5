//! The logs of live rooms: a short buffer each, in memory and nowhere else.
//!
//! A buffer begins empty when its room is first used and ends with the room. It is gone with the process, which the next
//! one's epoch says; it forgets its oldest entries, which `kept_after` says.
//!
//! It stands in the room's [`RoomMemory`], which whoever opens the store keeps with all else that there is of the room:
//! here is no map of rooms.

mod buffer;
mod room;

use std::{slice, sync::Arc};

use wire::domain::{ClientId, Epoch, ParticipantId, RoomId, Timestamp};

use super::{
    Appended, Draft, LogError, Logged, Observer, Page, Position, Registry,
    draft::{Fresh, Notice},
};
use admission::Budget;
use buffer::Buffer;
use clock::Clock;

pub use room::{Memories, Remembers, RoomMemories, RoomMemory};

/// The logs of the live rooms of this process.
pub struct MemoryLog {
    memories: Arc<dyn Memories>,
    registry: Arc<dyn Registry>,
    clock: Arc<dyn Clock>,
    observer: Arc<dyn Observer>,
    epoch: Epoch,
    /// Bytes that all buffers hold.
    space: Arc<Budget>,
}

/// The memory of a room whose log was open when it was taken.
pub struct Held(Arc<dyn Remembers>);

impl MemoryLog {
    /// Logs of the rooms in `registry`, all of them empty, each in its room's memory. `epoch` is one that no earlier
    /// process had. Together they hold as many bytes as there is `space`.
    #[must_use]
    pub fn new(
        memories: Arc<dyn Memories>,
        registry: Arc<dyn Registry>,
        clock: Arc<dyn Clock>,
        observer: Arc<dyn Observer>,
        epoch: Epoch,
        space: Arc<Budget>,
    ) -> Self {
        Self {
            memories,
            registry,
            clock,
            observer,
            epoch,
            space,
        }
    }

    /// Closes a room's log and forgets its entries, once the registry says that the room has ended.
    pub fn close(&self, room: &RoomId) {
        self.memories.of(room).memory().close();
    }

    /// Opens the log of a room that the registry has from now on.
    pub fn open(&self, room: &RoomId, expires_at: Timestamp) -> Held {
        let memory = self.memories.of(room);
        self.open_in(&memory, expires_at);
        Held(memory)
    }

    /// Opens a log, empty where it was not open. One that is closed stays so.
    fn open_in(&self, memory: &Arc<dyn Remembers>, expires_at: Timestamp) {
        let new = || Buffer::new(expires_at, self.space.permit(None));
        memory.memory().open(memory, expires_at, new);
    }

    /// The memory of a room that is open now, to be kept while something is done that its log is to tell of: from then on
    /// nothing but the end of the room keeps it from that. The log begins at its first use if the registry says that the
    /// room is open and live.
    pub async fn hold(&self, room: &RoomId) -> Result<Held, LogError> {
        let memory = self.memories.of(room);
        let now = self.clock.now();
        // What is over as far as it knows may have been extended.
        if memory.memory().with(|log| log.is_open(now)) != Some(true) {
            match self.registry.room(room).await? {
                Some(room) if room.ended.is_none() && !room.store_history => self.open_in(&memory, room.expires_at),
                _ => return Err(LogError::Closed),
            }
        }
        match memory.memory().with(|log| log.is_open(now)) {
            Some(true) => Ok(Held(memory)),
            _ => Err(LogError::Closed),
        }
    }

    /// Does something with the buffer of an open room.
    async fn with<T>(&self, room: &RoomId, work: impl FnOnce(&mut Buffer) -> T + Send) -> Result<T, LogError> {
        let Held(memory) = self.hold(room).await?;
        self.with_open(&memory, work)
    }

    fn with_open<T>(&self, memory: &Arc<dyn Remembers>, work: impl FnOnce(&mut Buffer) -> T) -> Result<T, LogError> {
        let now = self.clock.now();
        let worked = memory.memory().with(|log| log.is_open(now).then(|| work(log)));
        worked.flatten().ok_or(LogError::Closed)
    }

    /// Logs what somebody says.
    ///
    /// # Errors
    /// [`LogError::Closed`], [`LogError::Gone`], [`LogError::Full`], [`LogError::Store`].
    pub async fn say(&self, room: &RoomId, draft: Draft) -> Result<Appended, LogError> {
        let held = self.hold(room).await?;
        self.append(room, &held, &Fresh::Said(draft))
    }

    /// Logs what has changed.
    ///
    /// # Errors
    /// [`LogError::Closed`] where the room has come to its end.
    pub fn tell(&self, room: &RoomId, held: &Held, notice: Notice) -> Result<Appended, LogError> {
        self.append(room, held, &Fresh::Told(notice))
    }

    fn append(&self, room: &RoomId, held: &Held, fresh: &Fresh) -> Result<Appended, LogError> {
        // The room's own lock is held while the observer is told: rooms do not wait for each other.
        self.with_open(&held.0, |buffer| {
            let now = self.clock.now();
            buffer.append(fresh, now, |entry| self.observer.appended(room, slice::from_ref(entry)))
        })?
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
            let is_here = self
                .memories
                .find(room)
                .is_some_and(|room| room.memory().with(|_| ()).is_some());
            if is_here && self.registry.room(room).await?.is_none_or(|room| room.ended.is_some()) {
                self.close(room);
            }
        }
        Ok(())
    }
}
