//! How the writer fares, for who asks whether the store is ready.

use std::{sync::Arc, time::Duration};

use parking_lot::Mutex;
use tokio::time::Instant;

use crate::LogError;

/// How long a failure counts, where nothing has been written since: the database may be back and nobody have tried.
const FAILED_FOR: Duration = Duration::from_secs(5);

/// How often the disk is asked whether it has space, at most.
const SPACE_EVERY: Duration = Duration::from_secs(1);

/// The disk has no space for what people write.
#[derive(Debug, thiserror::Error)]
#[error("the disk is full")]
struct DiskFull;

/// What is said where the disk has no space.
pub(super) fn disk_full() -> LogError {
    LogError::Store(Arc::new(DiskFull))
}

/// What became of the last writes.
#[derive(Default)]
pub(super) struct Health(Mutex<State>);

#[derive(Default)]
struct State {
    /// Entries are turned away, because the reserve is given up.
    full: bool,
    /// The last commit failed.
    failed: Option<(Instant, LogError)>,
    /// When the disk was asked last, and what it said.
    space: Option<(Instant, bool)>,
}

impl Health {
    /// Whether writes succeed, as far as is known.
    pub(super) fn check(&self) -> Result<(), LogError> {
        let state = self.0.lock();
        match &state.failed {
            _ if state.full => Err(disk_full()),
            Some((at, error)) if at.elapsed() < FAILED_FOR => Err(error.clone()),
            _ => Ok(()),
        }
    }

    pub(super) fn set_full(&self, full: bool) {
        self.0.lock().full = full;
    }

    pub(super) fn committed(&self) {
        self.0.lock().failed = None;
    }

    pub(super) fn failed(&self, error: LogError) {
        // Who asks has nothing in doubt: what was lost was other people's.
        let error = match error {
            LogError::Lost(error) => LogError::Store(error),
            other => other,
        };
        self.0.lock().failed = Some((Instant::now(), error));
    }

    /// What the disk said last; `None` when it is to be asked once more, by this caller alone.
    pub(super) fn space(&self) -> Option<bool> {
        let mut state = self.0.lock();
        match &mut state.space {
            Some((at, said)) if at.elapsed() < SPACE_EVERY => Some(*said),
            Some((at, _)) => {
                *at = Instant::now();
                None
            }
            none => {
                // Who asks meanwhile is told that there is some.
                *none = Some((Instant::now(), true));
                None
            }
        }
    }

    pub(super) fn set_space(&self, there: bool) {
        self.0.lock().space = Some((Instant::now(), there));
    }
}
