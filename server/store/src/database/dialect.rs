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
    /// `$1`: `[room, seq, at, kind, participant, client id or null, frame, edited message or null]` for each entry.
    const INSERT: &'static str;

    /// Moves rooms' last entry, and counts their bytes.
    ///
    /// `$1`: `[room, seq, bytes that it has more]` for each room.
    const ADVANCE: &'static str;

    /// Adds messages after the last ones of their rooms, counts their bytes, and commits that: in one hand-over to the
    /// database. Fails at a row that cannot be where a message is in the log already, or a room is not there, is closed,
    /// keeps no history or would have more bytes than it may.
    ///
    /// `$1`: `[room, how many of the room's come after it, participant, client id, frame]` for each message; `$2`:
    /// `[room, messages, bytes]` for each room; `$3`: the time now; `$4`: bytes that a room may have. Returns `id` and
    /// `last_seq` of each room.
    const AT_ONCE: &'static str;

    /// Ends what [`Self::AT_ONCE`] leaves of a transaction when it fails at a row.
    const UNDO: Option<&'static str>;

    /// All that somebody's arrival asks: made by [`arrival`](super::registry::arrival) of how this database makes a list.
    const ARRIVAL: &'static str;

    /// Rows that a statement changed.
    fn affected(result: &Self::QueryResult) -> u64;

    /// Gives some free space back to the disk, in a transaction; whether there may be more.
    fn vacuum(on: &mut Self::Connection) -> impl Answer<bool>;

    /// Removes what deleted and rewritten rows left behind in files, as far as it is in the database's power, on a
    /// connection of its own. `false` where somebody who reads keeps it from that. Holds those who write up for
    /// milliseconds at most.
    fn scrub(options: &Options<Self>) -> impl Answer<bool>;
}
