//! The way to the task that writes. There is one, so that nobody waits for a lock, and all that waits for it shares one
//! commit: being durable costs a batch what it costs one entry.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use tokio::sync::{
    mpsc::{self, error::TrySendError},
    oneshot,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use wire::domain::RoomId;

use super::{
    Database,
    batch::{Asked, Write},
    job::Task,
    writing::Writing,
};
use crate::{Command, LogError, Outcome, command::Finish};

/// Writes that may wait. More than two batches, and who comes now is told so rather than kept waiting.
const QUEUE: usize = 1024;

/// The store takes no writes: it was closed, or its task is gone.
#[derive(Debug, thiserror::Error)]
#[error("the store is closed")]
struct Stopped;

fn stopped() -> LogError {
    LogError::Store(Arc::new(Stopped))
}

/// The way to the writing task. What is on its way is written, whether or not anybody still waits for it.
pub(super) struct Writer<DB: Database> {
    queue: mpsc::Sender<Write<DB::Connection>>,
    closing: CancellationToken,
    task: TaskTracker,
}

impl<DB: Database> Writer<DB> {
    /// Starts the task.
    pub(super) fn start(writing: Writing<DB>) -> Self {
        let (sender, queue) = mpsc::channel(QUEUE);
        let (closing, task) = (CancellationToken::new(), TaskTracker::new());
        task.spawn(writing.run(queue, closing.clone()));
        task.close();
        Self {
            queue: sender,
            closing,
            task,
        }
    }

    /// Takes a command, to be done with all that was taken before, and told where its room's log is here. What is
    /// returned waits for that.
    pub(super) fn command(
        &self,
        room: RoomId,
        command: Command,
        is_told: bool,
        finish: Option<Finish>,
    ) -> Result<impl Future<Output = Result<Outcome, LogError>> + Send + use<DB>, LogError> {
        let (done, outcome) = oneshot::channel();
        self.submit(Write::Command(Box::new(Asked {
            room,
            command,
            is_told,
            finish,
            done,
        })))?;
        Ok(async move { outcome.await.unwrap_or_else(|_| Err(stopped())) })
    }

    /// Does something in the next transaction, in which `room` is locked.
    pub(super) async fn run<T, F>(&self, room: &RoomId, work: F) -> Result<T, LogError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut DB::Connection) -> BoxFuture<'c, sqlx::Result<T>> + Send + 'static,
    {
        let (task, outcome) = Task::new(work);
        self.submit(Write::Job {
            rooms: vec![room.clone()],
            job: Box::new(task),
        })?;
        outcome.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Does something that nobody is waiting for, like [`Writer::run`]: it may be about no room or many, and where the
    /// store is busy it waits for its turn.
    pub(super) async fn maintain<T, F>(&self, rooms: &[RoomId], work: F) -> Result<T, LogError>
    where
        T: Send + 'static,
        F: for<'c> FnOnce(&'c mut DB::Connection) -> BoxFuture<'c, sqlx::Result<T>> + Send + 'static,
    {
        let (task, outcome) = Task::new(work);
        let write = Write::Job {
            rooms: rooms.to_vec(),
            job: Box::new(task),
        };
        self.queue.send(write).await.map_err(|_| stopped())?;
        outcome.await.unwrap_or_else(|_| Err(stopped()))
    }

    /// Takes no more writes, and returns when those that it took are written.
    pub(super) async fn close(&self) {
        self.closing.cancel();
        self.task.wait().await;
    }

    /// Whether writes are still taken.
    pub(super) fn check(&self) -> Result<(), LogError> {
        if self.queue.is_closed() { Err(stopped()) } else { Ok(()) }
    }

    fn submit(&self, write: Write<DB::Connection>) -> Result<(), LogError> {
        self.queue.try_send(write).map_err(|refused| match refused {
            TrySendError::Full(_) => LogError::Busy,
            TrySendError::Closed(_) => stopped(),
        })
    }
}
