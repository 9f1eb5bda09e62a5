//! Writes that share a transaction, and those who wait for it.

use std::collections::BTreeSet;

use app::domain::RoomId;
use tokio::sync::oneshot;

use super::job::Job;
use crate::log::{Appended, Draft, LogError};

/// One thing to be written.
pub(super) enum Write<C> {
    /// An entry.
    Append {
        room: RoomId,
        draft: Box<Draft>,
        done: oneshot::Sender<Result<Appended, LogError>>,
    },
    /// Anything else, with its rooms locked.
    Job { rooms: Vec<RoomId>, job: Box<dyn Job<C>> },
}

/// The writes of one transaction, by kind. None of them has been answered, so their order is ours to choose.
pub(super) struct Batch<C> {
    pub drafts: Vec<(RoomId, Draft)>,
    pub jobs: Vec<(Vec<RoomId>, Box<dyn Job<C>>)>,
    senders: Vec<oneshot::Sender<Result<Appended, LogError>>>,
}

impl<C> Batch<C> {
    pub(super) fn new(writes: impl IntoIterator<Item = Write<C>>) -> Self {
        let mut batch = Self {
            drafts: Vec::new(),
            jobs: Vec::new(),
            senders: Vec::new(),
        };
        for write in writes {
            match write {
                Write::Append { room, draft, done } => {
                    batch.drafts.push((room, *draft));
                    batch.senders.push(done);
                }
                Write::Job { rooms, job } => batch.jobs.push((rooms, job)),
            }
        }
        batch
    }

    /// The rooms that it is about.
    pub(super) fn rooms(&self) -> BTreeSet<&RoomId> {
        let of_jobs = self.jobs.iter().flat_map(|(rooms, _)| rooms);
        self.drafts.iter().map(|(room, _)| room).chain(of_jobs).collect()
    }

    /// Whether it is about entries that are in the log.
    pub(super) fn amends(&self) -> bool {
        self.drafts
            .iter()
            .any(|(_, draft)| matches!(draft, Draft::Amendment { .. }))
    }

    /// How many wait for the transaction.
    pub(super) fn len(&self) -> usize {
        self.senders.len() + self.jobs.len()
    }

    /// Whether there is nothing to put in a transaction.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Turns all drafts away.
    pub(super) fn refuse_drafts(&mut self, error: &LogError) {
        self.drafts.clear();
        for sender in self.senders.drain(..) {
            let _ = sender.send(Err(error.clone()));
        }
    }

    /// Answers those who wait for the transaction: with what became of each draft, or that nothing can be said of any.
    pub(super) fn settle(self, committed: Result<Vec<Result<Appended, LogError>>, LogError>) {
        for (_, job) in self.jobs {
            job.settle(committed.as_ref().map(|_| ()).map_err(LogError::clone));
        }
        let outcomes = committed.unwrap_or_else(|error| vec![Err(error); self.senders.len()]);
        for (sender, outcome) in self.senders.into_iter().zip(outcomes) {
            // An error here is somebody who does not wait any more.
            let _ = sender.send(outcome);
        }
    }
}
