//! Stored and live rooms behind one trait: the only place that asks which a room is.
//!
//! A stored room's change and its entry are one transaction. A live room's change is a row in the database, its entry one
//! in memory, in this order and in the order of the commits: the entry's place is held before the row is written, so that
//! nothing but the end of the room can keep it from being told; nothing comes between, as the writer itself tells it
//! before it goes on; and a process that ends in between takes the log with it, as it does with all of a live room's. Where
//! the database does not say whether it has committed, nobody has heard of the change: who asked for it is told that the
//! store failed, and asks again, or has it taken back.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{FutureExt, future::ready};
use wire::domain::{ClientId, ParticipantId, RoomId};

use super::{
    Appended, Command, Executing, Log, LogError, Logged, Outcome, Page, Position, Registry, Room,
    command::{Executed, Finish},
    database::{Database, Store},
    memory::{Held, Memories, MemoryLog},
};
use admission::{Budget, Exhausted};

/// A database's rooms and logs, with the live rooms' logs in memory.
pub(super) struct Routed<DB: Database> {
    store: Arc<Store<DB>>,
    live: Arc<MemoryLog>,
    /// Where it is remembered which rooms are stored.
    memories: Arc<dyn Memories>,
    /// Open rooms of both kinds.
    open: Arc<Budget>,
}

impl<DB: Database> Routed<DB>
where
    Store<DB>: Registry,
{
    /// Routes stored rooms to `store`, live ones to `live`. There are as many as `open` says.
    pub fn new(store: Arc<Store<DB>>, live: Arc<MemoryLog>, memories: Arc<dyn Memories>, open: Arc<Budget>) -> Self {
        Self {
            store,
            live,
            memories,
            open,
        }
    }

    async fn is_stored(&self, room: &RoomId) -> Result<bool, LogError> {
        let memory = self.memories.of(room);
        match memory.memory().is_stored() {
            Some(stored) => Ok(stored),
            None => {
                let stored = self.store.room(room).await?.ok_or(LogError::Closed)?.store_history;
                memory.memory().note_stored(stored);
                Ok(stored)
            }
        }
    }

    /// Tells of a change in a live room's log, once it is committed.
    fn tell(&self, room: &RoomId, held: impl FnOnce(&MemoryLog) -> Held + Send + Sync + 'static) -> Finish {
        let (live, room) = (Arc::clone(&self.live), room.clone());
        Box::new(move |Executed { outcome, untold }| match untold {
            None => Ok(outcome),
            Some(notice) => {
                let held = held(&live);
                Ok(Outcome::Done(Some(live.tell(&room, &held, notice)?)))
            }
        })
    }

    /// Opens a room, if there may be one more.
    fn create(&self, room: &RoomId, new: &Room, command: Command) -> Result<Executing, LogError> {
        let (stored, expires_at) = (new.store_history, new.expires_at);
        let place = Place::take(&self.open)?;
        self.memories.of(room).memory().note_stored(stored);
        let id = room.clone();
        let tell = self.tell(room, move |live| live.open(&id, expires_at));
        let finish = move |executed: Executed| {
            place.keep();
            if stored { Ok(executed.outcome) } else { tell(executed) }
        };
        self.store.command(room, command, stored, Some(Box::new(finish)))
    }

    /// Ends a room. After an error it may have ended: who ends it again closes its log.
    fn end(&self, room: &RoomId, command: Command) -> Result<Executing, LogError> {
        let (live, open, id) = (Arc::clone(&self.live), Arc::clone(&self.open), room.clone());
        let finish = move |executed: Executed| {
            live.close(&id);
            if executed.outcome.is_done() {
                open.count(-1);
            }
            Ok(executed.outcome)
        };
        self.store.command(room, command, false, Some(Box::new(finish)))
    }
}

#[async_trait]
impl<DB: Database> Log for Routed<DB>
where
    Store<DB>: Registry,
{
    async fn take(&self, room: &RoomId, command: Command) -> Result<Executing, LogError> {
        match command {
            Command::Create { room: ref new, .. } => self.create(room, &new.clone(), command),
            Command::End { .. } => self.end(room, command),
            command if self.is_stored(room).await? => self.store.command(room, command, true, None),
            Command::Say(draft) => {
                let appended = self.live.say(room, draft).await?;
                let outcome = if appended.fresh {
                    Outcome::Done
                } else {
                    Outcome::Already
                };
                Ok(ready(Ok(outcome(Some(appended)))).boxed())
            }
            command => {
                let held = self.live.hold(room).await?;
                let tell = self.tell(room, move |_| held);
                self.store.command(room, command, false, Some(tell))
            }
        }
    }

    async fn read(&self, room: &RoomId, page: Page) -> Result<Vec<Logged>, LogError> {
        if self.is_stored(room).await? {
            self.store.page(room, page).await
        } else {
            self.live.page(room, page).await
        }
    }

    async fn sent(
        &self,
        room: &RoomId,
        from: &ParticipantId,
        client_id: &ClientId,
    ) -> Result<Option<Appended>, LogError> {
        if self.is_stored(room).await? {
            self.store.sent(room, from, client_id).await
        } else {
            self.live.sent(room, from, client_id).await
        }
    }

    async fn position(&self, room: &RoomId) -> Result<Position, LogError> {
        if self.is_stored(room).await? {
            self.store.position(room).await
        } else {
            self.live.position(room).await
        }
    }

    async fn purge(&self, rooms: &[RoomId]) -> Result<(), LogError> {
        self.live.purge(rooms).await?;
        // Who was in a live room is in the database, too.
        self.store.purge(rooms).await
    }

    async fn scrub(&self) -> Result<(), LogError> {
        self.store.scrub().await
    }
}

/// An open room's place among all of them, given back where the room does not come to be.
struct Place(Option<Arc<Budget>>);

impl Place {
    fn take(open: &Arc<Budget>) -> Result<Self, Exhausted> {
        open.count_one()?;
        Ok(Self(Some(Arc::clone(open))))
    }

    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(open) = &self.0 {
            open.count(-1);
        }
    }
}
