//! One participant's place in a room.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use admission::{Bucket, Rate, Scope};
use parking_lot::Mutex;
use tokio::{sync::OwnedMutexGuard, time::Instant};
use tokio_util::sync::CancellationToken;
use wire::protocol::Participant;

/// How fast messages may be sent.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    participant: Rate,
    room: Rate,
}

impl Pace {
    /// One participant: so many a second over time, so many at once, where nought counts as one. A room: so many.
    #[must_use]
    pub fn new(per_second: u32, burst: u32, room: Rate) -> Self {
        let at_least_one = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        Self {
            participant: Rate::per_second(at_least_one(per_second), at_least_one(burst)),
            room,
        }
    }

    /// The allowance of a room.
    pub(super) fn of_room(&self) -> Arc<Bucket> {
        Arc::new(Bucket::new(self.room))
    }

    /// The allowance of a participant.
    pub(super) fn of_participant(&self) -> Arc<Bucket> {
        Arc::new(Bucket::new(self.participant))
    }

    /// After this, both are full again, whatever was taken.
    pub(super) fn full_in(&self) -> Duration {
        self.participant.per().max(self.room.per())
    }
}

/// A participant who is inside, connected or in their grace. All their connections share it.
#[derive(Debug)]
pub struct Seat {
    participant: Participant,
    /// One arrival or departure at a time: both ask the store, and must not overtake each other.
    turn: Arc<tokio::sync::Mutex<()>>,
    messages: Arc<Bucket>,
    /// Of everybody in the room together.
    room_messages: Arc<Bucket>,
    /// Cancelled when the participant says goodbye, the room is over or the server stops: all their connections close.
    dismissed: CancellationToken,
    state: Mutex<Occupancy>,
}

#[derive(Debug, Default)]
struct Occupancy {
    connections: u32,
    /// Since when there is no connection, while the grace runs.
    vacant_since: Option<Instant>,
    /// The store has them inside, as far as this seat has seen.
    inside: bool,
    /// They have left: this seat is not in the table any more.
    retired: bool,
    /// The creator removed them.
    removed: bool,
}

impl Seat {
    pub(super) fn new(
        participant: Participant,
        messages: Arc<Bucket>,
        room_messages: Arc<Bucket>,
        dismissed: CancellationToken,
    ) -> Self {
        Self {
            participant,
            turn: Arc::default(),
            messages,
            room_messages,
            dismissed,
            state: Mutex::default(),
        }
    }

    /// Who sits here.
    #[must_use]
    pub const fn participant(&self) -> &Participant {
        &self.participant
    }

    /// Whether the store is known to have them inside.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.state.lock().inside
    }

    /// Notes that the store has them inside.
    pub fn set_inside(&self) {
        self.state.lock().inside = true;
    }

    /// Whether the creator removed them.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.state.lock().removed
    }

    /// Notes that the creator removed them.
    pub fn set_removed(&self) {
        self.state.lock().removed = true;
    }

    /// Whether there is a connection.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.state.lock().connections > 0
    }

    /// Whether the participant has left.
    #[must_use]
    pub fn is_retired(&self) -> bool {
        self.state.lock().retired
    }

    /// Cancelled when the participant says goodbye, the room is over or the server stops. Connections look at it
    /// whenever the room's feed wakes them.
    #[must_use]
    pub const fn dismissed(&self) -> &CancellationToken {
        &self.dismissed
    }

    /// What the participant may still say, and the room.
    pub(super) fn allowances(&self) -> (Arc<Bucket>, Arc<Bucket>) {
        (Arc::clone(&self.messages), Arc::clone(&self.room_messages))
    }

    /// Counts a message.
    ///
    /// # Errors
    /// Whose pace it is too fast for, and how long to wait.
    pub fn allow_message(&self) -> Result<(), (Scope, Duration)> {
        self.messages.take().map_err(|wait| (Scope::Participant, wait))?;
        self.room_messages.take().map_err(|wait| (Scope::Room, wait))
    }

    /// One connection more; returns how many there are.
    pub(super) fn connect(&self, most: u32) -> Option<u32> {
        let mut state = self.state.lock();
        if state.connections >= most {
            return None;
        }
        state.connections += 1;
        state.vacant_since = None;
        Some(state.connections)
    }

    /// One connection less; the time when it was the last one of somebody who has not left.
    pub(super) fn disconnect(&self) -> Option<Instant> {
        self.state.lock().connections -= 1;
        self.vacate()
    }

    /// Now, if there is no connection: the grace starts.
    pub(super) fn vacate(&self) -> Option<Instant> {
        let mut state = self.state.lock();
        let vacant = state.connections == 0 && !state.retired;
        state.vacant_since = vacant.then(Instant::now);
        state.vacant_since
    }

    /// Whether nobody has come since.
    pub(super) fn is_vacant_since(&self, since: Instant) -> bool {
        self.state.lock().vacant_since == Some(since)
    }

    /// How long there has been no connection, while the grace runs.
    pub(super) fn vacant_for(&self) -> Option<Duration> {
        self.state.lock().vacant_since.map(|since| since.elapsed())
    }

    pub(super) fn retire(&self) {
        let mut state = self.state.lock();
        state.retired = true;
        state.vacant_since = None;
    }
}

/// The right to let the participant of a seat in or out.
#[derive(Debug)]
pub struct Turn {
    seat: Arc<Seat>,
    _turn: OwnedMutexGuard<()>,
}

impl Turn {
    /// Waits for its turn.
    pub async fn on(seat: Arc<Seat>) -> Self {
        let turn = Arc::clone(&seat.turn).lock_owned().await;
        Self { seat, _turn: turn }
    }

    /// Whose turn it is.
    #[must_use]
    pub const fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }
}
