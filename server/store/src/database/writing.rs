//! The task that writes: takes all that waits, commits it at once, tells the observer, then those who wait.

use std::{
    collections::{BTreeMap, HashMap},
    io,
    sync::Arc,
    time::Duration,
};

use clock::Clock;
use sqlx::{ConnectOptions, Connection, error::ErrorKind};
use tokio::{
    select,
    sync::mpsc,
    task::{spawn_blocking, yield_now},
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use wire::{
    domain::{RoomId, Seq, Timestamp},
    protocol::Entry,
};

use super::{
    AmendStatements, EntryStatements, Options, Reserve,
    batch::{Batch, Write},
    health::{Health, disk_full},
    plan::{Known, Plan},
    text::{Left, StoredText},
};
use crate::{Appended, LogError, Observer, PAGE_MAX, Page};

/// Writes in one transaction, at most: it bounds how long the first of them waits for the last.
const BATCH: usize = 512;

/// How long a transaction may take, from connecting to the commit. Longer, and those who wait are told that it failed.
const COMMIT_WITHIN: Duration = Duration::from_secs(10);

/// Between attempts to find out what a failed commit did, where nothing else is written.
const DOUBT_EVERY: Duration = Duration::from_secs(1);

/// How often all rooms' bytes are summed up anew: another process may have rooms in the same database.
const SUM_EVERY: Duration = Duration::from_secs(60);

/// The same, while rooms are purged.
const SUM_AFTER: Duration = Duration::from_secs(1);

/// Between attempts to get the reserve back.
const RESERVE_EVERY: Duration = Duration::from_secs(1);

/// The writing task's state.
pub(super) struct Writing<DB: AmendStatements + EntryStatements> {
    options: Options<DB>,
    /// None after a failure: whatever state the old one was in ends with it.
    connection: Option<DB::Connection>,
    /// Rooms in which a commit may have succeeded although it seemed to fail, and the last entry before it. The next
    /// transaction looks, so that the observer hears of every entry that is in the log.
    doubt: BTreeMap<RoomId, Seq>,
    reserve: Arc<dyn Reserve>,
    /// What is told of how it goes.
    health: Arc<Health>,
    /// When the reserve was missing last. None while it is held.
    full_at: Option<Instant>,
    clock: Arc<dyn Clock>,
    observer: Arc<dyn Observer>,
    text: StoredText,
    /// When all rooms' bytes were summed up last. None where what was counted since may be wrong.
    summed_at: Option<Instant>,
}

/// What a transaction did.
struct Committed {
    /// What became of each draft.
    outcomes: Vec<Result<Appended, LogError>>,
    /// What the observer has not heard of, in each room's order.
    news: Vec<(RoomId, Vec<Entry>)>,
}

impl<DB: AmendStatements + EntryStatements> Writing<DB> {
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
            batch.refuse_drafts(&disk_full());
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
        error.into()
    }

    async fn keep_reserve(&mut self) {
        let reserve = Arc::clone(&self.reserve);
        let kept = spawn_blocking(move || reserve.keep()).await.unwrap_or(false);
        self.full_at = if kept { None } else { Some(Instant::now()) };
        self.health.set_full(!kept);
    }

    async fn commit(&mut self, batch: &mut Batch<DB::Connection>) -> sqlx::Result<Committed> {
        // Only a connection that came through without an error is put back.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let mut transaction = if let Ok(transaction) = connection.begin_with(DB::BEGIN).await {
            transaction
        } else {
            // It died since; nothing was asked of it yet.
            connection = self.options.connect().await?;
            connection.begin_with(DB::BEGIN).await?
        };
        let on = &mut *transaction;
        let now = self.clock.now();

        let mut rooms = batch.rooms();
        rooms.extend(self.doubt.keys());
        let locked = DB::lock(on, &Vec::from_iter(rooms), now).await?;
        if !batch.drafts.is_empty() && self.is_sum_due() {
            self.text.freshen();
            self.text.all.recount(DB::text(on).await?);
            self.summed_at = Some(Instant::now());
        }
        let left = |bytes: u64| self.text.room.saturating_sub(bytes);
        let left = Left {
            server: Some(self.text.all.left()),
            rooms: locked
                .iter()
                .map(|(room, (_, bytes))| (room.clone(), left(*bytes)))
                .collect(),
        };
        let ends: HashMap<_, _> = locked.into_iter().map(|(room, (end, _))| (room, end)).collect();
        let mut news = missed::<DB>(on, &self.doubt, now).await?;
        // Neither is asked for where it cannot matter: most batches are new messages only.
        let mut known = Known {
            left,
            ..Known::default()
        };
        if batch.amends() {
            known.amendable = DB::amendable(on, &batch.drafts).await?;
            // A deletion's retry is about what is deleted.
            known.sent = DB::sent(on, &batch.drafts).await?;
        }
        let mut plan = Plan::of(&batch.drafts, ends.clone(), known.clone(), now);
        if plan.is_short && !batch.amends() {
            // A retry needs no space.
            known.sent = DB::sent(on, &batch.drafts).await?;
            plan = Plan::of(&batch.drafts, ends.clone(), known.clone(), now);
        }
        if !DB::insert(on, &plan.fresh).await? {
            // Retries are among them. They are rare: to look for them pays only now.
            DB::readmit(on, &ends).await?;
            known.sent = DB::sent(on, &batch.drafts).await?;
            plan = Plan::of(&batch.drafts, ends, known, now);
            if !DB::insert(on, &plan.fresh).await? {
                return Err(sqlx::Error::Protocol("an entry is in its own way".to_owned()));
            }
        }
        for rewrite in &plan.rewrites {
            *plan.growth.entry(rewrite.room.clone()).or_default() += DB::rewrite(on, rewrite).await?;
        }
        DB::advance(on, &plan.fresh, &plan.growth).await?;
        run_jobs::<DB>(on, batch, &*self.reserve).await?;

        for (room, entries) in &plan.fresh {
            if let Some(first) = entries.first() {
                self.doubt.entry(room.clone()).or_insert(Seq(first.seq().0 - 1));
            }
        }
        transaction.commit().await?;
        self.doubt.clear();
        self.text.all.count(plan.growth.values().sum());
        self.connection = Some(connection);
        news.extend(plan.fresh);
        Ok(Committed {
            outcomes: plan.outcomes,
            news,
        })
    }

    fn is_sum_due(&self) -> bool {
        let age = self.summed_at.map(|at| at.elapsed());
        age.is_none_or(|age| age >= SUM_EVERY || (age >= SUM_AFTER && self.text.is_stale()))
    }
}

/// Does what is to be done besides entries. What fails by itself takes back what it did, and nothing else.
async fn run_jobs<DB: sqlx::Database>(
    on: &mut DB::Connection,
    batch: &mut Batch<DB::Connection>,
    reserve: &dyn Reserve,
) -> sqlx::Result<()> {
    let is_alone = batch.len() == 1;
    for todo in batch.jobs() {
        if is_alone {
            todo.job.run(on).await?;
            continue;
        }
        let mut part = on.begin().await?;
        let done = todo.job.run(&mut part).await;
        match done {
            Ok(()) => part.commit().await?,
            // On a full disk nothing can be written, whoever tries.
            Err(error) if is_of_a_statement(&error) && !reserve.is_missed(&error) => {
                part.rollback().await?;
                tracing::error!(%error, "one of the writes failed, by itself");
                todo.failed = Some(error.into());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Whether an error came of what was asked, not of the connection to who was asked.
fn is_of_a_statement(error: &sqlx::Error) -> bool {
    use sqlx::Error;
    matches!(
        error,
        Error::Database(_) | Error::RowNotFound | Error::ColumnDecode { .. } | Error::Decode(_) | Error::Encode(_)
    )
}

/// Whether an error came of what certain rows hold. Asked of others, the database answers.
fn is_of_a_row(error: &sqlx::Error) -> bool {
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

/// What is in the log of rooms in doubt and the observer has not heard of.
async fn missed<DB: EntryStatements>(
    on: &mut DB::Connection,
    doubt: &BTreeMap<RoomId, Seq>,
    now: Timestamp,
) -> sqlx::Result<Vec<(RoomId, Vec<Entry>)>> {
    let mut missed = Vec::new();
    for (room, after) in doubt {
        let mut cursor = *after;
        // A closed room has no page, and nobody who would hear of it.
        while let Some(entries) = DB::page(on, room, Page::After(cursor, PAGE_MAX), now).await?
            && let Some(last) = entries.last()
        {
            cursor = last.seq();
            missed.push((room.clone(), entries));
        }
    }
    Ok(missed)
}

/// A database that does not answer has failed: nobody waits for it for ever.
async fn within<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    timeout(COMMIT_WITHIN, work)
        .await
        .unwrap_or_else(|_| Err(io::Error::from(io::ErrorKind::TimedOut).into()))
}
