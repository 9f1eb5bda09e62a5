//! What is asked of a database about pictures and recordings.

use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::domain::{MediaId, RoomId, Timestamp};

use super::{Answer, Dialect, row};
use crate::{Media, MediaAdmission, MediaQuota, Over};

/// Statements about media, the same for every [`Dialect`]. What writes is in a transaction that locked its room.
pub trait MediaStatements: Dialect {
    /// Adds a medium where there is space for it.
    fn add_media(
        on: &mut Self::Connection,
        room: &RoomId,
        media: &Media,
        quota: MediaQuota,
        now: Timestamp,
    ) -> impl Answer<MediaAdmission>;
    /// Looks up a medium.
    fn media(on: &mut Self::Connection, room: &RoomId, id: &MediaId) -> impl Answer<Option<Media>>;
    /// Removes a medium, and gives its space back.
    fn remove_media(on: &mut Self::Connection, room: &RoomId, id: &MediaId) -> impl Answer<()>;
    /// Ended rooms, stored or live, that have media.
    fn with_media(
        on: &mut Self::Connection,
        stored: bool,
        after: Option<&Over>,
        limit: usize,
    ) -> impl Answer<Vec<Over>>;
    /// Removes all media of an ended room, and gives their space back.
    fn media_purged(on: &mut Self::Connection, room: &RoomId) -> impl Answer<()>;
    /// Removes what live rooms had before the process that held it ended.
    fn forget_live_media(on: &mut Self::Connection) -> impl Answer<()>;
}

impl<DB: Dialect> MediaStatements for DB
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> Option<i64>: Encode<'q, DB>,
    for<'q> bool: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn add_media(
        on: &mut DB::Connection,
        room: &RoomId,
        media: &Media,
        quota: MediaQuota,
        now: Timestamp,
    ) -> sqlx::Result<MediaAdmission> {
        let stored: Option<bool> =
            query_scalar("SELECT store_history FROM room WHERE id = $1 AND ended_at IS NULL AND expires_at > $2")
                .bind(room.as_str())
                .bind(now.millis())
                .fetch_optional(&mut *on)
                .await?;
        let Some(stored) = stored else {
            return Ok(MediaAdmission::Closed);
        };
        let all: i64 = query_scalar(
            "SELECT CAST(COALESCE(SUM(media_bytes), 0) AS BIGINT) FROM room \
             WHERE store_history = $1 AND media_bytes > 0",
        )
        .bind(stored)
        .fetch_one(&mut *on)
        .await?;
        let size = row::number(media.size);
        if all.saturating_add(size) > row::number(quota.server) {
            return Ok(MediaAdmission::ServerFull);
        }
        let done = query("UPDATE room SET media_bytes = media_bytes + $2 WHERE id = $1 AND media_bytes + $2 <= $3")
            .bind(room.as_str())
            .bind(size)
            .bind(row::number(quota.room))
            .execute(&mut *on)
            .await?;
        if DB::affected(&done) == 0 {
            return Ok(MediaAdmission::RoomFull);
        }
        let (width, height) = media.sides.unzip();
        query(
            "INSERT INTO media (room_id, id, participant_id, type, size, width, height) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(room.as_str())
        .bind(media.id.as_str())
        .bind(media.from.as_str())
        .bind(media.media_type.name())
        .bind(size)
        .bind(width.map(|side| i64::from(side.get())))
        .bind(height.map(|side| i64::from(side.get())))
        .execute(on)
        .await?;
        Ok(MediaAdmission::Kept)
    }

    async fn media(on: &mut DB::Connection, room: &RoomId, id: &MediaId) -> sqlx::Result<Option<Media>> {
        query_as("SELECT id, participant_id, type, size, width, height FROM media WHERE room_id = $1 AND id = $2")
            .bind(room.as_str())
            .bind(id.as_str())
            .fetch_optional(on)
            .await
    }

    async fn remove_media(on: &mut DB::Connection, room: &RoomId, id: &MediaId) -> sqlx::Result<()> {
        query(
            "UPDATE room SET media_bytes = media_bytes - \
                 COALESCE((SELECT size FROM media WHERE room_id = $1 AND id = $2), 0) \
             WHERE id = $1",
        )
        .bind(room.as_str())
        .bind(id.as_str())
        .execute(&mut *on)
        .await?;
        query("DELETE FROM media WHERE room_id = $1 AND id = $2")
            .bind(room.as_str())
            .bind(id.as_str())
            .execute(on)
            .await
            .map(drop)
    }

    async fn with_media(
        on: &mut DB::Connection,
        stored: bool,
        after: Option<&Over>,
        limit: usize,
    ) -> sqlx::Result<Vec<Over>> {
        let (at, id) = row::cursor(after);
        query_as(
            "SELECT id, ended_at AS at, end_reason AS reason FROM room \
             WHERE store_history = $1 AND media_bytes > 0 AND ended_at IS NOT NULL AND (ended_at, id) > ($2, $3) \
             ORDER BY ended_at, id LIMIT $4",
        )
        .bind(stored)
        .bind(at)
        .bind(id)
        .bind(row::number(limit))
        .fetch_all(on)
        .await
    }

    async fn media_purged(on: &mut DB::Connection, room: &RoomId) -> sqlx::Result<()> {
        let done = query("UPDATE room SET media_bytes = 0 WHERE id = $1 AND ended_at IS NOT NULL")
            .bind(room.as_str())
            .execute(&mut *on)
            .await?;
        if DB::affected(&done) == 1 {
            query("DELETE FROM media WHERE room_id = $1")
                .bind(room.as_str())
                .execute(on)
                .await?;
        }
        Ok(())
    }

    async fn forget_live_media(on: &mut DB::Connection) -> sqlx::Result<()> {
        query("DELETE FROM media WHERE room_id IN (SELECT id FROM room WHERE NOT store_history AND media_bytes > 0)")
            .execute(&mut *on)
            .await?;
        query("UPDATE room SET media_bytes = 0 WHERE NOT store_history AND media_bytes > 0")
            .execute(on)
            .await
            .map(drop)
    }
}
