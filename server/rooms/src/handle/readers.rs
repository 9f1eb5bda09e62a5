//! Who follows a room without being connected.

use std::{collections::HashMap, sync::Arc};

use tokio_util::sync::CancellationToken;
use wire::domain::ParticipantId;

use super::RoomHandle;

/// Readers of one participant. A program needs one; a second one replaces it before the first has gone.
const READERS_MAX: u32 = 4;

/// The readers of each participant.
pub(super) type Readers = HashMap<ParticipantId, ReadersOfOne>;

/// One participant's readers.
#[derive(Default)]
pub(super) struct ReadersOfOne {
    count: u32,
    /// Cancelled when the participant is removed. Readers look at it whenever the room's feed wakes them.
    dismissed: CancellationToken,
}

/// Counts a reader for as long as it is kept.
pub(crate) struct Reader {
    room: Arc<RoomHandle>,
    who: ParticipantId,
    dismissed: CancellationToken,
}

impl RoomHandle {
    /// Counts one more reader of the participant. `None` when they have too many.
    pub(crate) fn reader(self: &Arc<Self>, who: &ParticipantId) -> Option<Reader> {
        let mut readers = self.readers.lock();
        let of_one = readers.entry(who.clone()).or_default();
        if of_one.count >= READERS_MAX {
            return None;
        }
        of_one.count += 1;
        Some(Reader {
            room: Arc::clone(self),
            who: who.clone(),
            dismissed: of_one.dismissed.clone(),
        })
    }

    /// Shows the readers of a participant out who was removed.
    pub(crate) fn dismiss_readers(&self, who: &ParticipantId) {
        if let Some(readers) = self.readers.lock().get(who) {
            readers.dismissed.cancel();
        }
    }
}

impl Reader {
    /// The room.
    pub(crate) const fn room(&self) -> &Arc<RoomHandle> {
        &self.room
    }

    /// Cancelled when the participant is removed.
    pub(crate) const fn dismissed(&self) -> &CancellationToken {
        &self.dismissed
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let mut readers = self.room.readers.lock();
        if let Some(of_one) = readers.get_mut(&self.who) {
            of_one.count -= 1;
            if of_one.count == 0 {
                readers.remove(&self.who);
            }
        }
    }
}
