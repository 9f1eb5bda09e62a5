//! How much may be said: what is counted, and what it is held against.

use std::sync::Arc;

use admission::{Budget, Each, Resource};

/// How much there may be.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// Open rooms.
    pub rooms: u64,
    /// Bytes of what live rooms hold in memory, altogether.
    pub live_text: u64,
    /// Bytes of what is said in stored rooms, altogether.
    pub stored_text: u64,
    /// The same, in one of them. A live room forgets its oldest entries instead.
    pub room_text: u64,
}

impl Bounds {
    /// As much as anybody wants.
    pub const NONE: Self = Self {
        rooms: u64::MAX,
        live_text: u64::MAX,
        stored_text: u64::MAX,
        room_text: u64::MAX,
    };
}

/// How much there is.
#[derive(Debug, Clone)]
pub struct Space {
    /// Open rooms. A room is counted until its end is noted.
    pub rooms: Arc<Budget>,
    /// Bytes that live rooms hold.
    pub live_text: Arc<Budget>,
    /// Bytes of what was said in stored rooms and is not purged.
    pub stored_text: Arc<Budget>,
}

impl Space {
    /// All of it, for metrics.
    #[must_use]
    pub fn budgets(&self) -> [&Budget; 3] {
        [&self.rooms, &self.live_text, &self.stored_text]
    }

    pub(super) fn new(bounds: &Bounds) -> Self {
        Self {
            rooms: Budget::new(Resource::Rooms, bounds.rooms, Each::All),
            live_text: Budget::new(Resource::LiveText, bounds.live_text, Each::All),
            stored_text: Budget::new(Resource::StoredText, bounds.stored_text, Each::All),
        }
    }
}
