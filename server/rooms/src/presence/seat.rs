//! One participant's place in a room.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use admission::{Bucket, Rate};
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
    pub(crate) fn of_room(&self) -> Bucket {
        Bucket::new(self.room)
    }

    /// The allowance of a participant.
    pub(super) fn of_participant(&self) -> Arc<Bucket> {
        Arc::new(Bucket::new(self.participant))
    }

    /// After this, both are full again, whatever was taken.
    pub(crate) fn full_in(&self) -> Duration {
        self.participant.per().max(self.room.per())
    }
}

/// A time that does not come while this process runs, and that timers can be set to.
pub(crate) const FOREVER: Duration = Duration::from_secs(365 * 86_400);

/// A seat's place among all timers.
pub(crate) type TimerKey = Option<tokio_util::time::delay_queue::Key>;

/// A participant who is inside, connected or in their grace, or who left just now. All their connections share it.
#[derive(Debug)]
pub struct Seat {
    participant: Participant,
    /// One arrival or departure at a time: both ask the store, and must not overtake each other.
    turn: Arc<tokio::sync::Mutex<()>>,
    messages: Arc<Bucket>,
    /// Cancelled when the participant says goodbye, the room is over or the server stops: all their connections close.
    dismissed: CancellationToken,
    state: Mutex<Occupancy>,
    /// Of whoever keeps the timers, under their lock.
    timer: Mutex<TimerKey>,
}

#[derive(Debug, Default)]
struct Occupancy {
    connections: u32,
    /// When the grace is over, where there is no connection; of who has left, when that is forgotten.
    due: Option<Instant>,
    /// The store has them inside, as far as this seat has seen.
    inside: bool,
    /// They have left: this is nobody's seat any more.
    retired: bool,
    /// The creator removed them.
    removed: bool,
}

impl Seat {
    pub(super) fn new(participant: Participant, messages: Arc<Bucket>, dismissed: CancellationToken) -> Self {
        Self {
            participant,
            turn: Arc::default(),
            messages,
            dismissed,
            state: Mutex::default(),
            timer: Mutex::default(),
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

    /// What the participant may still say.
    pub(super) fn allowance(&self) -> Arc<Bucket> {
        Arc::clone(&self.messages)
    }

    /// Counts a message of the participant.
    ///
    /// # Errors
    /// How long to wait.
    pub(crate) fn allow_message(&self) -> Result<(), Duration> {
        self.messages.take()
    }

    /// Waits until nobody else comes in or leaves as this participant.
    pub(crate) async fn in_turn(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.turn).lock_owned().await
    }

    /// One connection more; returns how many there are.
    pub(crate) fn connect(&self, most: u32) -> Option<u32> {
        let mut state = self.state.lock();
        if state.connections >= most {
            return None;
        }
        state.connections += 1;
        state.due = None;
        Some(state.connections)
    }

    /// One connection less; whether that was the last one of somebody who has not left: their grace starts.
    pub(crate) fn disconnect(&self, grace: Duration) -> bool {
        self.state.lock().connections -= 1;
        self.vacate(grace)
    }

    /// Starts the grace of somebody who is not connected; anew, if it runs already.
    pub(crate) fn vacate(&self, grace: Duration) -> bool {
        let mut state = self.state.lock();
        let is_vacant = state.connections == 0 && !state.retired;
        if is_vacant {
            state.due = Some(Instant::now() + grace);
        }
        is_vacant
    }

    /// Notes that the participant has left, which is remembered for so long.
    pub(crate) fn retire(&self, remembered: Duration) {
        let mut state = self.state.lock();
        state.retired = true;
        state.due = Some(Instant::now() + remembered);
    }

    /// Notes that there is nothing to wait for any more: it is nobody's, and not remembered.
    pub(crate) fn abandon(&self) {
        let mut state = self.state.lock();
        state.retired = true;
        state.due = None;
    }

    /// When there is something to be done about it, if there will be.
    pub(crate) fn due(&self) -> Option<Instant> {
        self.state.lock().due
    }

    /// Whether its time is over.
    pub(crate) fn is_overdue(&self) -> bool {
        self.due().is_some_and(|due| due <= Instant::now())
    }

    /// Its place among all timers.
    pub(crate) const fn timer(&self) -> &Mutex<TimerKey> {
        &self.timer
    }
}
