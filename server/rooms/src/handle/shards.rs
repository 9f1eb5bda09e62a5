//! Where handles are.

use std::{
    collections::{HashMap, hash_map::RandomState},
    fmt,
    hash::BuildHasher,
    sync::{Arc, Weak},
};

use parking_lot::Mutex;
use wire::domain::RoomId;

use super::RoomHandle;
use crate::{metrics::Metrics, presence::Pace};

/// Parts with a lock each. Some times as many as a machine has cores: two who look something up seldom meet.
const SHARDS: usize = 64;

/// One part of all rooms. Its lock is held for a look-up only, and nothing that is let go of under it is a handle.
type Shard = Mutex<HashMap<RoomId, Weak<RoomHandle>>>;

/// Where handles are, and what they are made with.
pub(super) struct Shards {
    shards: [Shard; SHARDS],
    hasher: RandomState,
    pub pace: Pace,
    pub metrics: Arc<Metrics>,
}

impl fmt::Debug for Shards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shards(…)")
    }
}

impl Shards {
    pub fn new(pace: Pace, metrics: Arc<Metrics>) -> Self {
        Self {
            shards: std::array::from_fn(|_| Mutex::default()),
            hasher: RandomState::new(),
            pace,
            metrics,
        }
    }

    fn shard(&self, room: &RoomId) -> &Shard {
        // Less than the number of shards.
        #[expect(clippy::cast_possible_truncation, reason = "that is what is wanted of a hash")]
        let place = self.hasher.hash_one(room) as usize % SHARDS;
        &self.shards[place]
    }

    /// The room's handle, a new one where nobody holds it.
    pub fn hold(&self, room: &RoomId, new: impl FnOnce() -> RoomHandle) -> Arc<RoomHandle> {
        let mut shard = self.shard(room).lock();
        if let Some(handle) = shard.get(room).and_then(Weak::upgrade) {
            return handle;
        }
        let handle = Arc::new(new());
        shard.insert(room.clone(), Arc::downgrade(&handle));
        handle
    }

    pub fn get(&self, room: &RoomId) -> Option<Arc<RoomHandle>> {
        self.shard(room).lock().get(room)?.upgrade()
    }

    /// Forgets where a handle was that nobody holds any more. By now there may be a new one in its place.
    pub fn remove(&self, room: &RoomId) {
        let mut shard = self.shard(room).lock();
        if shard.get(room).is_some_and(|handle| handle.strong_count() == 0) {
            shard.remove(room);
        }
    }

    pub fn all(&self) -> Vec<Arc<RoomHandle>> {
        let of_shard = |shard: &Shard| Vec::from_iter(shard.lock().values().filter_map(Weak::upgrade));
        self.shards.iter().flat_map(of_shard).collect()
    }

    pub fn count(&self) -> usize {
        self.shards.iter().map(|shard| shard.lock().len()).sum()
    }
}
