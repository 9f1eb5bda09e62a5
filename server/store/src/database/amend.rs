//! What is asked of a database about entries that change.

use std::collections::HashMap;

use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::{
    domain::{RoomId, Seq},
    protocol::{Header, Op},
};

use super::{
    Answer, Dialect,
    row::{self, PageRow},
};
use crate::{draft::Fresh, frame::Unnumbered};

/// What a message is about to be.
#[derive(Debug)]
pub struct Rewrite {
    pub room: RoomId,
    /// The message.
    pub target: Seq,
    /// The entry that says so.
    pub by: Seq,
    pub becomes: Unnumbered,
}

/// Statements about amendments, the same for every [`Dialect`]. What writes is in a transaction that locked its rooms.
pub trait AmendStatements: Dialect {
    /// The messages that drafts are about and that can be amended: there, not deleted, and no edits or deletions.
    fn amendable(on: &mut Self::Connection, drafts: &[(RoomId, Fresh)]) -> impl Answer<HashMap<(RoomId, Seq), Header>>;
    /// Puts what a message is now in its place, and takes the words of what edited it before. Returns how many bytes there
    /// are more.
    fn rewrite(on: &mut Self::Connection, rewrite: &Rewrite) -> impl Answer<i64>;
}

impl<DB: Dialect> AmendStatements for DB
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn amendable(
        on: &mut DB::Connection,
        drafts: &[(RoomId, Fresh)],
    ) -> sqlx::Result<HashMap<(RoomId, Seq), Header>> {
        let mut amendable = HashMap::new();
        for (room, draft) in drafts {
            let Some((_, target)) = draft.amends() else { continue };
            let found: Option<String> = query_scalar("SELECT frame FROM entry WHERE room_id = $1 AND seq = $2")
                .bind(room.as_str())
                .bind(row::number(target.0))
                .fetch_optional(&mut *on)
                .await?;
            let header = found.and_then(|frame| Unnumbered::kept(frame).header());
            if let Some(header) = header.filter(|header| header.op == Op::Say && !header.deleted) {
                amendable.insert((room.clone(), target), header);
            }
        }
        Ok(amendable)
    }

    async fn rewrite(on: &mut DB::Connection, rewrite: &Rewrite) -> sqlx::Result<i64> {
        let Rewrite {
            room,
            target,
            by,
            becomes,
        } = rewrite;
        let before: i64 = query_scalar(
            "SELECT CAST(COALESCE(SUM(octet_length(frame)), 0) AS BIGINT) FROM entry \
             WHERE room_id = $1 AND (seq = $2 OR (edits = $2 AND seq < $3))",
        )
        .bind(room.as_str())
        .bind(row::number(target.0))
        .bind(row::number(by.0))
        .fetch_one(&mut *on)
        .await?;
        let edits: Vec<PageRow> =
            query_as("SELECT seq, frame FROM entry WHERE room_id = $1 AND edits = $2 AND seq < $3")
                .bind(room.as_str())
                .bind(row::number(target.0))
                .bind(row::number(by.0))
                .fetch_all(&mut *on)
                .await?;
        let mut after = becomes.len();
        replace::<DB>(on, room, *target, becomes).await?;
        for PageRow(edit) in edits {
            let Some((seq, frame)) = edit else { continue };
            let header = frame.header().ok_or_else(|| row::impossible("frame"))?;
            let wordless = Unnumbered::wordless(&header);
            after += wordless.len();
            replace::<DB>(on, room, seq, &wordless).await?;
        }
        Ok(row::number(after) - before)
    }
}

/// Puts another entry in the place of one.
async fn replace<DB: Dialect>(on: &mut DB::Connection, room: &RoomId, seq: Seq, frame: &Unnumbered) -> sqlx::Result<()>
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Type<DB>,
{
    query("UPDATE entry SET frame = $3, edits = NULL WHERE room_id = $1 AND seq = $2")
        .bind(room.as_str())
        .bind(row::number(seq.0))
        .bind(frame.as_str())
        .execute(on)
        .await
        .map(drop)
}
