//! What is asked of a database about rooms and who belongs to them.

use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::{
    domain::{ParticipantId, RoomId, Timestamp, TokenHash},
    protocol::{Change, EndReason, Participant},
};

use super::{
    Answer, Dialect,
    row::{self, Membership},
};
use crate::{Admission, Member, Over, PASSES_MAX, Room};

/// Who wants to be inside.
pub enum Entrant {
    /// Somebody, with a token that is theirs from now on.
    New(Participant, TokenHash),
    /// The same with the creator's rights: no lock keeps them out.
    Creator(Participant, TokenHash),
    /// Somebody who was inside before.
    Returning(ParticipantId),
}

// Statements over tables that grow, each of which an index answers: a test asks for their plans.

/// By the token of a first join, or one that was added: two look-ups, where an `OR` reads the whole room.
pub(crate) const MEMBER: &str = "SELECT id, name, inside, removed FROM participant \
     WHERE room_id = $1 AND token = $2 \
     UNION ALL \
     SELECT known.id, known.name, known.inside, known.removed \
     FROM pass JOIN participant AS known ON known.room_id = pass.room_id AND known.id = pass.participant_id \
     WHERE pass.room_id = $1 AND pass.token = $2 LIMIT 1";

pub(crate) const MEMBERS: &str = "SELECT id, name, inside, removed FROM \
     (SELECT id, name, inside, removed, number FROM participant WHERE room_id = $1 ORDER BY number DESC LIMIT $2) \
     AS newest ORDER BY number";

pub(crate) const INSIDE: &str = "SELECT id, name, inside, removed FROM participant \
     WHERE room_id = $1 AND inside ORDER BY number";

pub(crate) const FORGET: &str = "DELETE FROM room WHERE id IN \
     (SELECT id FROM room WHERE purged AND media_bytes = 0 AND ended_at < $1 ORDER BY ended_at LIMIT $2)";

/// Statements about rooms, the same for every [`Dialect`]. What writes is in a transaction that locked its room.
pub trait RoomStatements: Dialect {
    /// Adds a room, open and empty; `false` when the id is taken.
    fn create(on: &mut Self::Connection, room: &Room) -> impl Answer<bool>;
    /// Looks up a room.
    fn room(on: &mut Self::Connection, room: &RoomId) -> impl Answer<Option<Room>>;
    /// Lets somebody in if there is a place.
    fn enter(
        on: &mut Self::Connection,
        room: &RoomId,
        who: &Entrant,
        capacity: u32,
        now: Timestamp,
    ) -> impl Answer<Admission>;
    /// Takes somebody out; whether they were inside.
    fn release(on: &mut Self::Connection, room: &RoomId, who: &ParticipantId) -> impl Answer<bool>;
    /// Removes somebody for good; whether they were not removed before.
    fn remove(on: &mut Self::Connection, room: &RoomId, who: &ParticipantId) -> impl Answer<bool>;
    /// Changes a setting of an open room; whether it was otherwise.
    fn change(on: &mut Self::Connection, room: &RoomId, change: Change, now: Timestamp) -> impl Answer<bool>;
    /// Adds a token of the creator where there are fewer than `most`.
    fn add_owner(on: &mut Self::Connection, room: &RoomId, token: &TokenHash, most: u32) -> impl Answer<bool>;
    /// The tokens that were added.
    fn owners(on: &mut Self::Connection, room: &RoomId) -> impl Answer<Vec<TokenHash>>;
    /// Looks up a member by token.
    fn member(on: &mut Self::Connection, room: &RoomId, token: &TokenHash) -> impl Answer<Option<Member>>;
    /// Looks up a member by id.
    fn participant(on: &mut Self::Connection, room: &RoomId, id: &ParticipantId) -> impl Answer<Option<Member>>;
    /// The newest members of a room, in the order of their first entry.
    fn members(on: &mut Self::Connection, room: &RoomId, newest: usize) -> impl Answer<Vec<Member>>;
    /// Who is inside a room, in the order of their first entry.
    fn inside(on: &mut Self::Connection, room: &RoomId) -> impl Answer<Vec<Member>>;
    /// Everybody inside some open room.
    fn all_inside(on: &mut Self::Connection) -> impl Answer<Vec<Membership>>;
    /// Ends a room; whether it was open.
    fn end(on: &mut Self::Connection, room: &RoomId, at: Timestamp, reason: EndReason) -> impl Answer<bool>;
    /// Open rooms past their time.
    fn due(on: &mut Self::Connection, now: Timestamp, after: Option<&Over>, limit: usize) -> impl Answer<Vec<Over>>;
    /// Ended rooms that are not purged.
    fn unpurged(on: &mut Self::Connection, after: Option<&Over>, limit: usize) -> impl Answer<Vec<Over>>;
    /// Deletes some of an ended room's members with their tokens; how many.
    fn delete_members(on: &mut Self::Connection, room: &RoomId, limit: u32) -> impl Answer<u32>;
    /// Makes an ended room a tombstone.
    fn purged(on: &mut Self::Connection, room: &RoomId) -> impl Answer<()>;
    /// Deletes some tombstones, oldest first; how many.
    fn forget(on: &mut Self::Connection, before: Timestamp, limit: u32) -> impl Answer<u64>;
    /// Open rooms; how many.
    fn count_open(on: &mut Self::Connection, now: Timestamp) -> impl Answer<u64>;
    /// Does nothing, successfully.
    fn ping(on: &mut Self::Connection) -> impl Answer<()>;
}

impl<DB: Dialect> RoomStatements for DB
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
    async fn create(on: &mut DB::Connection, room: &Room) -> sqlx::Result<bool> {
        let done = query(
            "INSERT INTO room (id, store_history, created_at, expires_at, creator, creator_id) \
             VALUES ($1, $2, $3, $4, $5, NULLIF($6, '')) \
             ON CONFLICT DO NOTHING",
        )
        .bind(room.id.as_str())
        .bind(room.store_history)
        .bind(room.created_at.millis())
        .bind(room.expires_at.millis())
        .bind(&room.creator.0[..])
        .bind(room.creator_id.as_ref().map_or("", ParticipantId::as_str))
        .execute(on)
        .await?;
        Ok(DB::affected(&done) == 1)
    }

    async fn room(on: &mut DB::Connection, room: &RoomId) -> sqlx::Result<Option<Room>> {
        query_as(
            "SELECT id, store_history, created_at, expires_at, ended_at, end_reason, creator, creator_id, inside, \
             locked, text_only, extended \
             FROM room WHERE id = $1",
        )
        .bind(room.as_str())
        .fetch_optional(on)
        .await
    }

    async fn enter(
        on: &mut DB::Connection,
        room: &RoomId,
        who: &Entrant,
        capacity: u32,
        now: Timestamp,
    ) -> sqlx::Result<Admission> {
        let (Entrant::New(Participant { id, .. }, _)
        | Entrant::Creator(Participant { id, .. }, _)
        | Entrant::Returning(id)) = who;
        let locked: Option<bool> =
            query_scalar("SELECT locked FROM room WHERE id = $1 AND ended_at IS NULL AND expires_at > $2")
                .bind(room.as_str())
                .bind(now.millis())
                .fetch_optional(&mut *on)
                .await?;
        let known: Option<(bool, bool)> =
            query_as("SELECT inside, removed FROM participant WHERE room_id = $1 AND id = $2")
                .bind(room.as_str())
                .bind(id.as_str())
                .fetch_optional(&mut *on)
                .await?;
        match (locked, known, who) {
            (None, ..) | (_, None, Entrant::Returning(_)) => return Ok(Admission::Closed),
            (_, Some((_, true)), _) => return Ok(Admission::Removed),
            (_, Some((true, _)), Entrant::New(_, token) | Entrant::Creator(_, token)) => {
                add_pass::<DB>(on, room, id, token).await?;
                return Ok(Admission::AlreadyInside);
            }
            (_, Some((true, _)), Entrant::Returning(_)) => return Ok(Admission::AlreadyInside),
            _ => {}
        }
        let passes = known.is_some() || matches!(who, Entrant::Creator(..));
        // The condition decides the races for the last place and with a lock, whatever else is or is not locked.
        let number: Option<i64> = query_scalar(
            "UPDATE room SET inside = inside + 1, admitted = admitted + $2 WHERE id = $1 AND inside < $3 \
             AND ($4 OR NOT locked) RETURNING admitted",
        )
        .bind(room.as_str())
        .bind(i64::from(known.is_none()))
        .bind(i64::from(capacity))
        .bind(passes)
        .fetch_optional(&mut *on)
        .await?;
        let Some(number) = number else {
            let refused = if !passes && locked == Some(true) {
                Admission::Locked
            } else {
                Admission::Full
            };
            return Ok(refused);
        };
        match (who, known) {
            (Entrant::New(participant, token) | Entrant::Creator(participant, token), None) => {
                query(
                    "INSERT INTO participant (room_id, id, number, name, token, inside) \
                     VALUES ($1, $2, $3, $4, $5, TRUE)",
                )
                .bind(room.as_str())
                .bind(id.as_str())
                .bind(number)
                .bind(participant.name.as_str())
                .bind(&token.0[..])
                .execute(on)
                .await?;
            }
            (who, _) => {
                query("UPDATE participant SET inside = TRUE WHERE room_id = $1 AND id = $2")
                    .bind(room.as_str())
                    .bind(id.as_str())
                    .execute(&mut *on)
                    .await?;
                if let Entrant::New(_, token) | Entrant::Creator(_, token) = who {
                    add_pass::<DB>(on, room, id, token).await?;
                }
            }
        }
        Ok(Admission::Entered)
    }

    async fn release(on: &mut DB::Connection, room: &RoomId, who: &ParticipantId) -> sqlx::Result<bool> {
        let done = query("UPDATE participant SET inside = FALSE WHERE room_id = $1 AND id = $2 AND inside")
            .bind(room.as_str())
            .bind(who.as_str())
            .execute(&mut *on)
            .await?;
        let was_inside = DB::affected(&done) == 1;
        if was_inside {
            query("UPDATE room SET inside = inside - 1 WHERE id = $1")
                .bind(room.as_str())
                .execute(on)
                .await?;
        }
        Ok(was_inside)
    }

    async fn remove(on: &mut DB::Connection, room: &RoomId, who: &ParticipantId) -> sqlx::Result<bool> {
        Self::release(&mut *on, room, who).await?;
        let done = query("UPDATE participant SET removed = TRUE WHERE room_id = $1 AND id = $2 AND NOT removed")
            .bind(room.as_str())
            .bind(who.as_str())
            .execute(on)
            .await?;
        Ok(DB::affected(&done) == 1)
    }

    async fn change(on: &mut DB::Connection, room: &RoomId, change: Change, now: Timestamp) -> sqlx::Result<bool> {
        let statement = match change {
            Change::Locked(locked) => query(
                "UPDATE room SET locked = $3 \
                 WHERE id = $1 AND ended_at IS NULL AND expires_at > $2 AND locked <> $3",
            )
            .bind(room.as_str())
            .bind(now.millis())
            .bind(locked),
            Change::TextOnly(text_only) => query(
                "UPDATE room SET text_only = $3 \
                 WHERE id = $1 AND ended_at IS NULL AND expires_at > $2 AND text_only <> $3",
            )
            .bind(room.as_str())
            .bind(now.millis())
            .bind(text_only),
            Change::ExpiresAt(at) => query(
                "UPDATE room SET expires_at = $3, extended = TRUE \
                 WHERE id = $1 AND ended_at IS NULL AND expires_at > $2 AND NOT extended",
            )
            .bind(room.as_str())
            .bind(now.millis())
            .bind(at.millis()),
        };
        let done = statement.execute(on).await?;
        Ok(DB::affected(&done) == 1)
    }

    async fn add_owner(on: &mut DB::Connection, room: &RoomId, token: &TokenHash, most: u32) -> sqlx::Result<bool> {
        let done = query(
            "INSERT INTO owner (room_id, token) SELECT id, $2 FROM room \
             WHERE id = $1 AND ended_at IS NULL AND (SELECT COUNT(*) FROM owner WHERE room_id = $1) < $3",
        )
        .bind(room.as_str())
        .bind(&token.0[..])
        .bind(i64::from(most))
        .execute(on)
        .await?;
        Ok(DB::affected(&done) == 1)
    }

    async fn owners(on: &mut DB::Connection, room: &RoomId) -> sqlx::Result<Vec<TokenHash>> {
        let hashes: Vec<Vec<u8>> = query_scalar("SELECT token FROM owner WHERE room_id = $1")
            .bind(room.as_str())
            .fetch_all(on)
            .await?;
        // One of another length proves nobody.
        Ok(hashes
            .into_iter()
            .filter_map(|hash| hash.try_into().ok().map(TokenHash))
            .collect())
    }

    async fn member(on: &mut DB::Connection, room: &RoomId, token: &TokenHash) -> sqlx::Result<Option<Member>> {
        query_as(MEMBER)
            .bind(room.as_str())
            .bind(&token.0[..])
            .fetch_optional(on)
            .await
    }

    async fn participant(on: &mut DB::Connection, room: &RoomId, id: &ParticipantId) -> sqlx::Result<Option<Member>> {
        query_as("SELECT id, name, inside, removed FROM participant WHERE room_id = $1 AND id = $2")
            .bind(room.as_str())
            .bind(id.as_str())
            .fetch_optional(on)
            .await
    }

    async fn members(on: &mut DB::Connection, room: &RoomId, newest: usize) -> sqlx::Result<Vec<Member>> {
        query_as(MEMBERS)
            .bind(room.as_str())
            .bind(row::number(newest))
            .fetch_all(on)
            .await
    }

    async fn inside(on: &mut DB::Connection, room: &RoomId) -> sqlx::Result<Vec<Member>> {
        query_as(INSIDE).bind(room.as_str()).fetch_all(on).await
    }

    async fn all_inside(on: &mut DB::Connection) -> sqlx::Result<Vec<Membership>> {
        query_as(
            "SELECT room_id, participant.id, name, participant.inside, removed \
             FROM participant JOIN room ON room.id = room_id \
             WHERE participant.inside AND ended_at IS NULL \
             ORDER BY room_id, number",
        )
        .fetch_all(on)
        .await
    }

    async fn end(on: &mut DB::Connection, room: &RoomId, at: Timestamp, reason: EndReason) -> sqlx::Result<bool> {
        let done = query("UPDATE room SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL")
            .bind(room.as_str())
            .bind(at.millis())
            .bind(row::end_reason(reason))
            .execute(on)
            .await?;
        Ok(DB::affected(&done) == 1)
    }

    async fn due(
        on: &mut DB::Connection,
        now: Timestamp,
        after: Option<&Over>,
        limit: usize,
    ) -> sqlx::Result<Vec<Over>> {
        let (at, id) = row::cursor(after);
        query_as(
            "SELECT id, expires_at AS at, 'expired' AS reason FROM room \
             WHERE ended_at IS NULL AND expires_at <= $1 AND (expires_at, id) > ($2, $3) \
             ORDER BY expires_at, id LIMIT $4",
        )
        .bind(now.millis())
        .bind(at)
        .bind(id)
        .bind(row::number(limit))
        .fetch_all(on)
        .await
    }

    async fn unpurged(on: &mut DB::Connection, after: Option<&Over>, limit: usize) -> sqlx::Result<Vec<Over>> {
        let (at, id) = row::cursor(after);
        query_as(
            "SELECT id, ended_at AS at, end_reason AS reason FROM room \
             WHERE ended_at IS NOT NULL AND NOT purged AND (ended_at, id) > ($1, $2) ORDER BY ended_at, id LIMIT $3",
        )
        .bind(at)
        .bind(id)
        .bind(row::number(limit))
        .fetch_all(on)
        .await
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

    async fn purged(on: &mut DB::Connection, room: &RoomId) -> sqlx::Result<()> {
        let done =
            query("UPDATE room SET purged = TRUE, inside = 0, text_bytes = 0 WHERE id = $1 AND ended_at IS NOT NULL")
                .bind(room.as_str())
                .execute(&mut *on)
                .await?;
        if DB::affected(&done) == 1 {
            query("DELETE FROM owner WHERE room_id = $1")
                .bind(room.as_str())
                .execute(on)
                .await?;
        }
        Ok(())
    }

    async fn forget(on: &mut DB::Connection, before: Timestamp, limit: u32) -> sqlx::Result<u64> {
        let done = query(FORGET)
            .bind(before.millis())
            .bind(i64::from(limit))
            .execute(on)
            .await?;
        Ok(DB::affected(&done))
    }

    async fn count_open(on: &mut DB::Connection, now: Timestamp) -> sqlx::Result<u64> {
        let open: i64 = query_scalar("SELECT COUNT(*) FROM room WHERE ended_at IS NULL AND expires_at > $1")
            .bind(now.millis())
            .fetch_one(on)
            .await?;
        Ok(u64::try_from(open).unwrap_or(0))
    }

    async fn ping(on: &mut DB::Connection) -> sqlx::Result<()> {
        query("SELECT 1").execute(on).await.map(drop)
    }
}

/// Gives a participant one more token, and takes the oldest of too many.
async fn add_pass<DB: Dialect>(
    on: &mut DB::Connection,
    room: &RoomId,
    who: &ParticipantId,
    token: &TokenHash,
) -> sqlx::Result<()>
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> &'q [u8]: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    usize: ColumnIndex<DB::Row>,
{
    let number: i64 =
        query_scalar("SELECT COALESCE(MAX(number), 0) + 1 FROM pass WHERE room_id = $1 AND participant_id = $2")
            .bind(room.as_str())
            .bind(who.as_str())
            .fetch_one(&mut *on)
            .await?;
    query("INSERT INTO pass (room_id, token, participant_id, number) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING")
        .bind(room.as_str())
        .bind(&token.0[..])
        .bind(who.as_str())
        .bind(number)
        .execute(&mut *on)
        .await?;
    query("DELETE FROM pass WHERE room_id = $1 AND participant_id = $2 AND number <= $3")
        .bind(room.as_str())
        .bind(who.as_str())
        .bind(number - row::number(PASSES_MAX))
        .execute(on)
        .await
        .map(drop)
}
