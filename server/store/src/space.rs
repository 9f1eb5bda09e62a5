//! How much may be said: what is counted, and what it is held against.

use std::{io, sync::Arc};

use admission::{Budget, Each, Resource};
use bytes::Bytes;
use serde::Serialize;

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

/// Something in JSON, as it goes over the wire.
pub(super) fn encoded(value: &impl Serialize) -> Bytes {
    serde_json::to_vec(value)
        .inspect_err(|error| tracing::error!(%error, "an entry could not be encoded"))
        .unwrap_or_default()
        .into()
}

/// Bytes of something in JSON.
pub(super) fn size(value: &impl Serialize) -> usize {
    struct Counter(usize);
    impl io::Write for Counter {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut counter = Counter(0);
    // What cannot be written takes no place.
    let _ = serde_json::to_writer(&mut counter, value);
    counter.0
}
