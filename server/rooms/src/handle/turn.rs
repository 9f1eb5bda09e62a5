//! Coming in and leaving, one after the other.

use std::sync::Arc;

use tokio::sync::OwnedMutexGuard;

use super::{RoomHandle, RoomHandles};
use crate::presence::Seat;

/// The right to let the participant of a seat in or out. With its end, the grace begins of whoever is inside without a
/// connection: one who joins and never connects leaves as one who lost the connection, and so does one whose arrival was
/// broken off.
#[derive(Debug)]
pub struct Turn {
    rooms: Arc<RoomHandles>,
    room: Arc<RoomHandle>,
    seat: Arc<Seat>,
    _turn: OwnedMutexGuard<()>,
}

impl Turn {
    /// Waits for its turn.
    pub(super) async fn on(rooms: &Arc<RoomHandles>, room: Arc<RoomHandle>, seat: Arc<Seat>) -> Self {
        let turn = seat.in_turn().await;
        Self {
            rooms: Arc::clone(rooms),
            room,
            seat,
            _turn: turn,
        }
    }

    /// Whose turn it is.
    #[must_use]
    pub const fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }

    /// In which room.
    #[must_use]
    pub const fn room(&self) -> &Arc<RoomHandle> {
        &self.room
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        if self.seat.vacate(self.rooms.grace) {
            self.rooms.timers.sync(&self.room, &self.seat);
        }
    }
}
