//! Where a log stands, and which part of it somebody reads.

use wire::domain::{Epoch, Seq};

/// Entries in a page of the log, at most. A replay of a long room is many pages.
pub const PAGE_MAX: usize = 200;

/// Bytes of words in a page, more or less; one entry is in it in any case. A page is held until its reader has taken it:
/// a thousand readers that take nothing hold 64 MB of them, where two hundred of the longest texts each would be 3 GB.
pub const PAGE_BYTES: usize = 64 * 1024;

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Which log it is. New whenever the log starts over.
    pub epoch: Epoch,
    /// The oldest entry still kept is the one after this: a cursor before it has missed something.
    pub kept_after: Seq,
    /// The newest entry.
    pub last: Seq,
}

/// A part of a log, always in ascending order and at most [`PAGE_MAX`] entries, or [`PAGE_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The first `limit` entries after the cursor.
    After(Seq, usize),
    /// The last `limit` entries before the cursor.
    Before(Seq, usize),
}
