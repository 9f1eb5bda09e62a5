//! Which store: chosen by the database's URL.

use std::sync::Arc;

use super::{Log, Observer, Registry};
use crate::{clock::Clock, random::Random};

/// The rooms of this server and their logs, whatever keeps them.
#[derive(Clone)]
pub struct Stores {
    /// The entries of stored and live rooms.
    pub log: Arc<dyn Log>,
    /// The rooms and who belongs to them.
    pub registry: Arc<dyn Registry>,
}

/// Why there is no store.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No store goes by that URL. The URL itself may hold a password and is not repeated.
    #[error("the database must be sqlite:<path> or postgres://…")]
    UnknownScheme,
}

/// Opens the database and brings its tables up to date. Stored rooms' logs are in it; live rooms' logs are in memory,
/// empty and of a new epoch.
///
/// `database_url` is `sqlite:<path>` (the file and its folder are created) or `postgres://…`.
///
/// # Errors
/// [`OpenError`], with a sentence for the operator.
pub async fn open(
    database_url: &str,
    _clock: Arc<dyn Clock>,
    _random: &dyn Random,
    _observer: Arc<dyn Observer>,
) -> Result<Stores, OpenError> {
    let _ = database_url;
    Err(OpenError::UnknownScheme)
}
