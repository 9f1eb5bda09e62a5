//! Emptying the write-ahead log. Deleted rows are overwritten in the database's file (`secure_delete`); what they were
//! stands in the log until that is copied to the file and cut to nothing, for which nobody may be reading from it.

use std::time::Duration;

use sqlx::{query_as, sqlite::SqliteConnection};
use tokio::time::sleep;

/// How long the log waits to be cut for those who read from it, and with it whoever writes. Our own reads are shorter; no
/// other process' is worth that an ack waits for it.
pub(super) const READERS_WITHIN: Duration = Duration::from_millis(10);

/// Tries of one scrub: those who write and read leave a gap now and then.
const TRIES: u32 = 10;

/// Between tries.
const PAUSE: Duration = Duration::from_millis(20);

/// Empties the log; `false` where somebody was in the way at each try.
pub(super) async fn scrub(on: &mut SqliteConnection) -> sqlx::Result<bool> {
    for _ in 0..TRIES {
        // Copies what it can and holds nobody up: little is left to be done while those who write have to wait. Where it
        // cannot copy everything somebody reads an old state, maybe for minutes.
        let (_, all, copied): (i64, i64, i64) = query_as("PRAGMA wal_checkpoint(PASSIVE)").fetch_one(&mut *on).await?;
        if copied >= all {
            let (busy, _, _): (i64, i64, i64) = query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *on).await?;
            if busy == 0 {
                return Ok(true);
            }
        }
        sleep(PAUSE).await;
    }
    Ok(false)
}
