//! Which store: chosen by the database's URL.

use std::{io, path::Path, sync::Arc};

use async_trait::async_trait;
use sqlx::migrate::MigrateError;

use super::{
    Log, MemoryLog, Observer, PostgresStore, Registry, SqliteStore,
    database::{Database, Store},
    routed::Routed,
};
use crate::{clock::Clock, random::Random};

/// The rooms of this server and their logs, whatever keeps them.
#[derive(Clone)]
pub struct Stores {
    /// The entries of stored and live rooms.
    pub log: Arc<dyn Log>,
    /// The rooms and who belongs to them.
    pub registry: Arc<dyn Registry>,
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
    /// No store goes by that URL.
    #[error("the database must be sqlite:<path> or postgres://…")]
    UnknownScheme,
    /// The database's file or folder cannot be created.
    #[error("the database's file cannot be used: {0}")]
    File(#[from] io::Error),
    /// The database cannot be reached, or refuses what is asked of it.
    #[error("the database cannot be used: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables cannot be brought up to date.
    #[error("the database's tables cannot be brought up to date: {0}")]
    Migration(#[from] MigrateError),
}

/// Opens the database and brings its tables up to date. Stored rooms' logs are in it; live rooms' logs are in memory,
/// empty and of a new epoch.
///
/// `database_url` is `sqlite:<path>` or a path (the file and its folder are created), or `postgres://…`.
///
/// # Errors
/// [`OpenError`], with a sentence for the operator.
pub async fn open(
    database_url: &str,
    clock: Arc<dyn Clock>,
    random: &dyn Random,
    observer: Arc<dyn Observer>,
) -> Result<Stores, OpenError> {
    let (own_clock, own_observer) = (Arc::clone(&clock), Arc::clone(&observer));
    match database_url.split_once(':') {
        Some(("postgres" | "postgresql", _)) => {
            let store = PostgresStore::open(database_url, own_clock, own_observer).await?;
            Ok(with_memory(store, clock, random, observer))
        }
        None | Some(("sqlite", _)) => {
            let path = database_url.strip_prefix("sqlite:").unwrap_or(database_url);
            let path = Path::new(path.strip_prefix("//").unwrap_or(path));
            let store = SqliteStore::open(path, own_clock, own_observer).await?;
            Ok(with_memory(store, clock, random, observer))
        }
        Some(_) => Err(OpenError::UnknownScheme),
    }
}

fn with_memory<DB: Database>(
    store: Store<DB>,
    clock: Arc<dyn Clock>,
    random: &dyn Random,
    observer: Arc<dyn Observer>,
) -> Stores {
    let database = Arc::new(store);
    let live = MemoryLog::new(Arc::clone(&database) as _, clock, observer, random.epoch());
    let routed = Arc::new(Routed::new(Arc::clone(&database), Arc::new(live)));
    Stores {
        log: Arc::clone(&routed) as _,
        registry: routed,
        database,
    }
}
