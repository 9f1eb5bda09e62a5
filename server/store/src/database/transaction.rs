//! One transaction: all of a batch, in steps.

use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use sqlx::{ConnectOptions, Connection};
use tokio::time::Instant;
use wire::domain::{RoomId, Seq, Timestamp};

use super::{
    Database,
    batch::Batch,
    plan::{Known, Plan},
    running::{run_commands, run_jobs, settle},
    text::{Left, StoredText},
    writing::{Committed, Writing, is_of_a_row, is_of_a_statement},
};
use crate::{Command, Logged, PAGE_MAX, Page, draft::Fresh};

/// How often all rooms' bytes are summed up anew: another process may have rooms in the same database.
const SUM_EVERY: Duration = Duration::from_secs(60);

/// The same, while rooms are purged.
const SUM_AFTER: Duration = Duration::from_secs(1);

/// Rooms of which it is remembered where their logs ended. About 100 bytes each.
const ENDS: usize = 20_000;

impl<DB: Database> Writing<DB> {
    /// Writes a batch, all of it or nothing. What fails by itself fails alone.
    pub(super) async fn commit(&mut self, batch: &mut Batch<DB::Connection>) -> sqlx::Result<Committed> {
        self.is_committing = false;
        if let Some(at_once) = self.at_once(batch) {
            self.is_committing = true;
            let doubt = at_once.rooms().map(|room| (room.clone(), self.end(room)));
            self.doubt = doubt.collect();
            match self.commit_at_once(at_once).await {
                Ok(committed) => return Ok(committed),
                Err(error) if self.reserve.is_missed(&error) => return Err(error),
                // Nothing was written: something about one of them is unusual.
                Err(error) if is_of_a_row(&error) => {
                    self.is_committing = false;
                    self.doubt.clear();
                }
                // The connection died, before it or since. What was written is known again by the names of the messages.
                Err(_) => {}
            }
        }
        match self.commit_in_steps(batch, false).await {
            Err(error) if is_of_a_statement(&error) && !self.reserve.is_missed(&error) && batch.may_fail_in_part() => {
                self.commit_in_steps(batch, true).await
            }
            committed => committed,
        }
    }

    /// Writes a batch in a transaction of several statements. With `savepoints`, a command that fails takes back what it
    /// did, and nothing else: they cost as much as a small command does, and are for when something has failed.
    async fn commit_in_steps(
        &mut self,
        batch: &mut Batch<DB::Connection>,
        savepoints: bool,
    ) -> sqlx::Result<Committed> {
        // Only a connection that came through without an error is put back.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let mut transaction = if let Ok(transaction) = connection.begin_with(DB::BEGIN).await {
            transaction
        } else {
            // It died since; nothing was asked of it yet.
            connection = self.options.connect().await?;
            connection.begin_with(DB::BEGIN).await?
        };
        let on = &mut *transaction;
        let now = self.clock.now();

        let mut rooms = batch.rooms();
        rooms.extend(self.doubt.keys());
        let mut locked = DB::lock(on, &Vec::from_iter(rooms), now).await?;
        let mut news = missed::<DB>(on, &self.doubt, now).await?;
        let (mut outcomes, fresh) = run_commands::<DB>(on, &batch.commands, now, savepoints, &*self.reserve).await?;
        for asked in &batch.commands {
            if let Command::Create { .. } = asked.command {
                // It was not there to be locked. Nobody else knows it.
                locked.entry(asked.room.clone()).or_insert((Seq::START, 0));
            }
        }
        if !fresh.is_empty() && self.is_sum_due() {
            self.text.freshen();
            self.text.all.recount(DB::text(on).await?);
            self.summed_at = Some(Instant::now());
        }
        let (places, fresh): (Vec<usize>, Vec<(RoomId, Fresh)>) = fresh.into_iter().unzip();
        let plan = write_entries::<DB>(on, &self.text, &fresh, locked, now).await?;
        for (place, appended) in places.into_iter().zip(plan.outcomes) {
            settle(&mut outcomes[place], &batch.commands[place].command, appended)?;
        }
        run_jobs::<DB>(on, batch, &*self.reserve).await?;

        for (room, entries) in &plan.fresh {
            if let Some(first) = entries.first() {
                self.doubt.entry(room.clone()).or_insert(Seq(first.logged.seq.0 - 1));
            }
        }
        self.is_committing = true;
        transaction.commit().await?;
        self.doubt.clear();
        self.text.all.count(plan.growth.values().sum());
        self.connection = Some(connection);
        let fresh = plan.fresh.into_iter();
        news.extend(fresh.map(|(room, entries)| (room, entries.into_iter().map(|entry| entry.logged).collect())));
        self.note_ends(news.iter().map(|(room, entries)| (room, entries)));
        Ok(Committed { outcomes, news })
    }

    fn end(&self, room: &RoomId) -> Seq {
        self.ends.get(room).copied().unwrap_or_default()
    }

    /// Remembers where logs end.
    pub(super) fn note_ends<'e>(&mut self, written: impl Iterator<Item = (&'e RoomId, &'e Vec<Logged>)>) {
        if self.ends.len() >= ENDS {
            self.ends.clear();
        }
        let lasts = written.filter_map(|(room, entries)| Some((room.clone(), entries.last()?.seq)));
        self.ends.extend(lasts);
    }

    pub(super) fn is_sum_due(&self) -> bool {
        let age = self.summed_at.map(|at| at.elapsed());
        age.is_none_or(|age| age >= SUM_EVERY || (age >= SUM_AFTER && self.text.is_stale()))
    }
}

/// Writes entries after each other's, and what they amend.
async fn write_entries<DB: Database>(
    on: &mut DB::Connection,
    text: &StoredText,
    fresh: &[(RoomId, Fresh)],
    locked: HashMap<RoomId, (Seq, u64)>,
    now: Timestamp,
) -> sqlx::Result<Plan> {
    let left = |bytes: u64| text.room.saturating_sub(bytes);
    let left = Left {
        server: Some(text.all.left()),
        rooms: locked
            .iter()
            .map(|(room, (_, bytes))| (room.clone(), left(*bytes)))
            .collect(),
    };
    let ends: HashMap<_, _> = locked.into_iter().map(|(room, (end, _))| (room, end)).collect();
    // Neither is asked for where it cannot matter: most batches are new messages only.
    let mut known = Known {
        left,
        ..Known::default()
    };
    let amends = fresh.iter().any(|(_, fresh)| fresh.amends().is_some());
    if amends {
        known.amendable = DB::amendable(on, fresh).await?;
        // A deletion's retry is about what is deleted.
        known.sent = DB::sent(on, fresh).await?;
    }
    let mut plan = Plan::of(fresh, ends.clone(), known.clone(), now);
    if plan.is_short && !amends {
        // A retry needs no space.
        known.sent = DB::sent(on, fresh).await?;
        plan = Plan::of(fresh, ends.clone(), known.clone(), now);
    }
    if !DB::insert(on, &plan.fresh).await? {
        // Retries are among them. They are rare: to look for them pays only now.
        DB::readmit(on, &ends).await?;
        known.sent = DB::sent(on, fresh).await?;
        plan = Plan::of(fresh, ends, known, now);
        if !DB::insert(on, &plan.fresh).await? {
            return Err(sqlx::Error::Protocol("an entry is in its own way".to_owned()));
        }
    }
    for rewrite in &plan.rewrites {
        *plan.growth.entry(rewrite.room.clone()).or_default() += DB::rewrite(on, rewrite).await?;
    }
    DB::advance(on, &plan.fresh, &plan.growth).await?;
    Ok(plan)
}

/// What is in the log of rooms in doubt and the observer has not heard of.
async fn missed<DB: Database>(
    on: &mut DB::Connection,
    doubt: &BTreeMap<RoomId, Seq>,
    now: Timestamp,
) -> sqlx::Result<Vec<(RoomId, Vec<Logged>)>> {
    let mut missed = Vec::new();
    for (room, after) in doubt {
        let mut cursor = *after;
        // A closed room has no page, and nobody who would hear of it.
        while let Some(entries) = DB::page(on, room, Page::After(cursor, PAGE_MAX), now).await?
            && let Some(last) = entries.last()
        {
            cursor = last.seq;
            missed.push((room.clone(), entries));
        }
    }
    Ok(missed)
}
