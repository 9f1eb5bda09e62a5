//! One server has the file. Two would each believe to be the only writer: neither would tell its people what the other's
//! say, and each would end what is the other's.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::OpenError;

/// Takes the lock of the database at `path`, by whatever name it goes, for as long as the file is kept. It goes with the
/// process, however that ends: what a killed one leaves is a file and no lock.
///
/// # Errors
/// [`OpenError::InUse`] where another has it; [`OpenError::File`] when the file cannot be made.
pub(super) fn take(path: &Path) -> Result<File, OpenError> {
    let lock = super::beside(&path.canonicalize()?, "-lock");
    let file = super::private_file().append(true).open(lock)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(OpenError::InUse),
        // Some network file systems have no locks. What worked there until now goes on.
        Err(TryLockError::Error(error)) => {
            tracing::warn!(%error, "the database's file cannot be locked: see to it that no other server uses it");
        }
    }
    Ok(file)
}
