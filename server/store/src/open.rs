//! Which store: chosen by the database's URL.

use std::{io, sync::Arc};

use async_trait::async_trait;
use clock::Clock;
use sqlx::migrate::MigrateError;
use wire::domain::{Epoch, Timestamp};

use super::{
    Bounds, Log, LogError, MemoryLog, Observer, PostgresStore, Registry, Space, SqliteStore,
    database::{Database, Store, StoredText},
    routed::Routed,
    url::{Location, UrlError, locate},
};

/// The rooms of this server and their logs, whatever keeps them.
#[derive(Clone)]
pub struct Stores {
    /// The entries of stored and live rooms.
    pub log: Arc<dyn Log>,
    /// The rooms and who belongs to them.
    pub registry: Arc<dyn Registry>,
    /// How much of everything there is.
    pub space: Space,
    database: Arc<dyn Close>,
}

impl Stores {
    /// Takes no more writes, and returns when all that were taken are committed.
    pub async fn close(&self) {
        self.database.close().await;
    }
}

#[async_trait]
trait Close: Send + Sync {
    async fn close(&self);
}

#[async_trait]
impl<DB: Database> Close for Store<DB> {
    async fn close(&self) {
        self.close().await;
    }
}

/// Why there is no store. The URL may hold a password and is not repeated.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL names no database that can be used.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The database's file or folder cannot be created.
    #[error("the database's file cannot be used: {0}")]
    File(#[from] io::Error),
    /// Another process has the database's file.
    #[error(
        "another server is using this database file. Stop that one first, or give this one its own by DATA_DIR or \
         DATABASE_URL; several servers can share a Postgres"
    )]
    InUse,
    /// Between the database and the server is a pooler that does not keep sessions.
    #[error(
        "this Postgres is reached by a pooler that keeps no sessions, such as pgbouncer's transaction pooling, Supabase's \
         port 6543 or Neon's -pooler address. Give DATABASE_URL the address of the database itself"
    )]
    Pooled,
    /// The database cannot be reached, or refuses what is asked of it.
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// What is in it cannot be counted.
    #[error("what is in the database cannot be counted: {0}")]
    Count(#[from] LogError),
    /// The tables cannot be brought up to date.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migration(#[from] MigrateError),
}

/// Opens the database and brings its tables up to date. Stored rooms' logs are in it; live rooms' logs are in memory,
/// empty and of `epoch`, which has to be new.
///
/// There is as much as `bounds` say: beyond that, rooms and what is said in them is refused.
///
/// `database_url` is `sqlite:<path>` or a path (the file and its folder are created), or `postgres://…`.
///
/// # Errors
/// [`OpenError`], with a sentence for the operator.
pub async fn open(
    database_url: &str,
    clock: Arc<dyn Clock>,
    epoch: Epoch,
    observer: Arc<dyn Observer>,
    bounds: Bounds,
) -> Result<Stores, OpenError> {
    let space = Space::new(&bounds);
    let text = StoredText::new(&space, &bounds);
    let (own_clock, own_observer) = (Arc::clone(&clock), Arc::clone(&observer));
    match locate(database_url)? {
        Location::Postgres => {
            let store = PostgresStore::open(database_url, own_clock, own_observer, text).await?;
            with_memory(store, clock, epoch, observer, space).await
        }
        Location::Sqlite(path) => {
            let store = SqliteStore::open(path, own_clock, own_observer, text).await?;
            with_memory(store, clock, epoch, observer, space).await
        }
    }
}

async fn with_memory<DB: Database>(
    store: Store<DB>,
    clock: Arc<dyn Clock>,
    epoch: Epoch,
    observer: Arc<dyn Observer>,
    space: Space,
) -> Result<Stores, OpenError> {
    store.count_text().await?;
    // Those whose time is over and that nobody has ended yet, too: their end is still to be noted.
    space.rooms.recount(store.count_open(Timestamp::from_millis(0)).await?);
    let database = Arc::new(store);
    let held = Arc::clone(&space.live_text);
    let live = MemoryLog::new(Arc::clone(&database) as _, clock, observer, epoch, held);
    let routed = Routed::new(Arc::clone(&database), Arc::new(live), Arc::clone(&space.rooms));
    let routed = Arc::new(routed);
    Ok(Stores {
        log: Arc::clone(&routed) as _,
        registry: routed,
        space,
        database,
    })
}
