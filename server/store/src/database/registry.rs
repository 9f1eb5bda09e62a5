//! Rooms, and who belongs to them.

use async_trait::async_trait;
use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::domain::{ParticipantId, RoomId, TokenHash};

use super::{
    Database, Store,
    log::position,
    row::{self, Arrived, Membership},
};
use crate::{Arrival, LogError, Member, Registry, Room};

// Statements over tables that grow, each of which an index answers: a test asks for their plans.

/// By the token of a first join, or one that was added: two look-ups, where an `OR` reads the whole room.
pub(crate) const MEMBER: &str = "SELECT id, name, inside, removed FROM participant \
     WHERE room_id = $1 AND token = $2 \
     UNION ALL \
     SELECT known.id, known.name, known.inside, known.removed \
     FROM pass JOIN participant AS known ON known.room_id = pass.room_id AND known.id = pass.participant_id \
     WHERE pass.room_id = $1 AND pass.token = $2 LIMIT 1";

/// The statement for [`Dialect::ARRIVAL`]: how an array of arrays in JSON begins and ends, around the columns of a member.
/// Members are listed newest first.
macro_rules! arrival {
    ($begin:literal, $end:literal) => {
        concat!(
            "SELECT room.id, store_history, created_at, expires_at, ended_at, end_reason, creator, creator_id, \
                 room.inside AS inside, locked, text_only, extended, last_seq, \
                 member_id, member_name, member_inside, member_removed, \
                 CASE WHEN member_id IS NOT NULL THEN (SELECT ",
            $begin,
            "id, name, CASE WHEN inside THEN 1 ELSE 0 END, CASE WHEN removed THEN 1 ELSE 0 END",
            $end,
            " FROM (SELECT id, name, inside, removed FROM participant WHERE room_id = $1 ORDER BY number DESC LIMIT $3) \
                 AS newest) END AS members \
             FROM room LEFT JOIN (\
                 SELECT id AS member_id, name AS member_name, inside AS member_inside, removed AS member_removed \
                 FROM participant WHERE room_id = $1 AND token = $2 \
                 UNION ALL \
                 SELECT known.id, known.name, known.inside, known.removed \
                 FROM pass JOIN participant AS known ON known.room_id = pass.room_id AND known.id = pass.participant_id \
                 WHERE pass.room_id = $1 AND pass.token = $2 LIMIT 1\
             ) AS member ON TRUE WHERE room.id = $1"
        )
    };
}
pub(crate) use arrival;

pub(crate) const MEMBERS: &str = "SELECT id, name, inside, removed FROM \
     (SELECT id, name, inside, removed, number FROM participant WHERE room_id = $1 ORDER BY number DESC LIMIT $2) \
     AS newest ORDER BY number";

pub(crate) const INSIDE: &str = "SELECT id, name, inside, removed FROM participant \
     WHERE room_id = $1 AND inside ORDER BY number";

#[async_trait]
impl<DB: Database> Registry for Store<DB>
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> &'q [u8]: Encode<'q, DB> + Type<DB>,
    for<'q> bool: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    for<'r> Vec<u8>: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn room(&self, id: &RoomId) -> Result<Option<Room>, LogError> {
        self.read(|mut on| async move {
            query_as(
                "SELECT id, store_history, created_at, expires_at, ended_at, end_reason, creator, creator_id, inside, \
                 locked, text_only, extended \
                 FROM room WHERE id = $1",
            )
            .bind(id.as_str())
            .fetch_optional(&mut *on)
            .await
        })
        .await
    }

    async fn arrival(
        &self,
        room: &RoomId,
        token: Option<&TokenHash>,
        newest: usize,
    ) -> Result<Option<Arrival>, LogError> {
        // Of no length is nobody's.
        let token = token.map_or(&[][..], |token| &token.0[..]);
        let arrived: Option<Arrived> = self
            .read(|mut on| async move {
                query_as(DB::ARRIVAL)
                    .bind(room.as_str())
                    .bind(token)
                    .bind(row::number(newest))
                    .fetch_optional(&mut *on)
                    .await
            })
            .await?;
        Ok(arrived.map(|Arrived(room, last, member, members)| Arrival {
            position: room.store_history.then(|| position(last)),
            room,
            member,
            members,
        }))
    }

    async fn add_owner(&self, room: &RoomId, token: &TokenHash, most: u32) -> Result<bool, LogError> {
        let (id, token) = (room.clone(), *token);
        self.writer
            .run(room, move |on| {
                Box::pin(async move {
                    let done = query(
                        "INSERT INTO owner (room_id, token) SELECT id, $2 FROM room \
                         WHERE id = $1 AND ended_at IS NULL \
                         AND (SELECT COUNT(*) FROM owner WHERE room_id = $1) < $3",
                    )
                    .bind(id.as_str())
                    .bind(&token.0[..])
                    .bind(i64::from(most))
                    .execute(&mut *on)
                    .await?;
                    Ok(DB::affected(&done) == 1)
                })
            })
            .await
    }

    async fn owners(&self, room: &RoomId) -> Result<Vec<TokenHash>, LogError> {
        let hashes: Vec<Vec<u8>> = self
            .read(|mut on| async move {
                query_scalar("SELECT token FROM owner WHERE room_id = $1")
                    .bind(room.as_str())
                    .fetch_all(&mut *on)
                    .await
            })
            .await?;
        // One of another length proves nobody.
        let hashes = hashes
            .into_iter()
            .filter_map(|hash| hash.try_into().ok().map(TokenHash));
        Ok(hashes.collect())
    }

    async fn member(&self, room: &RoomId, token: &TokenHash) -> Result<Option<Member>, LogError> {
        self.read(|mut on| async move {
            query_as(MEMBER)
                .bind(room.as_str())
                .bind(&token.0[..])
                .fetch_optional(&mut *on)
                .await
        })
        .await
    }

    async fn participant(&self, room: &RoomId, id: &ParticipantId) -> Result<Option<Member>, LogError> {
        self.read(|mut on| async move {
            query_as("SELECT id, name, inside, removed FROM participant WHERE room_id = $1 AND id = $2")
                .bind(room.as_str())
                .bind(id.as_str())
                .fetch_optional(&mut *on)
                .await
        })
        .await
    }

    async fn members(&self, room: &RoomId, newest: usize) -> Result<Vec<Member>, LogError> {
        self.read(|mut on| async move {
            query_as(MEMBERS)
                .bind(room.as_str())
                .bind(row::number(newest))
                .fetch_all(&mut *on)
                .await
        })
        .await
    }

    async fn inside(&self, room: &RoomId) -> Result<Vec<Member>, LogError> {
        self.read(|mut on| async move { query_as(INSIDE).bind(room.as_str()).fetch_all(&mut *on).await })
            .await
    }

    async fn all_inside(&self) -> Result<Vec<(RoomId, Member)>, LogError> {
        let inside: Vec<Membership> = self
            .read(|mut on| async move {
                query_as(
                    "SELECT room_id, participant.id, name, participant.inside, removed \
                     FROM participant JOIN room ON room.id = room_id \
                     WHERE participant.inside AND ended_at IS NULL \
                     ORDER BY room_id, number",
                )
                .fetch_all(&mut *on)
                .await
            })
            .await?;
        let inside = inside.into_iter().map(|Membership(room, member)| (room, member));
        Ok(inside.collect())
    }
}
