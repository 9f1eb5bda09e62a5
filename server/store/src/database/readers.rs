//! The connections that read. Nobody asks one whether it is well before and after each look-up: where one turns out to be
//! dead, the look-up, which changes nothing, is made again on a new one.

use std::{
    mem,
    ops::{Deref, DerefMut},
    sync::Arc,
    time::Duration,
};

use parking_lot::Mutex;
use sqlx::{ConnectOptions, Connection, Database};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{Answer, Options, writing::is_of_a_statement};

/// How long a read may take, the wait for a connection included. Longer, and nobody is waiting for it any more.
const READ_WITHIN: Duration = Duration::from_secs(5);

/// What Postgres says whose connections end with it.
const GOING: &str = "57P";

/// Connections that read, made when they are needed.
pub(super) struct Readers<DB: Database> {
    options: Options<DB>,
    /// As many read at once.
    places: Arc<Semaphore>,
    idle: Arc<Idle<DB>>,
}

/// Connections that nobody uses now. The one that was used last is used next.
type Idle<DB> = Mutex<Vec<<DB as Database>::Connection>>;

/// A connection that is lent to who reads.
pub(super) struct Lent<DB: Database> {
    /// None when it is given back.
    connection: Option<DB::Connection>,
    idle: Arc<Idle<DB>>,
    _place: OwnedSemaphorePermit,
}

impl<DB: Database> Readers<DB> {
    /// So many, none of them connected yet.
    pub(super) fn new(options: Options<DB>, most: usize) -> Self {
        Self {
            options,
            places: Arc::new(Semaphore::new(most)),
            idle: Arc::default(),
        }
    }

    /// Reads, in the time that a read may take.
    pub(super) async fn read<T, R>(&self, read: impl Fn(Lent<DB>) -> R + Send + Sync) -> sqlx::Result<T>
    where
        T: Send,
        R: Answer<T>,
    {
        let read = async {
            let (lent, is_new) = self.lend().await?;
            match read(lent).await {
                Err(error) if !is_new && is_dead(&error) => {
                    // With one of them, all are suspect.
                    drop(mem::take(&mut *self.idle.lock()));
                    read(self.lend().await?.0).await
                }
                done => done,
            }
        };
        timeout(READ_WITHIN, read)
            .await
            .unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// A connection, and whether it is new.
    async fn lend(&self) -> sqlx::Result<(Lent<DB>, bool)> {
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|_| sqlx::Error::PoolClosed)?;
        let idle = self.idle.lock().pop();
        let is_new = idle.is_none();
        let connection = match idle {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let lent = Lent {
            connection: Some(connection),
            idle: Arc::clone(&self.idle),
            _place: place,
        };
        Ok((lent, is_new))
    }

    /// Lends no more, and closes those that are not lent.
    pub(super) async fn close(&self) {
        self.places.close();
        let idle = mem::take(&mut *self.idle.lock());
        for connection in idle {
            // What closing fails at can be left to the database.
            let _ = connection.close().await;
        }
    }
}

fn is_dead(error: &sqlx::Error) -> bool {
    match error.as_database_error() {
        Some(error) => error.code().is_some_and(|code| code.starts_with(GOING)),
        None => !is_of_a_statement(error),
    }
}

impl<DB: Database> Deref for Lent<DB> {
    type Target = DB::Connection;

    fn deref(&self) -> &DB::Connection {
        self.connection.as_ref().expect("it is given back at the end")
    }
}

impl<DB: Database> DerefMut for Lent<DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        self.connection.as_mut().expect("it is given back at the end")
    }
}

impl<DB: Database> Drop for Lent<DB> {
    fn drop(&mut self) {
        // Whoever goes away in the middle of a read leaves an answer behind, which the next one's comes after.
        let connection = self.connection.take();
        self.idle.lock().extend(connection);
    }
}
