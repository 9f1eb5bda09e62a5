//! What is done in a transaction besides entries: the rows of commands, and jobs.

use std::sync::Arc;

use sqlx::Connection;
use wire::domain::{RoomId, Timestamp};

use super::{
    Database, Reserve,
    batch::{Asked, Batch},
    commands::Effect,
    writing::is_of_a_statement,
};
use crate::{
    Appended, Command, LogError, Outcome,
    command::Executed,
    draft::{Fresh, Notice},
};

/// The id of a new room is in use. Ids are random: this is a broken generator, or a room that is created twice.
#[derive(Debug, thiserror::Error)]
#[error("the room's id is taken")]
struct IdTaken;

/// What became of commands, and what is to be logged, with the place of its command.
pub(super) type Ran = (Vec<Result<Executed, LogError>>, Vec<(usize, (RoomId, Fresh))>);

/// Does what commands say, but for their entries.
pub(super) async fn run_commands<DB: Database>(
    on: &mut DB::Connection,
    commands: &[Asked],
    now: Timestamp,
    savepoints: bool,
    reserve: &dyn Reserve,
) -> sqlx::Result<Ran> {
    let (mut outcomes, mut fresh) = (Vec::with_capacity(commands.len()), Vec::new());
    for (place, asked) in commands.iter().enumerate() {
        let room = &asked.room;
        if let Command::Say(draft) = &asked.command {
            outcomes.push(Ok(done(None)));
            fresh.push((place, (room.clone(), Fresh::Said(draft.clone()))));
            continue;
        }
        let ran = if savepoints {
            let mut part = on.begin().await?;
            let ran = DB::run(&mut part, room, &asked.command, now).await;
            match &ran {
                Ok(_) => part.commit().await?,
                Err(_) => part.rollback().await?,
            }
            ran
        } else {
            DB::run(on, room, &asked.command, now).await
        };
        match ran {
            Ok(Effect::Done(Some(notice))) if asked.is_told => {
                outcomes.push(Ok(done(None)));
                fresh.push((place, (room.clone(), Fresh::Told(notice))));
            }
            Ok(effect) => outcomes.push(outcome_of(effect)),
            // On a full disk nothing can be written, whoever tries.
            Err(error) if savepoints && is_of_a_statement(&error) && !reserve.is_missed(&error) => {
                tracing::error!(%error, "one of the writes failed, by itself");
                outcomes.push(Err(error.into()));
            }
            Err(error) => return Err(error),
        }
    }
    Ok((outcomes, fresh))
}

const fn done(untold: Option<Notice>) -> Executed {
    Executed {
        outcome: Outcome::Done(None),
        untold,
    }
}

fn outcome_of(effect: Effect) -> Result<Executed, LogError> {
    let outcome = match effect {
        Effect::Done(untold) => return Ok(done(untold)),
        Effect::Closed => return Err(LogError::Closed),
        Effect::Taken => return Err(LogError::Store(Arc::new(IdTaken))),
        Effect::Already => Outcome::Already(None),
        Effect::Full => Outcome::Full,
        Effect::Locked => Outcome::Locked,
        Effect::Removed => Outcome::Removed,
    };
    Ok(Executed { outcome, untold: None })
}

/// Puts together what became of a command and of its entry. What is said may be refused; a change without its entry is
/// none.
pub(super) fn settle(
    outcome: &mut Result<Executed, LogError>,
    command: &Command,
    appended: Result<Appended, LogError>,
) -> sqlx::Result<()> {
    if appended.is_err() && !matches!(command, Command::Say(_)) {
        return Err(sqlx::Error::Protocol(
            "there is no place for what tells of a change".to_owned(),
        ));
    }
    *outcome = appended.map(|appended| Executed {
        outcome: if appended.fresh {
            Outcome::Done(Some(appended))
        } else {
            Outcome::Already(Some(appended))
        },
        untold: None,
    });
    Ok(())
}

/// Does what is to be done besides entries. What fails by itself takes back what it did, and nothing else.
pub(super) async fn run_jobs<DB: Database>(
    on: &mut DB::Connection,
    batch: &mut Batch<DB::Connection>,
    reserve: &dyn Reserve,
) -> sqlx::Result<()> {
    let is_alone = batch.len() == 1;
    for todo in batch.jobs() {
        if is_alone {
            todo.job.run(on).await?;
            continue;
        }
        let mut part = on.begin().await?;
        let done = todo.job.run(&mut part).await;
        match done {
            Ok(()) => part.commit().await?,
            // On a full disk nothing can be written, whoever tries.
            Err(error) if is_of_a_statement(&error) && !reserve.is_missed(&error) => {
                part.rollback().await?;
                tracing::error!(%error, "one of the writes failed, by itself");
                todo.failed = Some(error.into());
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
