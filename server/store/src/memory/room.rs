//! What is remembered of one room, in its place.

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use parking_lot::Mutex;
use wire::domain::{RoomId, Timestamp};

use super::buffer::Buffer;

/// What a store keeps in memory of one room: what it needs not ask its database again, and a live room's log.
#[derive(Default)]
pub struct RoomMemory {
    /// Whether the room is stored. That never changes.
    stored: OnceLock<bool>,
    log: Mutex<LiveLog>,
}

/// The log of a live room.
#[derive(Default)]
enum LiveLog {
    /// Nobody has used it yet, or it is a stored room's.
    #[default]
    Unopened,
    Open {
        buffer: Buffer,
        /// What the log is in: for as long as it is open, it is there.
        _kept: Arc<dyn Remembers>,
    },
    /// The room is over, for good.
    Closed,
}

/// Something that has a room's memory in it.
pub trait Remembers: Send + Sync + 'static {
    /// The memory.
    fn memory(&self) -> &RoomMemory;
}

/// Where rooms' memories are. A memory is there for as long as somebody holds it: an open log holds its own.
pub trait Memories: Send + Sync + 'static {
    /// The memory of this room: the same for all who hold it. An empty one where nobody does.
    fn of(&self, room: &RoomId) -> Arc<dyn Remembers>;

    /// The memory of this room, where somebody holds it.
    fn find(&self, room: &RoomId) -> Option<Arc<dyn Remembers>>;
}

/// A memory and nothing else.
#[derive(Default)]
struct Alone(RoomMemory);

impl Remembers for Alone {
    fn memory(&self) -> &RoomMemory {
        &self.0
    }
}

/// Memories and nothing else, for who opens a store and keeps nothing of rooms: all are there for as long as this is.
#[derive(Default)]
pub struct RoomMemories(Mutex<HashMap<RoomId, Arc<Alone>>>);

impl Memories for RoomMemories {
    fn of(&self, room: &RoomId) -> Arc<dyn Remembers> {
        Arc::clone(self.0.lock().entry(room.clone()).or_default()) as _
    }

    fn find(&self, room: &RoomId) -> Option<Arc<dyn Remembers>> {
        self.0.lock().get(room).map(|room| Arc::clone(room) as _)
    }
}

impl RoomMemory {
    /// Notes whether the room is stored, for who has asked for it anyway.
    pub fn note_stored(&self, stored: bool) {
        self.stored.get_or_init(|| stored);
    }

    /// Whether the room is stored, if that is known.
    pub(crate) fn is_stored(&self) -> Option<bool> {
        self.stored.get().copied()
    }

    /// Opens the log, which `kept` has in it. One that is open goes on, until `expires_at`; one that is closed stays so.
    pub(super) fn open(&self, kept: &Arc<dyn Remembers>, expires_at: Timestamp, new: impl FnOnce() -> Buffer) {
        let mut log = self.log.lock();
        match &mut *log {
            LiveLog::Open { buffer, .. } => buffer.set_end(expires_at),
            LiveLog::Closed => {}
            LiveLog::Unopened => {
                *log = LiveLog::Open {
                    buffer: new(),
                    _kept: Arc::clone(kept),
                }
            }
        }
    }

    /// Closes the log and forgets its entries. Whoever is about to write finds it closed.
    pub(super) fn close(&self) {
        // Let go of after the lock, which is in what is let go of.
        let _log = std::mem::replace(&mut *self.log.lock(), LiveLog::Closed);
    }

    /// Does something with the log, where it has been opened and not closed.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Buffer) -> T) -> Option<T> {
        match &mut *self.log.lock() {
            LiveLog::Open { buffer, .. } => Some(work(buffer)),
            LiveLog::Unopened | LiveLog::Closed => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use admission::{Budget, Each, Resource};

    use super::*;

    #[test]
    fn an_open_log_keeps_what_it_is_in_and_a_closed_one_stays_closed_for_those_who_hold_it() {
        let budget = Budget::new(Resource::LiveText, u64::MAX, Each::All);
        let (alone, end) = (Arc::new(Alone::default()), Timestamp::from_millis(1));
        let (kept, weak): (Arc<dyn Remembers>, _) = (alone.clone(), Arc::downgrade(&alone));
        let open = || kept.memory().open(&kept, end, || Buffer::new(end, budget.permit(None)));
        let is_open = || kept.memory().with(|log| log.is_open(Timestamp::from_millis(0)));
        assert_eq!(is_open(), None);
        open();
        assert_eq!((is_open(), Arc::strong_count(&alone)), (Some(true), 3));
        kept.memory().close();
        open();
        assert_eq!((is_open(), Arc::strong_count(&alone)), (None, 2));
        assert_eq!(budget.used(), 0, "what it held is given back");
        drop((alone, kept));
        assert!(weak.upgrade().is_none(), "nothing keeps it");
    }
}
