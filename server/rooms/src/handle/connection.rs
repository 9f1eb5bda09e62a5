//! A connection that counts for as long as it exists.

use std::sync::Arc;

use super::{RoomHandle, RoomHandles};
use crate::presence::Seat;

/// One connection of a participant. Dropping it ends it: a task that panics leaks no presence.
#[derive(Debug)]
pub struct Connection {
    rooms: Arc<RoomHandles>,
    room: Arc<RoomHandle>,
    seat: Arc<Seat>,
}

impl Connection {
    pub(super) const fn new(rooms: Arc<RoomHandles>, room: Arc<RoomHandle>, seat: Arc<Seat>) -> Self {
        Self { rooms, room, seat }
    }

    /// Whose connection it is.
    #[must_use]
    pub const fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if self.seat.disconnect(self.rooms.grace) {
            self.rooms.timers.sync(&self.room, &self.seat);
            self.rooms.touch(&self.room, &self.seat);
        }
    }
}
