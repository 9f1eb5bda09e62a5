//! How many bytes were said in stored rooms: each room's stand in its row, all rooms' are summed up here.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use admission::{Budget, Exhausted, Resource};
use wire::domain::RoomId;

use super::{Database, Store};
use crate::{Bounds, LogError, Space};

/// What stored rooms have said, and may say.
#[derive(Debug, Clone)]
pub struct StoredText {
    pub(super) all: Arc<Budget>,
    /// Bytes of one room.
    pub(super) room: u64,
    /// Rooms were purged since the sum was taken.
    purged: Arc<AtomicBool>,
}

impl StoredText {
    /// As much as `bounds` say, counted in `space`.
    #[must_use]
    pub fn new(space: &Space, bounds: &Bounds) -> Self {
        Self {
            all: Arc::clone(&space.stored_text),
            room: bounds.room_text,
            purged: Arc::default(),
        }
    }

    /// Notes that a room was purged.
    pub(super) fn note_purge(&self) {
        self.purged.store(true, Ordering::Release);
    }

    /// Whether a room was purged that the last sum did not see.
    pub(super) fn is_stale(&self) -> bool {
        self.purged.load(Ordering::Acquire)
    }

    /// The next sum sees all purges so far.
    pub(super) fn freshen(&self) {
        self.purged.store(false, Ordering::Release);
    }
}

impl<DB: Database> Store<DB> {
    /// Counts what is there.
    ///
    /// # Errors
    /// [`LogError::Store`].
    pub async fn count_text(&self) -> Result<(), LogError> {
        let bytes = self.read(|mut on| async move { DB::text(&mut on).await }).await?;
        self.text.all.recount(bytes);
        Ok(())
    }
}

/// Bytes that there still is space for. Where it says nothing, there is no bound.
#[derive(Debug, Default, Clone)]
pub(super) struct Left {
    pub server: Option<u64>,
    pub rooms: HashMap<RoomId, u64>,
}

impl Left {
    /// Takes what is needed, or nothing.
    pub(super) fn take(&mut self, room: &RoomId, bytes: u64) -> Result<(), Exhausted> {
        let server = self.server.get_or_insert(u64::MAX);
        if *server < bytes {
            return Err(Resource::StoredText.exhausted());
        }
        if let Some(left) = self.rooms.get_mut(room) {
            *left = left.checked_sub(bytes).ok_or(Resource::RoomText.exhausted())?;
        }
        *server -= bytes;
        Ok(())
    }
}
