//! What commands do to rows.

use sqlx::{ColumnIndex, Decode, Encode, Executor, IntoArguments, Type, query, query_as, query_scalar};
use wire::{
    domain::{Nickname, ParticipantId, RoomId, Timestamp, TokenHash},
    protocol::{Change, Participant},
};

use super::{
    Answer, Dialect,
    row::{self, Known},
};
use crate::{Command, PASSES_MAX, Room, draft::Notice};

/// What a command did, in a transaction that is not committed yet.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Rows are changed. What tells of it, in the same transaction where the room's log is the database.
    Done(Option<Notice>),
    /// Nothing is changed: it is so already.
    Already,
    /// Nothing: there is no place.
    Full,
    /// Nothing: the room is locked.
    Locked,
    /// Nothing: they were removed.
    Removed,
    /// Nothing: the room is over or never was.
    Closed,
    /// Nothing: the id of a new room is in use.
    Taken,
}

impl Effect {
    fn told(notice: Notice) -> Self {
        Self::Done(Some(notice))
    }
}

/// Commands, the same for every [`Dialect`], in a transaction that locked their room. All but what is said, which is done
/// for a whole batch at once.
pub trait CommandStatements: Dialect {
    /// Does what a command says. May be done again in another transaction when this one fails.
    fn run(on: &mut Self::Connection, room: &RoomId, command: &Command, now: Timestamp) -> impl Answer<Effect>;
    /// Adds a room.
    fn create(
        on: &mut Self::Connection,
        room: &Room,
        creator: Option<&(Participant, TokenHash)>,
    ) -> impl Answer<Effect>;
    /// Lets somebody in.
    fn enter(on: &mut Self::Connection, room: &RoomId, who: &Entrant<'_>, now: Timestamp) -> impl Answer<Effect>;
    /// Takes somebody out, for good or not.
    fn dismiss(
        on: &mut Self::Connection,
        room: &RoomId,
        who: &ParticipantId,
        for_good: bool,
        now: Timestamp,
    ) -> impl Answer<Effect>;
    /// Changes a setting; whether it was otherwise.
    fn change(on: &mut Self::Connection, room: &RoomId, change: Change, now: Timestamp) -> impl Answer<bool>;
    /// What an open room knows of somebody; nothing of one that is not open.
    fn known(
        on: &mut Self::Connection,
        room: &RoomId,
        who: &ParticipantId,
        now: Timestamp,
    ) -> impl Answer<Option<Known>>;
}

/// Who wants to be inside.
pub struct Entrant<'a> {
    id: &'a ParticipantId,
    /// What they are called if they are new, and a token that is theirs from now on. Who was inside before may come
    /// without.
    new: Option<(&'a Nickname, &'a TokenHash)>,
    capacity: u32,
    /// No lock keeps them out.
    is_creator: bool,
}

impl<DB: Dialect> CommandStatements for DB
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> &'q [u8]: Encode<'q, DB> + Type<DB>,
    for<'q> bool: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
    usize: ColumnIndex<DB::Row>,
{
    async fn run(on: &mut DB::Connection, room: &RoomId, command: &Command, now: Timestamp) -> sqlx::Result<Effect> {
        match command {
            Command::Create { room, creator } => Self::create(on, room, creator.as_ref()).await,
            Command::Join {
                who,
                token,
                capacity,
                is_creator,
            } => {
                let entrant = Entrant {
                    id: &who.id,
                    new: Some((&who.name, token)),
                    capacity: *capacity,
                    is_creator: *is_creator,
                };
                Self::enter(on, room, &entrant, now).await
            }
            Command::Return { who, capacity } => {
                let entrant = Entrant {
                    id: who,
                    new: None,
                    capacity: *capacity,
                    is_creator: false,
                };
                Self::enter(on, room, &entrant, now).await
            }
            Command::Leave { who } => Self::dismiss(on, room, who, false, now).await,
            Command::Remove { who } => Self::dismiss(on, room, who, true, now).await,
            Command::Change { by, change } => {
                if Self::change(&mut *on, room, *change, now).await? {
                    let (by, change) = (by.clone(), *change);
                    return Ok(Effect::told(Notice::Changed { by, change }));
                }
                let open: Option<bool> =
                    query_scalar("SELECT locked FROM room WHERE id = $1 AND ended_at IS NULL AND expires_at > $2")
                        .bind(room.as_str())
                        .bind(now.millis())
                        .fetch_optional(on)
                        .await?;
                Ok(open.map_or(Effect::Closed, |_| Effect::Already))
            }
            Command::End { at, reason } => {
                let done = query("UPDATE room SET ended_at = $2, end_reason = $3 WHERE id = $1 AND ended_at IS NULL")
                    .bind(room.as_str())
                    .bind(at.millis())
                    .bind(row::end_reason(*reason))
                    .execute(on)
                    .await?;
                let is_ended = DB::affected(&done) == 1;
                Ok(if is_ended { Effect::Done(None) } else { Effect::Already })
            }
            // A batch says what there is to say all at once.
            Command::Say(_) => Ok(Effect::Already),
        }
    }

    async fn create(
        on: &mut DB::Connection,
        room: &Room,
        creator: Option<&(Participant, TokenHash)>,
    ) -> sqlx::Result<Effect> {
        let inside = i64::from(creator.is_some());
        let done = query(
            "INSERT INTO room (id, store_history, created_at, expires_at, creator, creator_id, inside, admitted) \
             VALUES ($1, $2, $3, $4, $5, NULLIF($6, ''), $7, $7) \
             ON CONFLICT DO NOTHING",
        )
        .bind(room.id.as_str())
        .bind(room.store_history)
        .bind(room.created_at.millis())
        .bind(room.expires_at.millis())
        .bind(&room.creator.0[..])
        .bind(room.creator_id.as_ref().map_or("", ParticipantId::as_str))
        .bind(inside)
        .execute(&mut *on)
        .await?;
        if DB::affected(&done) == 0 {
            return Ok(Effect::Taken);
        }
        let Some((who, token)) = creator else {
            return Ok(Effect::Done(None));
        };
        add_participant::<DB>(on, &room.id, who, token, 1).await?;
        Ok(Effect::told(Notice::Joined(who.clone())))
    }

    async fn enter(on: &mut DB::Connection, room: &RoomId, who: &Entrant<'_>, now: Timestamp) -> sqlx::Result<Effect> {
        let id = who.id;
        let Some(Known { locked, member }) = Self::known(&mut *on, room, id, now).await? else {
            return Ok(Effect::Closed);
        };
        match (&member, who.new) {
            (None, None) => return Ok(Effect::Closed),
            (Some(member), _) if member.removed => return Ok(Effect::Removed),
            (Some(member), new) if member.inside => {
                if let Some((_, token)) = new {
                    add_pass::<DB>(on, room, id, token).await?;
                }
                return Ok(Effect::Already);
            }
            _ => {}
        }
        let passes = member.is_some() || who.is_creator;
        // The condition decides the races for the last place and with a lock, whatever else is or is not locked.
        let number: Option<i64> = query_scalar(
            "UPDATE room SET inside = inside + 1, admitted = admitted + $2 WHERE id = $1 AND inside < $3 \
             AND ($4 OR NOT locked) RETURNING admitted",
        )
        .bind(room.as_str())
        .bind(i64::from(member.is_none()))
        .bind(i64::from(who.capacity))
        .bind(passes)
        .fetch_optional(&mut *on)
        .await?;
        let Some(number) = number else {
            return Ok(if !passes && locked {
                Effect::Locked
            } else {
                Effect::Full
            });
        };
        let participant = match (member, who.new) {
            (None, Some((name, token))) => {
                let (id, name) = (id.clone(), name.clone());
                let participant = Participant { id, name };
                add_participant::<DB>(on, room, &participant, token, number).await?;
                participant
            }
            (Some(member), new) => {
                query("UPDATE participant SET inside = TRUE WHERE room_id = $1 AND id = $2")
                    .bind(room.as_str())
                    .bind(id.as_str())
                    .execute(&mut *on)
                    .await?;
                if let Some((_, token)) = new {
                    add_pass::<DB>(on, room, id, token).await?;
                }
                let (id, name) = (member.id, member.name);
                Participant { id, name }
            }
            (None, None) => return Ok(Effect::Closed),
        };
        Ok(Effect::told(Notice::Joined(participant)))
    }

    async fn dismiss(
        on: &mut DB::Connection,
        room: &RoomId,
        who: &ParticipantId,
        for_good: bool,
        now: Timestamp,
    ) -> sqlx::Result<Effect> {
        let member = match Self::known(&mut *on, room, who, now).await? {
            None => return Ok(Effect::Closed),
            Some(Known { member, .. }) => member,
        };
        let Some(member) = member.filter(|member| if for_good { !member.removed } else { member.inside }) else {
            return Ok(Effect::Already);
        };
        query("UPDATE participant SET inside = FALSE, removed = $3 WHERE room_id = $1 AND id = $2")
            .bind(room.as_str())
            .bind(who.as_str())
            .bind(for_good || member.removed)
            .execute(&mut *on)
            .await?;
        if member.inside {
            query("UPDATE room SET inside = inside - 1 WHERE id = $1")
                .bind(room.as_str())
                .execute(on)
                .await?;
        }
        let (id, name) = (member.id, member.name);
        let participant = Participant { id, name };
        Ok(Effect::told(if for_good {
            Notice::Removed(participant)
        } else {
            Notice::Left(participant)
        }))
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

    async fn known(
        on: &mut DB::Connection,
        room: &RoomId,
        who: &ParticipantId,
        now: Timestamp,
    ) -> sqlx::Result<Option<Known>> {
        query_as(
            "SELECT room.locked, participant.id, name, participant.inside, removed \
             FROM room LEFT JOIN participant ON room_id = room.id AND participant.id = $2 \
             WHERE room.id = $1 AND ended_at IS NULL AND expires_at > $3",
        )
        .bind(room.as_str())
        .bind(who.as_str())
        .bind(now.millis())
        .fetch_optional(on)
        .await
    }
}

/// Adds somebody who is inside: the room's first is number 1.
async fn add_participant<DB: Dialect>(
    on: &mut DB::Connection,
    room: &RoomId,
    who: &Participant,
    token: &TokenHash,
    number: i64,
) -> sqlx::Result<()>
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> &'q [u8]: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Type<DB>,
{
    query("INSERT INTO participant (room_id, id, number, name, token, inside) VALUES ($1, $2, $3, $4, $5, TRUE)")
        .bind(room.as_str())
        .bind(who.id.as_str())
        .bind(number)
        .bind(who.name.as_str())
        .bind(&token.0[..])
        .execute(on)
        .await
        .map(drop)
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
