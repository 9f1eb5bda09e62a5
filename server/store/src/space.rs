//! How much may be said: what is counted, and what it is held against.

use std::{io, sync::Arc};

use admission::Budget;
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
    pub(super) fn new(bounds: &Bounds) -> Self {
        Self {
            rooms: Budget::new(bounds.rooms),
            live_text: Budget::new(bounds.live_text),
            stored_text: Budget::new(bounds.stored_text),
        }
    }
}

/// What there is no space in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Full {
    /// The server has as many rooms as it may.
    Rooms,
    /// The server has as many bytes of text as it may.
    Server,
    /// The room has.
    Room,
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
