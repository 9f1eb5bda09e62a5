//! The seats of one room.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wire::{domain::ParticipantId, protocol::Participant};

use super::{Pace, Seat};

/// How often a change comes with the whole list: pages of the last release know only that.
const LIST_EVERY: Duration = Duration::from_secs(60);

/// Who sits in a room, who has just left it, and whose coming and going is still to be told.
#[derive(Debug)]
pub(crate) struct Seats {
    taken: HashMap<ParticipantId, Arc<Seat>>,
    /// Who left just now: whoever comes back has no new allowance.
    left: HashMap<ParticipantId, Arc<Seat>>,
    /// Who has been connected or disconnected since it was last told.
    touched: HashSet<ParticipantId>,
    /// When everybody was last told as a list.
    listed_at: Instant,
}

/// What is to be told of who is connected.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// These are now.
    pub on: Vec<ParticipantId>,
    /// These are not any more.
    pub off: Vec<ParticipantId>,
    /// Everybody who is, where it is time for that.
    pub online: Option<Vec<ParticipantId>>,
}

impl Seats {
    pub fn new() -> Self {
        Self {
            taken: HashMap::new(),
            left: HashMap::new(),
            touched: HashSet::new(),
            listed_at: Instant::now(),
        }
    }

    /// The participant's seat, which is made where there is none, and the one that they had before, where that was
    /// remembered until now.
    pub fn seat(
        &mut self,
        who: &Participant,
        pace: &Pace,
        stopping: &CancellationToken,
    ) -> (Arc<Seat>, Option<Arc<Seat>>) {
        if let Some(seat) = self.taken.get(&who.id) {
            return (Arc::clone(seat), None);
        }
        let before = self.left.remove(&who.id);
        let messages = before
            .as_ref()
            .map_or_else(|| pace.of_participant(), |before| before.allowance());
        let seat = Arc::new(Seat::new(who.clone(), messages, stopping.child_token()));
        self.taken.insert(who.id.clone(), Arc::clone(&seat));
        (seat, before)
    }

    /// Takes a seat away whose participant has left, and remembers it; `false` where it was nobody's any more.
    pub fn leave(&mut self, seat: &Arc<Seat>) -> bool {
        let id = &seat.participant().id;
        let is_taken = self.taken.get(id).is_some_and(|seated| Arc::ptr_eq(seated, seat));
        if is_taken {
            self.taken.remove(id);
            self.left.insert(id.clone(), Arc::clone(seat));
        }
        is_taken
    }

    /// Remembers no more that somebody left.
    pub fn forget(&mut self, seat: &Arc<Seat>) {
        let id = &seat.participant().id;
        if self.left.get(id).is_some_and(|left| Arc::ptr_eq(left, seat)) {
            self.left.remove(id);
        }
    }

    /// Takes all seats away: the room is over.
    pub fn clear(&mut self) -> impl Iterator<Item = Arc<Seat>> + use<> {
        self.touched.clear();
        let (taken, left) = (std::mem::take(&mut self.taken), std::mem::take(&mut self.left));
        taken.into_values().chain(left.into_values())
    }

    /// Notes that somebody came or went; whether they are the first of whom that is to be told.
    pub fn touch(&mut self, who: &ParticipantId) -> bool {
        let is_first = self.touched.is_empty();
        self.touched.insert(who.clone());
        is_first
    }

    /// What is to be told now. Of everybody who was touched, also where they are as before: somebody may have come in
    /// between.
    pub fn tell(&mut self) -> Told {
        let touched = std::mem::take(&mut self.touched);
        if touched.is_empty() {
            return Told::default();
        }
        let (on, off) = touched.into_iter().partition(|id| self.is_online(id));
        let online = (self.listed_at.elapsed() >= LIST_EVERY).then(|| {
            self.listed_at = Instant::now();
            self.online().cloned().collect()
        });
        Told { on, off, online }
    }

    /// Who is connected, in no order.
    pub fn online(&self) -> impl Iterator<Item = &ParticipantId> {
        let connected = self.taken.iter().filter(|(_, seat)| seat.is_connected());
        connected.map(|(id, _)| id)
    }

    fn is_online(&self, id: &ParticipantId) -> bool {
        self.taken.get(id).is_some_and(|seat| seat.is_connected())
    }
}
