//! Pictures and recordings. Their bytes are elsewhere.

use std::slice;

use async_trait::async_trait;
use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::domain::{MediaId, RoomId};

use super::{Database, Store, row};
use crate::{LogError, Media, MediaAdmission, MediaQuota, MediaRegistry, Over};

#[async_trait]
impl<DB: Database> MediaRegistry for Store<DB>
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> bool: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> Option<i64>: Encode<'q, DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn add_media(&self, room: &RoomId, media: &Media, quota: MediaQuota) -> Result<MediaAdmission, LogError> {
        let (id, media, now) = (room.clone(), media.clone(), self.clock.now());
        self.writer
            .run(room, move |on| {
                Box::pin(async move {
                    let stored: Option<bool> = query_scalar(
                        "SELECT store_history FROM room WHERE id = $1 AND ended_at IS NULL AND expires_at > $2",
                    )
                    .bind(id.as_str())
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
                    let done = query(
                        "UPDATE room SET media_bytes = media_bytes + $2 WHERE id = $1 AND media_bytes + $2 <= $3",
                    )
                    .bind(id.as_str())
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
                    .bind(id.as_str())
                    .bind(media.id.as_str())
                    .bind(media.from.as_str())
                    .bind(media.media_type.name())
                    .bind(size)
                    .bind(width.map(|side| i64::from(side.get())))
                    .bind(height.map(|side| i64::from(side.get())))
                    .execute(&mut *on)
                    .await?;
                    Ok(MediaAdmission::Kept)
                })
            })
            .await
    }

    async fn media(&self, room: &RoomId, id: &MediaId) -> Result<Option<Media>, LogError> {
        self.read(|mut on| async move {
            query_as("SELECT id, participant_id, type, size, width, height FROM media WHERE room_id = $1 AND id = $2")
                .bind(room.as_str())
                .bind(id.as_str())
                .fetch_optional(&mut *on)
                .await
        })
        .await
    }

    async fn remove_media(&self, room: &RoomId, id: &MediaId) -> Result<(), LogError> {
        let (own_room, id) = (room.clone(), id.clone());
        self.writer
            .maintain(slice::from_ref(room), move |on| {
                Box::pin(async move {
                    query(
                        "UPDATE room SET media_bytes = media_bytes - \
                             COALESCE((SELECT size FROM media WHERE room_id = $1 AND id = $2), 0) \
                         WHERE id = $1",
                    )
                    .bind(own_room.as_str())
                    .bind(id.as_str())
                    .execute(&mut *on)
                    .await?;
                    query("DELETE FROM media WHERE room_id = $1 AND id = $2")
                        .bind(own_room.as_str())
                        .bind(id.as_str())
                        .execute(&mut *on)
                        .await
                        .map(drop)
                })
            })
            .await
    }

    async fn with_media(&self, stored: bool, after: Option<&Over>, limit: usize) -> Result<Vec<Over>, LogError> {
        let (at, id) = row::cursor(after);
        self.read(|mut on| async move {
            query_as(
                "SELECT id, ended_at AS at, end_reason AS reason FROM room \
                 WHERE store_history = $1 AND media_bytes > 0 AND ended_at IS NOT NULL AND (ended_at, id) > ($2, $3) \
                 ORDER BY ended_at, id LIMIT $4",
            )
            .bind(stored)
            .bind(at)
            .bind(id)
            .bind(row::number(limit))
            .fetch_all(&mut *on)
            .await
        })
        .await
    }

    async fn media_purged(&self, room: &RoomId) -> Result<(), LogError> {
        let id = room.clone();
        self.writer
            .maintain(slice::from_ref(room), move |on| {
                Box::pin(async move {
                    let done = query("UPDATE room SET media_bytes = 0 WHERE id = $1 AND ended_at IS NOT NULL")
                        .bind(id.as_str())
                        .execute(&mut *on)
                        .await?;
                    if DB::affected(&done) == 1 {
                        query("DELETE FROM media WHERE room_id = $1")
                            .bind(id.as_str())
                            .execute(&mut *on)
                            .await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    async fn forget_live_media(&self) -> Result<(), LogError> {
        self.writer
            .maintain(&[], move |on| {
                Box::pin(async move {
                    query("DELETE FROM media WHERE room_id IN (SELECT id FROM room WHERE NOT store_history AND media_bytes > 0)")
                        .execute(&mut *on)
                        .await?;
                    query("UPDATE room SET media_bytes = 0 WHERE NOT store_history AND media_bytes > 0")
                        .execute(&mut *on)
                        .await
                        .map(drop)
                })
            })
            .await
    }
}
