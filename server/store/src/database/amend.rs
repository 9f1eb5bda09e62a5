//! What is asked of a database about entries that change.

use std::collections::HashSet;

use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_scalar};
use wire::{
    domain::{RoomId, Seq},
    protocol::{Body, Version},
};

use super::{Answer, Dialect, json, row};
use crate::{Draft, draft::Fresh};

/// What a message is about to carry.
#[derive(Debug)]
pub struct Rewrite {
    pub room: RoomId,
    /// The message.
    pub target: Seq,
    /// The entry that says so.
    pub by: Seq,
    pub becomes: Body,
}

/// Statements about amendments, the same for every [`Dialect`]. What writes is in a transaction that locked its rooms.
pub trait AmendStatements: Dialect {
    /// The messages that drafts are about and that can be amended: there, and not deleted.
    fn amendable(on: &mut Self::Connection, drafts: &[(RoomId, Fresh)]) -> impl Answer<HashSet<(RoomId, Seq)>>;
    /// Gives a message its new body, and takes the words of what amended it before. Returns how many bytes there are more.
    fn rewrite(on: &mut Self::Connection, rewrite: &Rewrite) -> impl Answer<i64>;
}

impl<DB: Dialect> AmendStatements for DB
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    usize: ColumnIndex<DB::Row>,
{
    async fn amendable(on: &mut DB::Connection, drafts: &[(RoomId, Fresh)]) -> sqlx::Result<HashSet<(RoomId, Seq)>> {
        let deleted = json::body(&Body::Deleted { v: Version })?;
        let mut amendable = HashSet::new();
        for (room, draft) in drafts {
            let Fresh::Said(Draft::Amendment { target, .. }) = draft else {
                continue;
            };
            let found: Option<i64> = query_scalar(
                "SELECT seq FROM entry WHERE room_id = $1 AND seq = $2 AND kind = 'message' AND body <> $3",
            )
            .bind(room.as_str())
            .bind(row::number(target.0))
            .bind(&*deleted)
            .fetch_optional(&mut *on)
            .await?;
            if found.is_some() {
                amendable.insert((room.clone(), *target));
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
            "SELECT CAST(COALESCE(SUM(octet_length(body)), 0) AS BIGINT) FROM entry \
             WHERE room_id = $1 AND (seq = $2 OR (edits = $2 AND seq < $3))",
        )
        .bind(room.as_str())
        .bind(row::number(target.0))
        .bind(row::number(by.0))
        .fetch_one(&mut *on)
        .await?;
        let becomes = json::body(becomes)?;
        // What was an edit itself is one no more: the next edit of the same message has nothing to take from it.
        query("UPDATE entry SET body = $3, edits = NULL WHERE room_id = $1 AND seq = $2")
            .bind(room.as_str())
            .bind(row::number(target.0))
            .bind(&*becomes)
            .execute(&mut *on)
            .await?;
        let wordless = Body::Edit {
            v: Version,
            target: *target,
            text: None,
        };
        let wordless = json::body(&wordless)?;
        let done = query("UPDATE entry SET body = $4, edits = NULL WHERE room_id = $1 AND edits = $2 AND seq < $3")
            .bind(room.as_str())
            .bind(row::number(target.0))
            .bind(row::number(by.0))
            .bind(&*wordless)
            .execute(on)
            .await?;
        let after = becomes.len() as u64 + DB::affected(&done) * wordless.len() as u64;
        Ok(row::number(after) - before)
    }
}
