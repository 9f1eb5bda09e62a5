//! The task that writes: takes all that waits, commits it at once, tells the observer, then those who wait.

use std::{
    collections::{BTreeMap, HashMap},
    io,
    sync::Arc,
    time::Duration,
};

use clock::Clock;
use sqlx::{Connection, error::ErrorKind};
use tokio::{
    select,
    sync::mpsc,
    task::{spawn_blocking, yield_now},
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use wire::domain::{RoomId, Seq};

use super::{
    Database, Options, Reserve,
    batch::{Batch, Write},
    health::{Health, disk_full},
    text::StoredText,
};
use crate::{LogError, Logged, Observer, command::Executed};

/// Writes in one transaction, at most: it bounds how long the first of them waits for the last.
const BATCH: usize = 512;

/// How long a transaction may take, from connecting to the commit. Longer, and those who wait are told that it failed.
const COMMIT_WITHIN: Duration = Duration::from_secs(10);

/// Between attempts to find out what a failed commit did, where nothing else is written.
const DOUBT_EVERY: Duration = Duration::from_secs(1);

/// Between attempts to get the reserve back.
const RESERVE_EVERY: Duration = Duration::from_secs(1);

/// The writing task's state.
pub(super) struct Writing<DB: Database> {
    pub(super) options: Options<DB>,
    /// None after a failure: whatever state the old one was in ends with it.
    pub(super) connection: Option<DB::Connection>,
    /// Rooms in which a commit may have succeeded although it seemed to fail, and the last entry before it. The next
    /// transaction looks, so that the observer hears of every entry that is in the log.
    pub(super) doubt: BTreeMap<RoomId, Seq>,
    /// Whether the database was told to commit what is being written.
    pub(super) is_committing: bool,
    /// Where the logs of rooms ended when this task wrote to them last. Another server may have written since.
    pub(super) ends: HashMap<RoomId, Seq>,
    pub(super) reserve: Arc<dyn Reserve>,
    /// What is told of how it goes.
    health: Arc<Health>,
    /// When the reserve was missing last. None while it is held.
    full_at: Option<Instant>,
    pub(super) clock: Arc<dyn Clock>,
    observer: Arc<dyn Observer>,
    pub(super) text: StoredText,
    /// When all rooms' bytes were summed up last. None where what was counted since may be wrong.
    pub(super) summed_at: Option<Instant>,
}

/// What a transaction did.
pub(super) struct Committed {
    /// What became of each command.
    pub outcomes: Vec<Result<Executed, LogError>>,
    /// What the observer has not heard of, in each room's order.
    pub news: Vec<(RoomId, Vec<Logged>)>,
}

impl<DB: Database> Writing<DB> {
    /// A task that connects with `options` when there is something to write, and again after every failure.
    pub(super) fn new(
        options: Options<DB>,
        (reserve, health): (Arc<dyn Reserve>, Arc<Health>),
        clock: Arc<dyn Clock>,
        observer: Arc<dyn Observer>,
        text: StoredText,
    ) -> Self {
        Self {
            options,
            connection: None,
            doubt: BTreeMap::new(),
            is_committing: false,
            ends: HashMap::new(),
            reserve,
            health,
            full_at: None,
            clock,
            observer,
            text,
            summed_at: None,
        }
    }

    /// Writes until `closing`, or until nobody can send any more; then what still waits.
    pub(super) async fn run(mut self, mut queue: mpsc::Receiver<Write<DB::Connection>>, closing: CancellationToken) {
        self.keep_reserve().await;
        let mut waiting = Vec::with_capacity(BATCH);
        loop {
            select! {
                () = closing.cancelled(), if !queue.is_closed() => queue.close(),
                taken = queue.recv_many(&mut waiting, BATCH) => match taken {
                    0 => break,
                    _ => {
                        self.write(Batch::new(waiting.drain(..))).await;
                        gather(&queue).await;
                    }
                },
                // Space that is back is found though nobody writes.
                () = sleep(RESERVE_EVERY), if self.full_at.is_some() => self.keep_reserve().await,
                () = sleep(DOUBT_EVERY), if !self.doubt.is_empty() => self.write(Batch::new([])).await,
            }
        }
        if let Some(connection) = self.connection {
            // All that it was given is committed: what closing fails at can be left to the database.
            let _ = connection.close().await;
        }
    }

    async fn write(&mut self, batch: Batch<DB::Connection>) {
        for part in self.write_all(batch).await {
            // A part of one room is not taken apart again.
            self.write_all(part).await;
        }
    }

    /// Writes a batch, or returns the parts into which it falls: one of them cannot be written, and nothing was.
    async fn write_all(&mut self, mut batch: Batch<DB::Connection>) -> Vec<Batch<DB::Connection>> {
        if self.full_at.is_some_and(|at| at.elapsed() >= RESERVE_EVERY) {
            self.keep_reserve().await;
        }
        if self.full_at.is_some() {
            // What little can be written is for ending and purging rooms.
            batch.refuse_what_grows(&disk_full());
        }
        let committed = if batch.is_empty() && self.doubt.is_empty() {
            Ok(Vec::new())
        } else {
            match within(self.commit(&mut batch)).await {
                Ok(Committed { outcomes, news }) => {
                    for (room, entries) in news {
                        self.observer.appended(&room, &entries);
                    }
                    self.health.committed();
                    Ok(outcomes)
                }
                Err(error) if is_of_a_row(&error) && batch.can_be_parted() => {
                    tracing::error!(%error, "one of the writes cannot be: each room's are written by themselves");
                    return batch.by_room();
                }
                Err(error) => {
                    let is_of_a_row = is_of_a_row(&error);
                    let error = self.failed(error, batch.len());
                    if !is_of_a_row {
                        self.health.failed(error.clone());
                    }
                    Err(error)
                }
            }
        };
        batch.settle(committed);
        Vec::new()
    }

    /// Notes a failure, for all who waited for what failed.
    fn failed(&mut self, error: sqlx::Error, waiting: usize) -> LogError {
        tracing::error!(%error, waiting, "the database failed");
        self.summed_at = None;
        if self.reserve.is_missed(&error) {
            self.reserve.release();
            self.full_at = Some(Instant::now());
            self.health.set_full(true);
        }
        let error = LogError::from(error);
        if self.is_committing { error.lost() } else { error }
    }

    async fn keep_reserve(&mut self) {
        let reserve = Arc::clone(&self.reserve);
        let kept = spawn_blocking(move || reserve.keep()).await.unwrap_or(false);
        self.full_at = if kept { None } else { Some(Instant::now()) };
        self.health.set_full(!kept);
    }
}

/// Whether an error came of what was asked, not of the connection to who was asked.
pub(super) fn is_of_a_statement(error: &sqlx::Error) -> bool {
    use sqlx::Error;
    matches!(
        error,
        Error::Database(_) | Error::RowNotFound | Error::ColumnDecode { .. } | Error::Decode(_) | Error::Encode(_)
    )
}

/// Whether an error came of what certain rows hold. Asked of others, the database answers.
pub(super) fn is_of_a_row(error: &sqlx::Error) -> bool {
    match error.as_database_error() {
        Some(error) => error.kind() != ErrorKind::Other,
        None => is_of_a_statement(error),
    }
}

/// Lets those who were just answered go on: what they write next shares a commit. Costs no time when they do not.
async fn gather<T>(queue: &mpsc::Receiver<T>) {
    let mut before = None;
    while before < Some(queue.len()) && queue.len() < BATCH {
        before = Some(queue.len());
        yield_now().await;
    }
}

/// A database that does not answer has failed: nobody waits for it for ever.
async fn within<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    timeout(COMMIT_WITHIN, work)
        .await
        .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}
