//! A file that only takes place, next to the database, to be given up when the disk is full: what deletes needs a place
//! to write, too.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use crate::database::Reserve;

/// Bytes in a block of the file, random so that no file system keeps less of them.
const BLOCK: usize = 1024 * 1024;

/// Blocks in the file. A purge writes a transaction to the write-ahead log and that log to the database: 8 MiB are more
/// than the largest of the one and the usual size of the other.
const BLOCKS: usize = 8;

/// Bytes that are written to find out whether there is space: three of the longest entries.
const PROBE: usize = 64 * 1024;

/// `SQLITE_FULL`.
const FULL: &str = "13";

/// The file, and the one by which the disk is probed.
pub(super) struct ReserveFile {
    path: PathBuf,
    probe: PathBuf,
}

impl ReserveFile {
    /// The one that belongs to the database at `path`.
    pub(super) fn of(path: &Path) -> Self {
        Self {
            path: super::beside(path, "-reserve"),
            probe: super::beside(path, "-probe"),
        }
    }
}

/// Writes a file of some blocks.
fn write(path: &Path, block: usize, blocks: usize) -> io::Result<()> {
    let mut bytes = vec![0; block];
    getrandom::fill(&mut bytes)?;
    let mut file = super::private_file().write(true).truncate(true).open(path)?;
    (0..blocks).try_for_each(|_| file.write_all(&bytes))
}

impl Reserve for ReserveFile {
    fn keep(&self) -> bool {
        let is_there = fs::metadata(&self.path).is_ok_and(|file| file.len() == (BLOCK * BLOCKS) as u64);
        let kept = is_there || write(&self.path, BLOCK, BLOCKS).is_ok();
        if !kept {
            // Half a reserve is better left to what has to be written.
            self.release();
        }
        kept
    }

    fn release(&self) {
        // Where there is none, or it cannot be removed, there is nothing more to be done.
        let _ = fs::remove_file(&self.path);
    }

    fn has_space(&self) -> bool {
        let has_space = write(&self.probe, PROBE, 1).is_ok();
        // What cannot be removed is written over the next time.
        let _ = fs::remove_file(&self.probe);
        has_space
    }

    fn is_missed(&self, error: &sqlx::Error) -> bool {
        error
            .as_database_error()
            .is_some_and(|error| error.code().as_deref() == Some(FULL))
    }
}
