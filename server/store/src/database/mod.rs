//! Rooms and entries in an SQL database.
//!
//! Everything that is written goes through one task, the [writer], which shares commits: all that waits is one
//! transaction. Reads have a pool of their own. What differs between databases is a [`Dialect`].

mod amend;
mod at_once;
mod batch;
mod commands;
mod dialect;
mod entries;
mod health;
mod job;
mod json;
mod log;
mod media;
mod migrations;
mod plan;
mod purging;
mod readers;
mod registry;
mod reserve;
mod row;
mod running;
mod text;
mod transaction;
mod upkeep;
mod writer;
mod writing;

use std::{
    fs::File,
    sync::{Arc, atomic::AtomicBool},
};

use clock::Clock;
use parking_lot::Mutex;
use sqlx::Connection;
use tokio::{sync::Mutex as AsyncMutex, task::spawn_blocking};

use amend::AmendStatements;
use at_once::AtOnceStatements;
use commands::CommandStatements;
pub use dialect::Dialect;
use entries::EntryStatements;
#[cfg(test)]
pub(super) use entries::FIRST;
use health::{Health, disk_full};
pub use migrations::migrations;
use readers::{Lent, Readers};
pub(super) use registry::arrival;
#[cfg(test)]
pub(super) use registry::{INSIDE, MEMBER, MEMBERS};
pub use reserve::{NoReserve, Reserve};
pub use text::StoredText;
#[cfg(test)]
pub(super) use upkeep::FORGET;
use writer::Writer;
use writing::Writing;

use super::{LogError, Observer};

/// What a database answers, in time.
pub trait Answer<T>: Future<Output = sqlx::Result<T>> + Send {}
impl<T, F: Future<Output = sqlx::Result<T>> + Send> Answer<T> for F {}

/// A database that keeps rooms and logs.
pub trait Database: AmendStatements + AtOnceStatements + CommandStatements + EntryStatements {}
impl<DB> Database for DB where DB: AmendStatements + AtOnceStatements + CommandStatements + EntryStatements {}

/// How to connect to a database.
pub type Options<DB> = <<DB as sqlx::Database>::Connection as Connection>::Options;

/// The rooms in a database, and the logs of those that are stored.
pub struct Store<DB: Database> {
    readers: Readers<DB>,
    writer: Writer<DB>,
    reserve: Arc<dyn Reserve>,
    health: Arc<Health>,
    clock: Arc<dyn Clock>,
    /// Whether something was deleted or rewritten that is still in files. An earlier process may have left some.
    unscrubbed: Arc<AtomicBool>,
    text: StoredText,
    /// Keeps other processes from the database until this store is closed, where they could harm each other.
    held: Mutex<Option<File>>,
    /// Scrubs take turns, on connections of their own: whoever writes does not wait for one. Holds whether one of them
    /// has given the reserve up.
    scrubbing: AsyncMutex<bool>,
    scrubs: Options<DB>,
}

impl<DB: Database> Store<DB> {
    /// A store that reads by so many `reads` at once, and writes and scrubs by connections of their own, on a disk with
    /// `reserve`. The tables are up to date.
    pub(super) fn new(
        (reads, readers): (Options<DB>, usize),
        writes: Options<DB>,
        scrubs: Options<DB>,
        reserve: Arc<dyn Reserve>,
        clock: Arc<dyn Clock>,
        observer: Arc<dyn Observer>,
        text: StoredText,
    ) -> Self {
        let health = Arc::<Health>::default();
        let space = (Arc::clone(&reserve), Arc::clone(&health));
        let writing = Writing::<DB>::new(writes, space, Arc::clone(&clock), observer, text.clone());
        Self {
            readers: Readers::new(reads, readers),
            writer: Writer::start(writing),
            reserve,
            health,
            clock,
            unscrubbed: Arc::new(AtomicBool::new(true)),
            text,
            held: Mutex::default(),
            scrubbing: AsyncMutex::default(),
            scrubs,
        }
    }

    /// The same store, which has this lock until it is closed.
    pub(super) fn holding(self, lock: File) -> Self {
        Self {
            held: Mutex::new(Some(lock)),
            ..self
        }
    }

    /// Takes no more writes, and returns when all that it took are written.
    pub async fn close(&self) {
        self.writer.close().await;
        self.readers.close().await;
        self.held.lock().take();
    }

    /// Whether writes succeed and the disk has space for more, as far as was found out within the last second.
    async fn check_space(&self) -> Result<(), LogError> {
        self.health.check()?;
        let has_space = match self.health.space() {
            Some(said) => said,
            None => {
                let reserve = Arc::clone(&self.reserve);
                let said = spawn_blocking(move || reserve.has_space()).await.unwrap_or(false);
                self.health.set_space(said);
                said
            }
        };
        if has_space { Ok(()) } else { Err(disk_full()) }
    }

    /// Reads, in the time that a read may take.
    async fn read<T, R>(&self, read: impl Fn(Lent<DB>) -> R + Send + Sync) -> Result<T, LogError>
    where
        T: Send,
        R: Answer<T>,
    {
        self.readers.read(read).await.map_err(LogError::from)
    }
}
