//! A connection that counts for as long as it exists.

use std::sync::Arc;

use wire::domain::RoomId;

use super::{Presence, Seat};

/// One connection of a participant. Dropping it ends it: a task that panics leaks no presence.
#[derive(Debug)]
pub struct Connection {
    presence: Arc<Presence>,
    room: RoomId,
    seat: Arc<Seat>,
}

impl Connection {
    pub(super) const fn new(presence: Arc<Presence>, room: RoomId, seat: Arc<Seat>) -> Self {
        Self { presence, room, seat }
    }

    /// Whose connection it is.
    #[must_use]
    pub const fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.presence.disconnect(&self.room, &self.seat);
    }
}
