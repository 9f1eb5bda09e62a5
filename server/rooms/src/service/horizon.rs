//! Where a live room begins for each of its participants: what was said before they joined was not said to them.

use std::collections::HashMap;

use wire::domain::{ParticipantId, RoomId, Seq};

/// The places of first joins. As short-lived as the live logs that they point into: after a restart those are empty and
/// begin for everybody at their start.
#[derive(Debug, Default)]
pub(super) struct Horizons(HashMap<RoomId, HashMap<ParticipantId, Seq>>);

impl Horizons {
    /// Notes that `who` joined with the entry `joined`. Who comes back keeps their first horizon.
    pub(super) fn note(&mut self, room: &RoomId, who: &ParticipantId, joined: Seq) {
        let before = Seq(joined.0.saturating_sub(1));
        self.0
            .entry(room.clone())
            .or_default()
            .entry(who.clone())
            .or_insert(before);
    }

    /// The last entry that `who` may not see.
    pub(super) fn of(&self, room: &RoomId, who: &ParticipantId) -> Seq {
        self.0
            .get(room)
            .and_then(|room| room.get(who))
            .copied()
            .unwrap_or(Seq::START)
    }

    /// Forgets a room that is over.
    pub(super) fn forget(&mut self, room: &RoomId) {
        self.0.remove(room);
    }
}
