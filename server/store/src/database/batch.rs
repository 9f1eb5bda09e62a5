//! Writes that share a transaction, and those who wait for it.

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::oneshot;
use wire::domain::RoomId;

use super::job::Job;
use crate::{
    Act, Command, Draft, LogError, Outcome,
    command::{Executed, Finish},
};

/// One thing to be written.
pub(super) enum Write<C> {
    /// What is to happen in a room.
    Command(Box<Asked>),
    /// Anything else, with its rooms locked.
    Job { rooms: Vec<RoomId>, job: Box<dyn Job<C>> },
}

/// A command, and who waits for it.
pub(super) struct Asked {
    pub room: RoomId,
    pub command: Command,
    /// Whether the room's log is here: what tells of the command is written with it.
    pub is_told: bool,
    pub finish: Option<Finish>,
    pub done: oneshot::Sender<Result<Outcome, LogError>>,
}

impl Asked {
    fn settle(self, executed: Result<Executed, LogError>) {
        let outcome = executed.and_then(|executed| match self.finish {
            Some(finish) => finish(executed),
            None => Ok(executed.outcome),
        });
        // An error here is somebody who does not wait any more.
        let _ = self.done.send(outcome);
    }
}

/// A job in a batch.
pub(super) struct Todo<C> {
    rooms: Vec<RoomId>,
    pub job: Box<dyn Job<C>>,
    /// Why it failed while the others did not.
    pub failed: Option<LogError>,
}

/// The writes of one transaction. Commands are in the order in which they came; none of the writes has been answered, so
/// all else of their order is ours to choose.
pub(super) struct Batch<C> {
    pub commands: Vec<Asked>,
    jobs: Vec<Todo<C>>,
    /// A job runs once: from then on, who is in the batch stays together.
    jobs_ran: bool,
}

impl<C> Batch<C> {
    pub(super) fn new(writes: impl IntoIterator<Item = Write<C>>) -> Self {
        let mut batch = Self::empty();
        for write in writes {
            match write {
                Write::Command(asked) => batch.commands.push(*asked),
                Write::Job { rooms, job } => batch.jobs.push(Todo {
                    rooms,
                    job,
                    failed: None,
                }),
            }
        }
        batch
    }

    const fn empty() -> Self {
        Self {
            commands: Vec::new(),
            jobs: Vec::new(),
            jobs_ran: false,
        }
    }

    /// What is to be done besides commands, now.
    pub(super) fn jobs(&mut self) -> &mut [Todo<C>] {
        self.jobs_ran = true;
        &mut self.jobs
    }

    /// Whether it falls into more than one part and can still be written in parts.
    pub(super) fn can_be_parted(&self) -> bool {
        let of_commands = self.commands.iter().map(|asked| Some(&asked.room));
        let parts = of_commands.chain(self.jobs.iter().map(|todo| todo.rooms.first()));
        !self.jobs_ran && parts.collect::<BTreeSet<_>>().len() > 1
    }

    /// Whether what cannot be done of it may be something that fails alone, and all of it can still be done again.
    pub(super) fn may_fail_in_part(&self) -> bool {
        let changes = |asked: &Asked| !matches!(asked.command, Command::Say(_));
        !self.jobs_ran && self.len() > 1 && self.commands.iter().any(changes)
    }

    /// The same writes, each room's by themselves in their order. A job for many rooms is with the first of them.
    pub(super) fn by_room(self) -> Vec<Self> {
        let mut parts = BTreeMap::new();
        for asked in self.commands {
            let part: &mut Self = parts.entry(Some(asked.room.clone())).or_insert_with(Self::empty);
            part.commands.push(asked);
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
        self.commands.iter().map(|asked| &asked.room).chain(of_jobs).collect()
    }

    /// What is said in it, where that is new messages and nothing else.
    pub(super) fn only_messages(&self) -> Option<Vec<(&RoomId, &Draft)>> {
        if !self.jobs.is_empty() {
            return None;
        }
        self.commands
            .iter()
            .map(|asked| match &asked.command {
                Command::Say(
                    draft @ Draft {
                        act: Act::Say { .. }, ..
                    },
                ) => Some((&asked.room, draft)),
                _ => None,
            })
            .collect()
    }

    /// How many wait for the transaction.
    pub(super) fn len(&self) -> usize {
        self.commands.len() + self.jobs.len()
    }

    /// Whether there is nothing to put in a transaction.
    pub(super) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Turns away whatever is not for making room.
    pub(super) fn refuse_what_grows(&mut self, error: &LogError) {
        let grows = |asked: &mut Asked| !matches!(asked.command, Command::End { .. });
        for asked in self.commands.extract_if(.., grows) {
            asked.settle(Err(error.clone()));
        }
    }

    /// Answers those who wait for the transaction: with what became of each command, or that nothing can be said of any.
    pub(super) fn settle(self, committed: Result<Vec<Result<Executed, LogError>>, LogError>) {
        for Todo { job, failed, .. } in self.jobs {
            let committed = committed.as_ref().map(|_| ()).map_err(LogError::clone);
            job.settle(failed.map_or(committed, Err));
        }
        let outcomes = committed.unwrap_or_else(|error| vec![Err(error); self.commands.len()]);
        for (asked, outcome) in self.commands.into_iter().zip(outcomes) {
            asked.settle(outcome);
        }
    }
}
