//! Why a store does not do what it was asked, or does not open.

use std::{fmt, io, sync::Arc};

use admission::Exhausted;
use sqlx::migrate::MigrateError;

use crate::url::UrlError;

/// Why a log did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum LogError {
    /// The room has ended, expired or never was: its log takes and gives nothing.
    #[error("the room is closed")]
    Closed,
    /// What a draft is about is deleted, or not kept any more. Nothing was taken.
    #[error("what it is about is gone")]
    Gone,
    /// There is no space for it; nothing was taken.
    #[error(transparent)]
    Full(#[from] Exhausted),
    /// More waits to be written than is allowed to; nothing was taken. Try again shortly.
    #[error("the store is busy")]
    Busy,
    /// The store failed; nothing happened.
    #[error("the store failed: {0}")]
    Store(#[source] Arc<dyn std::error::Error + Send + Sync>),
    /// The store failed in the moment of its commit: all of it happened, or nothing, which is for a retry (of a message,
    /// under the same `client_id`) to find out.
    #[error("the store did not say whether it committed: {0}")]
    Lost(#[source] Arc<dyn std::error::Error + Send + Sync>),
}

impl LogError {
    /// The same failure, in the moment of a commit.
    pub(crate) fn lost(self) -> Self {
        match self {
            Self::Store(error) => Self::Lost(error),
            other => other,
        }
    }
}

impl From<sqlx::Error> for LogError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(Arc::new(Fault(error)))
    }
}

/// A database's error as it may stand in a log line. The `Debug` of the error itself quotes rows.
#[derive(thiserror::Error)]
#[error("{0}")]
struct Fault(sqlx::Error);

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
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
