//! What the database was last heard to say of a room.

use std::sync::Arc;

use parking_lot::Mutex;
use store::Room;

/// A room's facts, as far as they are known, with their version; how many are inside is not among them. Not what decides:
/// whatever must be right (is the room over, locked, full?) is decided in the transaction of the command that asks for it.
#[derive(Debug, Default)]
pub(crate) struct Facts(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    version: FactsVersion,
    room: Option<Arc<Room>>,
}

/// Moves with every change: what was read before one is not remembered after it.
// Where several nodes own rooms, the owner's epoch belongs in here.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FactsVersion(u64);

impl Facts {
    /// What is known, and its version: that of what is read of the database from now on, too.
    pub fn known(&self) -> (FactsVersion, Option<Arc<Room>>) {
        let known = self.0.lock();
        (known.version, known.room.clone())
    }

    /// Remembers what was read, unless something has changed since `version`.
    pub fn learn(&self, version: FactsVersion, room: &Room) {
        let mut known = self.0.lock();
        if known.version == version {
            known.room = Some(Arc::new(room.clone()));
        }
    }

    /// Something has changed, or may have: it is asked again.
    pub fn outdate(&self) {
        let mut known = self.0.lock();
        known.version.0 += 1;
        known.room = None;
    }
}
