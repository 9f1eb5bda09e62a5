//! A file that only takes place, next to the database, to be given up when the disk is full: what deletes needs a place
//! to write, too.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use crate::log::database::Reserve;

/// Bytes in a block of the file, random so that no file system keeps less of them.
const BLOCK: usize = 1024 * 1024;

/// Blocks in the file. A purge writes a transaction to the write-ahead log and that log to the database: 8 MiB are more
/// than the largest of the one and the usual size of the other.
const BLOCKS: usize = 8;

/// `SQLITE_FULL`.
const FULL: &str = "13";

/// The file.
pub(super) struct ReserveFile(PathBuf);

impl ReserveFile {
    /// The one that belongs to the database at `path`.
    pub(super) fn of(path: &Path) -> Self {
        let mut name = path.as_os_str().to_owned();
        name.push("-reserve");
        Self(name.into())
    }

    fn write(&self) -> io::Result<()> {
        let mut block = vec![0; BLOCK];
        getrandom::fill(&mut block)?;
        let mut file = super::private_file().write(true).truncate(true).open(&self.0)?;
        (0..BLOCKS).try_for_each(|_| file.write_all(&block))
    }
}

impl Reserve for ReserveFile {
    fn keep(&self) -> bool {
        let is_there = fs::metadata(&self.0).is_ok_and(|file| file.len() == (BLOCK * BLOCKS) as u64);
        let kept = is_there || self.write().is_ok();
        if !kept {
            // Half a reserve is better left to what has to be written.
            self.release();
        }
        kept
    }

    fn release(&self) {
        // Where there is none, or it cannot be removed, there is nothing more to be done.
        let _ = fs::remove_file(&self.0);
    }

    fn is_missed(&self, error: &sqlx::Error) -> bool {
        error
            .as_database_error()
            .is_some_and(|error| error.code().as_deref() == Some(FULL))
    }
}
