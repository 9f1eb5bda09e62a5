//! Rooms for which something failed, and when it is tried again.

use std::{collections::HashMap, time::Duration};

use tokio::time::Instant;
use wire::domain::RoomId;

/// How long one waits that failed once; twice as long after each failure.
const FIRST: Duration = Duration::from_secs(1);

/// How long one waits at most: a store that comes back has done with all within the minute that is promised.
const LONGEST: Duration = Duration::from_secs(16);

/// Rooms that are remembered: about 100 bytes each. Where there are more, all are forgotten and tried again.
const ROOMS: usize = 50_000;

/// Rooms that failed.
#[derive(Debug, Default)]
pub(super) struct Backoff(HashMap<RoomId, Failed>);

#[derive(Debug)]
struct Failed {
    wait: Duration,
    until: Instant,
}

impl Backoff {
    /// Whether a room has failed, and not succeeded since.
    pub(super) fn knows(&self, room: &RoomId) -> bool {
        self.0.contains_key(room)
    }

    /// Whether a room still has to wait.
    pub(super) fn holds(&self, room: &RoomId, now: Instant) -> bool {
        self.0.get(room).is_some_and(|failed| now < failed.until)
    }

    /// Notes that rooms failed.
    pub(super) fn note(&mut self, rooms: impl IntoIterator<Item = RoomId>, now: Instant) {
        for room in rooms {
            if self.0.len() >= ROOMS {
                self.0.clear();
            }
            let wait = self.0.get(&room).map_or(FIRST, |before| (before.wait * 2).min(LONGEST));
            self.0.insert(
                room,
                Failed {
                    wait,
                    until: now + wait,
                },
            );
        }
    }

    /// Notes that a room did not fail.
    pub(super) fn forget(&mut self, room: &RoomId) {
        self.0.remove(room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_again_waits_twice_as_long_and_never_too_long() {
        let room = RoomId::parse("aaaaaaaaaaaa").expect("an id");
        let (mut backoff, mut now) = (Backoff::default(), Instant::now());
        for wait in [1, 2, 4, 8, 16, 16].map(Duration::from_secs) {
            backoff.note([room.clone()], now);
            assert!(backoff.holds(&room, now + wait - Duration::from_millis(1)));
            now += wait;
            assert!(!backoff.holds(&room, now) && backoff.knows(&room));
        }
        backoff.forget(&room);
        assert!(!backoff.knows(&room));
    }
}
