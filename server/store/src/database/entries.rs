//! What is asked of a database about entries.

use std::collections::{BTreeMap, HashMap};

use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::domain::{ClientId, ParticipantId, RoomId, Seq, Timestamp};

use super::{
    Answer, Dialect, json,
    plan::Entry,
    row::{self, First, Last, Locked, PageRow, Sent},
};
use crate::{Logged, PAGE_BYTES, PAGE_MAX, Page, draft::Fresh};

/// One row for an open stored room, with the entry where there is one.
pub(crate) const FIRST: &str = "SELECT e.seq, e.at FROM room LEFT JOIN entry AS e \
     ON e.room_id = $1 AND e.participant_id = $3 AND e.client_id = $4 \
     WHERE room.id = $1 AND ended_at IS NULL AND expires_at > $2 AND store_history";

/// Statements about entries, the same for every [`Dialect`]. What writes is in a transaction that [locked](Self::lock)
/// its rooms.
pub trait EntryStatements: Dialect {
    /// Locks rooms, and says where the logs of those that can be written to end, and how many bytes they have.
    fn lock(on: &mut Self::Connection, rooms: &[&RoomId], now: Timestamp) -> impl Answer<HashMap<RoomId, (Seq, u64)>>;
    /// Finds drafts that are in the log already, by their index.
    fn sent(on: &mut Self::Connection, drafts: &[(RoomId, Fresh)]) -> impl Answer<HashMap<usize, (Seq, Timestamp)>>;
    /// Looks one draft up, in an open stored room, by what a retry is known by.
    fn first(
        on: &mut Self::Connection,
        room: &RoomId,
        key: (&ParticipantId, &ClientId),
        now: Timestamp,
    ) -> impl Answer<Option<First>>;
    /// Adds entries that follow their rooms' last ones; `false` when it left some out, because their messages are in
    /// the log already.
    fn insert(on: &mut Self::Connection, entries: &BTreeMap<RoomId, Vec<Entry>>) -> impl Answer<bool>;
    /// Removes what was added after these last ones.
    fn readmit(on: &mut Self::Connection, ends: &HashMap<RoomId, Seq>) -> impl Answer<()>;
    /// Moves the rooms' ends to these entries, by which they have so many bytes more.
    fn advance(
        on: &mut Self::Connection,
        entries: &BTreeMap<RoomId, Vec<Entry>>,
        growth: &BTreeMap<RoomId, i64>,
    ) -> impl Answer<()>;
    /// Bytes of all entries that are there.
    fn text(on: &mut Self::Connection) -> impl Answer<u64>;
    /// A page of an open stored room.
    fn page(on: &mut Self::Connection, room: &RoomId, page: Page, now: Timestamp) -> impl Answer<Option<Vec<Logged>>>;
    /// The last entry of an open stored room.
    fn last(on: &mut Self::Connection, room: &RoomId, now: Timestamp) -> impl Answer<Option<Seq>>;
    /// Deletes some of an ended room's entries, oldest first; how many.
    fn delete_entries(on: &mut Self::Connection, room: &RoomId, limit: u32) -> impl Answer<u32>;
    /// Deletes some of an ended room's members with their tokens; how many.
    fn delete_members(on: &mut Self::Connection, room: &RoomId, limit: u32) -> impl Answer<u32>;
}

impl<DB: Dialect> EntryStatements for DB
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> bool: Decode<'r, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn lock(
        on: &mut DB::Connection,
        rooms: &[&RoomId],
        now: Timestamp,
    ) -> sqlx::Result<HashMap<RoomId, (Seq, u64)>> {
        let locked: Vec<Locked> = query_as(DB::LOCK)
            .bind(&*json::rooms(rooms)?)
            .bind(now.millis())
            .fetch_all(on)
            .await?;
        Ok(locked
            .into_iter()
            .filter_map(|Locked(room, last, bytes)| Some((room, (last?, bytes))))
            .collect())
    }

    async fn sent(
        on: &mut DB::Connection,
        drafts: &[(RoomId, Fresh)],
    ) -> sqlx::Result<HashMap<usize, (Seq, Timestamp)>> {
        let sent: Vec<Sent> = query_as(DB::SENT).bind(&*json::keys(drafts)?).fetch_all(on).await?;
        Ok(sent
            .into_iter()
            .map(|Sent(draft, seq, at)| (draft, (seq, at)))
            .collect())
    }

    async fn first(
        on: &mut DB::Connection,
        room: &RoomId,
        (from, client_id): (&ParticipantId, &ClientId),
        now: Timestamp,
    ) -> sqlx::Result<Option<First>> {
        query_as(FIRST)
            .bind(room.as_str())
            .bind(now.millis())
            .bind(from.as_str())
            .bind(client_id.as_str())
            .fetch_optional(on)
            .await
    }

    async fn insert(on: &mut DB::Connection, entries: &BTreeMap<RoomId, Vec<Entry>>) -> sqlx::Result<bool> {
        if entries.is_empty() {
            return Ok(true);
        }
        let done = query(DB::INSERT).bind(&*json::entries(entries)?).execute(on).await?;
        let all = entries.values().map(|entries| entries.len() as u64).sum::<u64>();
        Ok(DB::affected(&done) == all)
    }

    async fn readmit(on: &mut DB::Connection, ends: &HashMap<RoomId, Seq>) -> sqlx::Result<()> {
        for (room, end) in ends {
            query("DELETE FROM entry WHERE room_id = $1 AND seq > $2")
                .bind(room.as_str())
                .bind(row::number(end.0))
                .execute(&mut *on)
                .await?;
        }
        Ok(())
    }

    async fn advance(
        on: &mut DB::Connection,
        entries: &BTreeMap<RoomId, Vec<Entry>>,
        growth: &BTreeMap<RoomId, i64>,
    ) -> sqlx::Result<()> {
        if !entries.is_empty() {
            let lasts = json::lasts(entries, growth)?;
            query(DB::ADVANCE).bind(&*lasts).execute(on).await?;
        }
        Ok(())
    }

    async fn text(on: &mut DB::Connection) -> sqlx::Result<u64> {
        let bytes: i64 = query_scalar("SELECT CAST(COALESCE(SUM(text_bytes), 0) AS BIGINT) FROM room WHERE NOT purged")
            .fetch_one(on)
            .await?;
        Ok(u64::try_from(bytes).unwrap_or_default())
    }

    async fn page(
        on: &mut DB::Connection,
        room: &RoomId,
        page: Page,
        now: Timestamp,
    ) -> sqlx::Result<Option<Vec<Logged>>> {
        // One statement: no end of the room can come between the question whether it is open and the entries.
        // How far the page goes is found out by their lengths: long texts are not read to be left out.
        macro_rules! page {
            ($part:literal, $last:literal, $order:literal) => {
                concat!(
                    "SELECT e.seq, e.frame \
                     FROM room LEFT JOIN (SELECT * FROM entry WHERE room_id = $1 AND ",
                    $part,
                    " AND seq ",
                    $last,
                    "(seq) FROM (SELECT seq, SUM(bytes) OVER (ORDER BY ",
                    $order,
                    ") - bytes AS bytes_before FROM (SELECT seq, octet_length(frame) AS bytes FROM entry \
                         WHERE room_id = $1 AND ",
                    $part,
                    " ORDER BY ",
                    $order,
                    " LIMIT $4) AS part) AS sized WHERE bytes_before < $5) ORDER BY ",
                    $order,
                    ") AS e ON TRUE \
                     WHERE room.id = $1 AND ended_at IS NULL AND expires_at > $2 AND store_history \
                     ORDER BY e.seq"
                )
            };
        }
        let (sql, cursor, limit) = match page {
            Page::After(cursor, limit) => (page!("seq > $3", "<= (SELECT MAX", "seq"), cursor, limit),
            Page::Before(cursor, limit) => (page!("seq < $3", ">= (SELECT MIN", "seq DESC"), cursor, limit),
        };
        let rows: Vec<PageRow> = query_as(sql)
            .bind(room.as_str())
            .bind(now.millis())
            .bind(row::number(cursor.0))
            .bind(row::number(limit.min(PAGE_MAX)))
            .bind(row::number(PAGE_BYTES))
            .fetch_all(on)
            .await?;
        let logged = |PageRow(entry)| entry.map(|(seq, frame)| frame.numbered(seq));
        Ok((!rows.is_empty()).then(|| rows.into_iter().filter_map(logged).collect()))
    }

    async fn last(on: &mut DB::Connection, room: &RoomId, now: Timestamp) -> sqlx::Result<Option<Seq>> {
        let last: Option<Last> = query_as(
            "SELECT last_seq FROM room WHERE id = $1 AND ended_at IS NULL AND expires_at > $2 AND store_history",
        )
        .bind(room.as_str())
        .bind(now.millis())
        .fetch_optional(on)
        .await?;
        Ok(last.map(|Last(seq)| seq))
    }

    async fn delete_entries(on: &mut DB::Connection, room: &RoomId, limit: u32) -> sqlx::Result<u32> {
        let done = query(
            "DELETE FROM entry \
             WHERE room_id = $1 \
             AND seq < (SELECT min(seq) FROM entry WHERE room_id = $1) + $2 \
             AND (SELECT ended_at FROM room WHERE id = $1) IS NOT NULL",
        )
        .bind(room.as_str())
        .bind(i64::from(limit))
        .execute(on)
        .await?;
        Ok(u32::try_from(DB::affected(&done)).unwrap_or(limit))
    }

    async fn delete_members(on: &mut DB::Connection, room: &RoomId, limit: u32) -> sqlx::Result<u32> {
        let done = query(
            "DELETE FROM participant \
             WHERE room_id = $1 AND id IN (SELECT id FROM participant WHERE room_id = $1 LIMIT $2) \
             AND (SELECT ended_at FROM room WHERE id = $1) IS NOT NULL",
        )
        .bind(room.as_str())
        .bind(i64::from(limit))
        .execute(on)
        .await?;
        Ok(u32::try_from(DB::affected(&done)).unwrap_or(limit))
    }
}
