//! The way of most batches: new messages, in open rooms that have space for them, are written in one hand-over to the
//! database, which numbers them itself. A row that cannot be is how it says that something is otherwise: a message that
//! was said before, a room that is closed or full. Then nothing is written, and the batch takes its steps.

use std::collections::BTreeMap;

use sqlx::{ColumnIndex, ConnectOptions, Decode, Encode, Executor, IntoArguments, Type, query, query_as};
use wire::domain::{RoomId, Seq, Timestamp};

use super::{
    Answer, Database, Dialect,
    batch::Batch,
    json,
    row::{self, End},
    writing::{Committed, Writing, is_of_a_row},
};
use crate::{Appended, Draft, Logged, Outcome, command::Executed, frame::Unnumbered};

/// Statements for whole batches, the same for every [`Dialect`].
pub trait AtOnceStatements: Dialect {
    /// Adds messages after the last ones of their rooms, all or none, and commits them. Returns where the rooms' logs end
    /// by then.
    fn append(
        on: &mut Self::Connection,
        messages: &str,
        growths: &str,
        now: Timestamp,
        room_limit: u64,
    ) -> impl Answer<Vec<End>>;
    /// Ends what was begun of a batch that cannot be written.
    fn undo(on: &mut Self::Connection) -> impl Answer<()>;
}

impl<DB: Dialect> AtOnceStatements for DB
where
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
    for<'q> &'q str: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Decode<'q, DB> + Type<DB>,
    for<'r> String: Decode<'r, DB> + Type<DB>,
    &'static str: ColumnIndex<DB::Row>,
{
    async fn append(
        on: &mut DB::Connection,
        messages: &str,
        growths: &str,
        now: Timestamp,
        room_limit: u64,
    ) -> sqlx::Result<Vec<End>> {
        // All rows are waited for: the commit comes after the last of them.
        query_as(DB::AT_ONCE)
            .bind(messages)
            .bind(growths)
            .bind(now.millis())
            .bind(row::number(room_limit))
            .fetch_all(on)
            .await
    }

    async fn undo(on: &mut DB::Connection) -> sqlx::Result<()> {
        match DB::UNDO {
            Some(statement) => query(statement).execute(on).await.map(drop),
            None => Ok(()),
        }
    }
}

/// A batch of new messages.
pub(super) struct AtOnce {
    /// In order, with their rooms.
    messages: Vec<(RoomId, Draft, Unnumbered)>,
    /// When they are taken.
    now: Timestamp,
    /// How many entries and bytes each room has more.
    growths: BTreeMap<RoomId, (u64, u64)>,
}

impl AtOnce {
    pub(super) fn rooms(&self) -> impl Iterator<Item = &RoomId> {
        self.growths.keys()
    }

    /// For each message: how many of its room come after it.
    fn before_last(&self) -> Vec<u64> {
        let mut left: BTreeMap<_, _> = self
            .growths
            .iter()
            .map(|(room, (entries, _))| (room, *entries))
            .collect();
        let places = self.messages.iter().map(|(room, ..)| {
            let left = left.entry(room).or_default();
            *left = left.saturating_sub(1);
            *left
        });
        places.collect()
    }
}

impl<DB: Database> Writing<DB> {
    /// The batch, where it may be written at once: nothing is in doubt, nothing is to be counted first, and there is
    /// space on this server.
    pub(super) fn at_once(&self, batch: &Batch<DB::Connection>) -> Option<AtOnce> {
        if !self.doubt.is_empty() || self.is_sum_due() {
            return None;
        }
        let said = batch.only_messages()?;
        // Only of a room whose end is known it can be said later what the observer has not heard.
        if said.iter().any(|(room, _)| !self.ends.contains_key(*room)) {
            return None;
        }
        let now = self.clock.now();
        let mut messages = Vec::with_capacity(said.len());
        let (mut growths, mut all) = (BTreeMap::<RoomId, (u64, u64)>::new(), 0);
        for (room, draft) in said {
            let frame = Unnumbered::said(draft, now);
            let bytes = frame.len();
            all += bytes;
            match growths.get_mut(room) {
                Some(growth) => *growth = (growth.0 + 1, growth.1 + bytes),
                None => drop(growths.insert(room.clone(), (1, bytes))),
            }
            messages.push((room.clone(), draft.clone(), frame));
        }
        (!growths.is_empty() && all <= self.text.all.left()).then_some(AtOnce { messages, now, growths })
    }

    /// Writes it, or nothing.
    pub(super) async fn commit_at_once(&mut self, batch: AtOnce) -> sqlx::Result<Committed> {
        let before_last = batch.before_last();
        let messages = batch.messages.iter().zip(&before_last);
        let messages = json::messages(messages.map(|((room, draft, frame), left)| (room, *left, draft, frame)))?;
        let growths = batch
            .growths
            .iter()
            .map(|(room, (entries, bytes))| (room, *entries, *bytes));
        let growths = json::growths(growths)?;
        // Only a connection that can be used again is put back.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let now = batch.now;
        let ends = match DB::append(&mut connection, &messages, &growths, now, self.text.room).await {
            Ok(ends) => ends,
            Err(error) => {
                if is_of_a_row(&error) && DB::undo(&mut connection).await.is_ok() {
                    self.connection = Some(connection);
                }
                return Err(error);
            }
        };
        self.connection = Some(connection);
        self.doubt.clear();
        let bytes = batch.growths.values().map(|(_, bytes)| *bytes).sum::<u64>();
        self.text.all.count(row::number(bytes));
        let ends: BTreeMap<_, _> = ends.into_iter().map(|End(room, last)| (room, last)).collect();
        let (mut outcomes, mut news) = (Vec::with_capacity(before_last.len()), BTreeMap::<_, Vec<Logged>>::new());
        for ((room, _, frame), left) in batch.messages.into_iter().zip(before_last) {
            let end = ends.get(&room).copied().unwrap_or_default();
            let logged = frame.numbered(Seq(end.0.saturating_sub(left)));
            let appended = Appended::now(logged.seq, now, logged.frame.clone());
            outcomes.push(Ok(Executed {
                outcome: Outcome::Done(Some(appended)),
                untold: None,
            }));
            news.entry(room).or_default().push(logged);
        }
        self.note_ends(news.iter());
        Ok(Committed {
            outcomes,
            news: news.into_iter().collect(),
        })
    }
}
