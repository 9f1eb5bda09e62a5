//! Writes that share a transaction, and those who wait for it.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::oneshot;
use wire::domain::RoomId;

use super::job::Job;
use crate::{Appended, Draft, LogError};

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

/// A job in a batch.
pub(super) struct Todo<C> {
    rooms: Vec<RoomId>,
    pub job: Box<dyn Job<C>>,
    /// Why it failed while the others did not.
    pub failed: Option<LogError>,
}

/// The writes of one transaction, by kind. None of them has been answered, so their order is ours to choose.
pub(super) struct Batch<C> {
    pub drafts: Vec<(RoomId, Draft)>,
    jobs: Vec<Todo<C>>,
    /// A job runs once: from then on, who is in the batch stays together.
    jobs_ran: bool,
    senders: Vec<oneshot::Sender<Result<Appended, LogError>>>,
}

impl<C> Batch<C> {
    pub(super) fn new(writes: impl IntoIterator<Item = Write<C>>) -> Self {
        let mut batch = Self::empty();
        for write in writes {
            match write {
                Write::Append { room, draft, done } => {
                    batch.drafts.push((room, *draft));
                    batch.senders.push(done);
                }
                Write::Job { rooms, job } => batch.jobs.push(Todo {
                    rooms,
                    job,
                    failed: None,
                }),
            }
        }
        batch
    }

    fn empty() -> Self {
        Self {
            drafts: Vec::new(),
            jobs: Vec::new(),
            jobs_ran: false,
            senders: Vec::new(),
        }
    }

    /// What is to be done besides drafts, now.
    pub(super) fn jobs(&mut self) -> &mut [Todo<C>] {
        self.jobs_ran = true;
        &mut self.jobs
    }

    /// Whether it falls into more than one part and can still be written in parts.
    pub(super) fn can_be_parted(&self) -> bool {
        let of_drafts = self.drafts.iter().map(|(room, _)| Some(room));
        let parts = of_drafts.chain(self.jobs.iter().map(|todo| todo.rooms.first()));
        !self.jobs_ran && parts.collect::<BTreeSet<_>>().len() > 1
    }

    /// The same writes, each room's by themselves in their order. A job for many rooms is with the first of them.
    pub(super) fn by_room(self) -> Vec<Self> {
        let mut parts = BTreeMap::new();
        for ((room, draft), sender) in self.drafts.into_iter().zip(self.senders) {
            let part: &mut Self = parts.entry(Some(room.clone())).or_insert_with(Self::empty);
            part.drafts.push((room, draft));
            part.senders.push(sender);
        }
        for todo in self.jobs {
            let part = parts.entry(todo.rooms.first().cloned()).or_insert_with(Self::empty);
            part.jobs.push(todo);
        }
        parts.into_values().collect()
    }

    /// The rooms that it is about.
    pub(super) fn rooms(&self) -> BTreeSet<&RoomId> {
        let of_jobs = self.jobs.iter().flat_map(|todo| &todo.rooms);
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
        for Todo { job, failed, .. } in self.jobs {
            let committed = committed.as_ref().map(|_| ()).map_err(LogError::clone);
            job.settle(failed.map_or(committed, Err));
        }
        let outcomes = committed.unwrap_or_else(|error| vec![Err(error); self.senders.len()]);
        for (sender, outcome) in self.senders.into_iter().zip(outcomes) {
            // An error here is somebody who does not wait any more.
            let _ = sender.send(outcome);
        }
    }
}
