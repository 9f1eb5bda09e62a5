//! What is looked after: rooms whose time is over, what is left of them, and the store itself.

use async_trait::async_trait;
use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::domain::{RoomId, Timestamp};

use super::{Database, Store, row};
use crate::{LogError, Over, Upkeep};

/// Tombstones that one transaction removes: few enough that those who write beside it do not notice.
const FORGOTTEN_AT_ONCE: u32 = 100;

/// By an index, as its table grows.
pub(crate) const FORGET: &str = "DELETE FROM room WHERE id IN \
     (SELECT id FROM room WHERE purged AND media_bytes = 0 AND ended_at < $1 ORDER BY ended_at LIMIT $2)";

#[async_trait]
impl<DB: Database> Upkeep for Store<DB>
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn due(&self, now: Timestamp, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        let (at, id) = row::cursor(after);
        self.read(|mut on| async move {
            query_as(
                "SELECT id, expires_at AS at, 'expired' AS reason FROM room \
                 WHERE ended_at IS NULL AND expires_at <= $1 AND (expires_at, id) > ($2, $3) \
                 ORDER BY expires_at, id LIMIT $4",
            )
            .bind(now.millis())
            .bind(at)
            .bind(id)
            .bind(row::number(limit))
            .fetch_all(&mut *on)
            .await
        })
        .await
    }

    async fn unpurged(&self, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        let (at, id) = row::cursor(after);
        self.read(|mut on| async move {
            query_as(
                "SELECT id, ended_at AS at, end_reason AS reason FROM room \
                 WHERE ended_at IS NOT NULL AND NOT purged AND (ended_at, id) > ($1, $2) \
                 ORDER BY ended_at, id LIMIT $3",
            )
            .bind(at)
            .bind(id)
            .bind(row::number(limit))
            .fetch_all(&mut *on)
            .await
        })
        .await
    }

    async fn purged(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        let ids = rooms.to_vec();
        self.writer
            .maintain(rooms, move |on| {
                Box::pin(async move {
                    for id in &ids {
                        let done = query(
                            "UPDATE room SET purged = TRUE, inside = 0, text_bytes = 0 \
                             WHERE id = $1 AND ended_at IS NOT NULL",
                        )
                        .bind(id.as_str())
                        .execute(&mut *on)
                        .await?;
                        if DB::affected(&done) == 1 {
                            query("DELETE FROM owner WHERE room_id = $1")
                                .bind(id.as_str())
                                .execute(&mut *on)
                                .await?;
                        }
                    }
                    Ok(())
                })
            })
            .await?;
        self.text.note_purge();
        Ok(())
    }

    async fn forget(&self, before: Timestamp) -> Result<u64, LogError> {
        let mut forgotten = 0;
        loop {
            let some = self
                .writer
                .maintain(&[], move |on| {
                    Box::pin(async move {
                        let done = query(FORGET)
                            .bind(before.millis())
                            .bind(i64::from(FORGOTTEN_AT_ONCE))
                            .execute(&mut *on)
                            .await?;
                        Ok(DB::affected(&done))
                    })
                })
                .await?;
            forgotten += some;
            if some < u64::from(FORGOTTEN_AT_ONCE) {
                return Ok(forgotten);
            }
        }
    }

    async fn count_open(&self, now: Timestamp) -> Result<u64, LogError> {
        let open: i64 = self
            .read(|mut on| async move {
                query_scalar("SELECT COUNT(*) FROM room WHERE ended_at IS NULL AND expires_at > $1")
                    .bind(now.millis())
                    .fetch_one(&mut *on)
                    .await
            })
            .await?;
        Ok(u64::try_from(open).unwrap_or(0))
    }

    async fn ping(&self) -> Result<(), LogError> {
        self.writer.check()?;
        self.check_space().await?;
        self.read(|mut on| async move { query("SELECT 1").execute(&mut *on).await.map(drop) })
            .await
    }
}
