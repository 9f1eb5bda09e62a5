//! Who comes, who goes, and who is told of it.

use std::{sync::Arc, time::Duration};

use tokio::time::sleep;
use wire::{domain::RoomId, protocol::Participant};

use super::{Connection, RoomHandle, RoomHandles, Turn, timers::Due};
use crate::presence::Seat;

/// Changes within this time are told as one: of a thousand people who reconnect at once, nobody hears a thousand times.
const COALESCE: Duration = Duration::from_millis(100);

/// Connections of one participant. Nobody has more tabs of one chat; a program that has is broken or hostile.
pub(super) const CONNECTIONS_MAX: u32 = 16;

impl RoomHandles {
    /// A turn on the participant's seat, which is made where there is none. Nobody else comes in or leaves as this
    /// participant until it is dropped.
    pub async fn turn(self: &Arc<Self>, room: &RoomId, who: &Participant) -> Turn {
        let room = self.hold(room);
        loop {
            let turn = self.turn_on(&room, self.seat(&room, who)).await;
            // The one before us may have left: their seat is gone from the table.
            if !turn.seat().is_retired() {
                return turn;
            }
        }
    }

    /// A turn on this seat, whether or not it is theirs still.
    pub async fn turn_on(self: &Arc<Self>, room: &Arc<RoomHandle>, seat: Arc<Seat>) -> Turn {
        Turn::on(self, Arc::clone(room), seat).await
    }

    fn seat(&self, room: &Arc<RoomHandle>, who: &Participant) -> Arc<Seat> {
        let (seat, before) = room.seats.lock().seat(who, &self.shards.pace, &self.stopping);
        if let Some(before) = before {
            before.abandon();
            self.timers.sync(room, &before);
        }
        seat
    }

    /// Counts one more connection of the participant. `None` when they have too many.
    #[must_use]
    pub fn connect(self: &Arc<Self>, turn: &Turn) -> Option<Connection> {
        let (room, seat) = (turn.room(), turn.seat());
        let connections = seat.connect(CONNECTIONS_MAX)?;
        self.timers.sync(room, seat);
        if connections == 1 {
            self.touch(room, seat);
        }
        Some(Connection::new(Arc::clone(self), Arc::clone(room), Arc::clone(seat)))
    }

    /// Waits for the next participant whose grace is over. They are still seated: whoever lets go of them takes a turn
    /// first and looks again. Cancel safe.
    pub async fn overdue(&self) -> (Arc<RoomHandle>, Arc<Seat>) {
        loop {
            let Due { room, seat } = self.timers.next().await;
            if !seat.is_overdue() {
                self.timers.sync(&room, &seat);
            } else if seat.is_retired() {
                room.seats.lock().forget(&seat);
            } else {
                return (room, seat);
            }
        }
    }

    /// Removes the seat: its participant has left.
    pub fn retire(&self, turn: &Turn) {
        let (room, seat) = (turn.room(), turn.seat());
        seat.retire(self.remembered);
        if !room.seats.lock().leave(seat) {
            seat.abandon();
        }
        self.timers.sync(room, seat);
        self.touch(room, seat);
    }

    /// Shows a participant out who said goodbye, or was removed.
    pub fn dismiss(&self, room: &RoomHandle, seat: &Seat) {
        seat.dismissed().cancel();
        room.wake();
    }

    /// Shows everybody out of a room that is over: nothing needs it any more but those on their way.
    pub fn close(&self, room: &Arc<RoomHandle>) {
        let seats = room.seats.lock().clear();
        for seat in seats {
            seat.abandon();
            self.timers.sync(room, &seat);
            seat.dismissed().cancel();
        }
        room.horizons.lock().clear();
        room.wake();
    }

    /// Notes that somebody came or went.
    pub(super) fn touch(&self, room: &Arc<RoomHandle>, seat: &Seat) {
        let is_first = room.seats.lock().touch(&seat.participant().id);
        if is_first {
            self.changed.lock().push(Arc::clone(room));
            self.change.notify_one();
        }
    }

    /// Tells rooms who came and went. Runs until it is dropped.
    pub async fn announce(&self) {
        loop {
            self.change.notified().await;
            sleep(COALESCE).await;
            let changed = std::mem::take(&mut *self.changed.lock());
            for room in changed {
                let told = room.seats.lock().tell();
                room.tell(told);
            }
        }
    }
}
