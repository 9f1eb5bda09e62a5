//! What differs between databases.

use sqlx::Database;

use super::{Answer, Options};

/// A database that can keep rooms: the few statements in which it differs from others. Lists go into a statement as
/// one parameter, an array in JSON, so that a batch of any size is one prepared statement.
pub trait Dialect: Database {
    /// Begins a transaction that will write.
    const BEGIN: &'static str;

    /// Locks rooms until the transaction ends, in one order for everybody, so that nobody waits for each other.
    ///
    /// `$1`: the rooms' ids; `$2`: the time now. Returns `id`, `last_seq`, `text_bytes` and `writable`: whether the room is open and
    /// keeps its history, without which its log must never see an entry.
    const LOCK: &'static str;

    /// Finds the messages among drafts that are in the log already.
    ///
    /// `$1`: `[room, participant, client id or null]` for each draft. Returns `draft`, its index from 0, `seq`, `at`.
    const SENT: &'static str;

    /// Inserts entries, except messages that are in the log already.
    ///
    /// `$1`: `[room, seq, at, kind, participant, client id or null, body, edited message or null]` for each entry.
    const INSERT: &'static str;

    /// Moves rooms' last entry, and counts their bytes.
    ///
    /// `$1`: `[room, seq, bytes that it has more]` for each room.
    const ADVANCE: &'static str;

    /// Rows that a statement changed.
    fn affected(result: &Self::QueryResult) -> u64;

    /// Gives some free space back to the disk, in a transaction; whether there may be more.
    fn vacuum(on: &mut Self::Connection) -> impl Answer<bool>;

    /// Removes what deleted and rewritten rows left behind in files, as far as it is in the database's power, on a
    /// connection of its own. `false` where somebody who reads keeps it from that. Holds those who write up for
    /// milliseconds at most.
    fn scrub(options: &Options<Self>) -> impl Answer<bool>;
}
