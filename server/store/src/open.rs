//! Which store: chosen by the database's URL.

use std::sync::Arc;

use async_trait::async_trait;
use clock::Clock;
use wire::domain::{Epoch, Timestamp};

use super::{
    Bounds, Log, MediaRegistry, Observer, OpenError, PostgresStore, Registry, Space, SqliteStore, Upkeep,
    database::{Database, Store, StoredText},
    memory::{Memories, MemoryLog},
    routed::Routed,
    url::{Location, locate},
};

/// The rooms of this server and their logs, whatever keeps them.
#[derive(Clone)]
pub struct Stores {
    /// The entries of stored and live rooms.
    pub log: Arc<dyn Log>,
    /// The rooms and who belongs to them.
    pub registry: Arc<dyn Registry>,
    /// What was shared in them.
    pub media: Arc<dyn MediaRegistry>,
    /// What is to be looked after.
    pub upkeep: Arc<dyn Upkeep>,
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

/// Opens the database and brings its tables up to date. Stored rooms' logs are in it; live rooms' logs are in memory,
/// empty and of `epoch`, which has to be new: each in its room's memory, one of `memories`.
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
    memories: Arc<dyn Memories>,
    bounds: Bounds,
) -> Result<Stores, OpenError> {
    let space = Space::new(&bounds);
    let text = StoredText::new(&space, &bounds);
    let (own_clock, own_observer) = (Arc::clone(&clock), Arc::clone(&observer));
    match locate(database_url)? {
        Location::Postgres => {
            let store = PostgresStore::open(database_url, own_clock, own_observer, text).await?;
            with_memory(store, clock, epoch, observer, memories, space).await
        }
        Location::Sqlite(path) => {
            let store = SqliteStore::open(path, own_clock, own_observer, text).await?;
            with_memory(store, clock, epoch, observer, memories, space).await
        }
    }
}

async fn with_memory<DB: Database>(
    store: Store<DB>,
    clock: Arc<dyn Clock>,
    epoch: Epoch,
    observer: Arc<dyn Observer>,
    memories: Arc<dyn Memories>,
    space: Space,
) -> Result<Stores, OpenError>
where
    Store<DB>: Registry + MediaRegistry + Upkeep,
{
    store.count_text().await?;
    // Those whose time is over and that nobody has ended yet, too: their end is still to be noted.
    space.rooms.recount(store.count_open(Timestamp::from_millis(0)).await?);
    let database = Arc::new(store);
    let held = Arc::clone(&space.live_text);
    let registry = Arc::clone(&database) as _;
    let live = MemoryLog::new(Arc::clone(&memories), registry, clock, observer, epoch, held);
    let log = Routed::new(
        Arc::clone(&database),
        Arc::new(live),
        memories,
        Arc::clone(&space.rooms),
    );
    Ok(Stores {
        log: Arc::new(log),
        registry: Arc::clone(&database) as _,
        media: Arc::clone(&database) as _,
        upkeep: Arc::clone(&database) as _,
        space,
        database,
    })
}
