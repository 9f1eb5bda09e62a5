//! Who is connected, in memory.
//!
//! Everybody inside a room has a [`Seat`], whatever number of connections they have. When the last connection goes, the
//! seat stays for a grace: a reload or a tunnel is no departure. Coming in and leaving take turns on the seat
//! ([`Presence::turn`]), so that nobody is let go of while they come back.
//!
//! A seat says how things stand in *this* process. Several nodes will need another one of these, and nothing else.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::Arc,
    time::Duration,
};

use admission::Bucket;
use parking_lot::Mutex;
use tokio::{
    sync::Notify,
    time::{Instant, sleep, sleep_until},
};
use tokio_util::sync::CancellationToken;
use wire::{
    domain::{ParticipantId, RoomId},
    protocol::Participant,
};

pub use self::{
    connection::Connection,
    seat::{Pace, Seat, Turn},
};
use crate::hub::Hub;

mod connection;
mod seat;

/// Changes within this time are told as one: a thousand people who reconnect at once do not cause a thousand lists.
const COALESCE: Duration = Duration::from_millis(100);

/// Connections of one participant. Nobody has more tabs of one chat; a program that has is broken or hostile.
const CONNECTIONS_MAX: u32 = 16;

/// Who is connected to which room.
#[derive(Debug)]
pub struct Presence {
    hub: Arc<Hub>,
    /// How long a seat stays without a connection.
    grace: Duration,
    pace: Pace,
    /// Cancelled when the server is to stop: everybody is shown out.
    stopping: CancellationToken,
    /// A std mutex: never held across an await.
    state: Mutex<State>,
    /// Rings when `absent` gets its first member.
    absence: Notify,
    /// Rings when `changed` gets its first room.
    change: Notify,
}

#[derive(Debug, Default)]
struct State {
    rooms: HashMap<RoomId, Seats>,
    /// Seats that lost their last connection, and when. In order, as the grace is the same for all.
    absent: VecDeque<(Instant, RoomId, Arc<Seat>)>,
    /// Rooms whose list of connected participants is to be told.
    changed: HashSet<RoomId>,
    /// Who left just now: whoever comes back has no new allowance.
    left: HashMap<(RoomId, ParticipantId), Left>,
}

/// What is left to somebody who left, and to their room, where nobody is there any more.
#[derive(Debug)]
struct Left {
    at: Instant,
    own: Arc<Bucket>,
    room: Arc<Bucket>,
}

/// The seats of one room.
#[derive(Debug)]
struct Seats {
    taken: HashMap<ParticipantId, Arc<Seat>>,
    /// What all may say together.
    messages: Arc<Bucket>,
}

impl Presence {
    /// Nobody is connected yet.
    #[must_use]
    pub fn new(hub: Arc<Hub>, grace: Duration, pace: Pace, stopping: CancellationToken) -> Self {
        Self {
            hub,
            grace,
            pace,
            stopping,
            state: Mutex::default(),
            absence: Notify::new(),
            change: Notify::new(),
        }
    }

    /// A turn on the participant's seat, which is made where there is none. Nobody else comes in or leaves as this
    /// participant until it is dropped.
    pub async fn turn(&self, room: &RoomId, participant: &Participant) -> Turn {
        loop {
            let seat = self.seat(room, participant);
            let turn = Turn::on(seat).await;
            // The one before us may have left: their seat is gone from the table.
            if !turn.seat().is_retired() {
                return turn;
            }
        }
    }

    fn seat(&self, room: &RoomId, participant: &Participant) -> Arc<Seat> {
        let mut state = self.state.lock();
        let State { rooms, left, .. } = &mut *state;
        if let Some(seat) = rooms.get(room).and_then(|seats| seats.taken.get(&participant.id)) {
            return Arc::clone(seat);
        }
        let (own, of_room) = match left.remove(&(room.clone(), participant.id.clone())) {
            Some(Left { own, room, .. }) => (own, room),
            None => (self.pace.of_participant(), self.pace.of_room()),
        };
        let Seats { taken, messages } = rooms.entry(room.clone()).or_insert_with(|| Seats {
            taken: HashMap::new(),
            messages: of_room,
        });
        let dismissed = self.stopping.child_token();
        let seat = Arc::new(Seat::new(participant.clone(), own, Arc::clone(messages), dismissed));
        taken.insert(participant.id.clone(), Arc::clone(&seat));
        seat
    }

    /// Counts one more connection of the participant. `None` when they have too many.
    #[must_use]
    pub fn connect(self: &Arc<Self>, room: &RoomId, turn: &Turn) -> Option<Connection> {
        let seat = turn.seat();
        let connections = seat.connect(CONNECTIONS_MAX)?;
        if connections == 1 {
            self.changed(room);
        }
        Some(Connection::new(Arc::clone(self), room.clone(), Arc::clone(seat)))
    }

    /// Starts the grace of somebody who is inside without a connection; anew, if it runs already.
    pub fn expect(&self, room: &RoomId, seat: &Arc<Seat>) {
        if let Some(since) = seat.vacate() {
            self.miss(since, room, seat);
        }
    }

    fn disconnect(&self, room: &RoomId, seat: &Arc<Seat>) {
        if let Some(since) = seat.disconnect() {
            self.changed(room);
            self.miss(since, room, seat);
        }
    }

    fn miss(&self, since: Instant, room: &RoomId, seat: &Arc<Seat>) {
        self.state
            .lock()
            .absent
            .push_back((since, room.clone(), Arc::clone(seat)));
        self.absence.notify_one();
    }

    /// Waits for the next participant whose grace is over. They are still seated: whoever lets go of them takes a turn
    /// first and looks again. Cancel safe.
    pub async fn overdue(&self) -> (RoomId, Arc<Seat>) {
        loop {
            let due = self.state.lock().absent.front().map(|(since, ..)| *since + self.grace);
            match due {
                None => self.absence.notified().await,
                Some(due) if due > Instant::now() => sleep_until(due).await,
                Some(_) => {
                    let first = self.state.lock().absent.pop_front();
                    if let Some((_, room, seat)) = first.filter(|(since, _, seat)| seat.is_vacant_since(*since)) {
                        return (room, seat);
                    }
                }
            }
        }
    }

    /// Whether the seat's grace is over.
    #[must_use]
    pub fn is_overdue(&self, seat: &Seat) -> bool {
        seat.vacant_for().is_some_and(|vacant| vacant >= self.grace)
    }

    /// Removes the seat: its participant has left.
    pub fn retire(&self, room: &RoomId, turn: &Turn) {
        let seat = turn.seat();
        seat.retire();
        let ((own, of_room), full_in) = (seat.allowances(), self.pace.full_in());
        let left = Left {
            at: Instant::now(),
            own,
            room: of_room,
        };
        let mut state = self.state.lock();
        state.left.retain(|_, left| left.at.elapsed() < full_in);
        state.left.insert((room.clone(), seat.participant().id.clone()), left);
        if let Some(Seats { taken, .. }) = state.rooms.get_mut(room) {
            if taken
                .get(&seat.participant().id)
                .is_some_and(|seated| Arc::ptr_eq(seated, seat))
            {
                taken.remove(&seat.participant().id);
            }
            if taken.is_empty() {
                state.rooms.remove(room);
            }
        }
        drop(state);
        self.changed(room);
    }

    /// Shows everybody out of a room that is over.
    pub fn forget(&self, room: &RoomId) {
        let seats = self.state.lock().rooms.remove(room);
        for (_, seat) in seats.into_iter().flat_map(|seats| seats.taken) {
            seat.retire();
            seat.dismissed().cancel();
        }
        self.hub.wake(room);
    }

    /// Shows out a participant who said goodbye.
    pub fn dismiss(&self, room: &RoomId, seat: &Seat) {
        seat.dismissed().cancel();
        self.hub.wake(room);
    }

    /// Who is connected, in no order.
    #[must_use]
    pub fn online(&self, room: &RoomId) -> Vec<ParticipantId> {
        let state = self.state.lock();
        let seats = state.rooms.get(room).into_iter().flat_map(|seats| seats.taken.values());
        seats
            .filter(|seat| seat.is_connected())
            .map(|seat| seat.participant().id.clone())
            .collect()
    }

    fn changed(&self, room: &RoomId) {
        self.state.lock().changed.insert(room.clone());
        self.change.notify_one();
    }

    /// Tells rooms who is connected, whenever that changes. Runs until it is dropped.
    pub async fn announce(&self) {
        loop {
            self.change.notified().await;
            sleep(COALESCE).await;
            let changed = std::mem::take(&mut self.state.lock().changed);
            for room in changed {
                self.hub.presence(&room, self.online(&room));
            }
        }
    }
}

#[cfg(test)]
mod tests;
