//! A store to be tested, and what it is given: a clock that stands still, a generator with a seed, an observer that
//! writes down what it hears.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use clock::{Clock, ManualClock};
use private_postgres::Cluster;
use random::{self, Random, SeededRandom};
use store::{
    Act, Bounds, Command, Draft, Log, LogError, Logged, MediaRegistry, Observer, Outcome, RawBody, Registry, Room,
    RoomMemories, Space, Stores, Upkeep,
};
use tempfile::TempDir;
use tokio::sync::Notify;
use wire::{
    domain::{ClientId, Emoji, MessageText, Nickname, ParticipantId, RoomId, Seq, Timestamp, TokenHash},
    protocol::{Body, Change, EndReason, Entry, Participant, Settings, Version},
};

/// When the tests' clock begins.
pub const START: Timestamp = Timestamp::from_millis(1_763_890_000_000);
/// How long the tests' rooms are open, in milliseconds.
pub const DAY: i64 = 24 * 60 * 60 * 1000;

/// One store with its surroundings.
pub struct World {
    pub log: Arc<dyn Log>,
    pub registry: Arc<dyn Registry>,
    pub media: Arc<dyn MediaRegistry>,
    pub upkeep: Arc<dyn Upkeep>,
    pub clock: Arc<ManualClock>,
    pub heard: Arc<Heard>,
    pub random: Arc<SeededRandom>,
    /// Whether the rooms of this world keep their history.
    pub stored: bool,
    /// How much there may be, from the next [`World::reopen`] on.
    pub bounds: Bounds,
    stores: Stores,
    pub url: String,
    /// Where the files are. Removed with the world.
    pub folder: TempDir,
}

/// Rooms stored in SQLite.
pub async fn sqlite() -> World {
    in_sqlite(true).await
}

/// Live rooms. Their registry is SQLite.
pub async fn memory() -> World {
    in_sqlite(false).await
}

async fn in_sqlite(stored: bool) -> World {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("data/rooms.db").display());
    World::open(url, folder, stored, 1).await
}

/// Rooms stored in Postgres.
pub async fn postgres() -> World {
    in_postgres(Cluster::shared()).await
}

/// Rooms stored in this Postgres, in a database of their own.
pub async fn in_postgres(cluster: &Cluster) -> World {
    let folder = tempfile::tempdir().expect("a temporary folder");
    World::open(cluster.database().await, folder, true, 1).await
}

impl World {
    /// Opens a store. Worlds that share a database need different seeds, or their ids are the same.
    pub async fn open(url: String, folder: TempDir, stored: bool, seed: u64) -> Self {
        let clock = Arc::new(ManualClock::at(START));
        let random = Arc::new(SeededRandom::new(seed));
        let heard = Arc::new(Heard::default());
        let bounds = Bounds::NONE;
        let stores = store::open(
            &url,
            Arc::clone(&clock) as _,
            random.epoch(),
            Arc::clone(&heard) as _,
            Arc::<RoomMemories>::default(),
            bounds,
        )
        .await;
        let stores = stores.expect("the store opens");
        Self {
            log: Arc::clone(&stores.log),
            registry: Arc::clone(&stores.registry),
            media: Arc::clone(&stores.media),
            upkeep: Arc::clone(&stores.upkeep),
            clock,
            heard,
            random,
            stored,
            bounds,
            stores,
            url,
            folder,
        }
    }

    /// Closes the store and opens it again, as a restart of the server does.
    pub async fn reopen(&mut self) {
        self.stores.close().await;
        let clock = Arc::clone(&self.clock) as _;
        let stores = store::open(
            &self.url,
            clock,
            self.random.epoch(),
            Arc::clone(&self.heard) as _,
            Arc::<RoomMemories>::default(),
            self.bounds,
        )
        .await;
        self.stores = stores.expect("the store opens again");
        self.log = Arc::clone(&self.stores.log);
        self.registry = Arc::clone(&self.stores.registry);
        self.media = Arc::clone(&self.stores.media);
        self.upkeep = Arc::clone(&self.stores.upkeep);
    }

    /// How much there is.
    pub fn space(&self) -> &Space {
        &self.stores.space
    }

    /// Closes the store: all is written, and nothing can be any more.
    pub async fn close(&self) {
        self.stores.close().await;
    }

    /// A new open room of this world's kind.
    pub async fn room(&self) -> RoomId {
        let room = self.new_room();
        self.log.create(&room).await.expect("the room is created");
        room.id
    }

    /// A room that is not created yet.
    pub fn new_room(&self) -> Room {
        let now = self.clock.now();
        Room {
            id: self.random.room_id(),
            store_history: self.stored,
            created_at: now,
            expires_at: now.plus_millis(DAY),
            ended: None,
            creator: self.token(),
            creator_id: None,
            settings: Settings::default(),
            inside: 0,
        }
    }

    /// Somebody new.
    pub fn participant(&self, name: &str) -> Participant {
        Participant {
            id: self.random.participant_id(),
            name: Nickname::parse(name).expect("a name"),
        }
    }

    pub fn token(&self) -> TokenHash {
        random::hash(&self.random.token())
    }
}

/// Whether somebody got in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Entered,
    AlreadyInside,
    Full,
    Locked,
    Removed,
    Closed,
}

fn admission(told: Result<Outcome, LogError>) -> Result<Admission, LogError> {
    match told {
        Ok(Outcome::Done(joined)) => {
            assert!(joined.is_some_and(|joined| joined.fresh), "an entry tells of it");
            Ok(Admission::Entered)
        }
        Ok(Outcome::Already(_)) => Ok(Admission::AlreadyInside),
        Ok(Outcome::Full) => Ok(Admission::Full),
        Ok(Outcome::Locked) => Ok(Admission::Locked),
        Ok(Outcome::Removed) => Ok(Admission::Removed),
        Err(LogError::Closed) => Ok(Admission::Closed),
        Err(error) => Err(error),
    }
}

/// Commands in fewer words.
#[async_trait]
pub trait Commands {
    async fn create(&self, room: &Room) -> Result<(), LogError>;
    async fn join(
        &self,
        room: &RoomId,
        known: (&Participant, &TokenHash),
        capacity: u32,
        is_creator: bool,
    ) -> Result<Admission, LogError>;
    async fn admit(
        &self,
        room: &RoomId,
        who: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError>;
    async fn admit_creator(
        &self,
        room: &RoomId,
        who: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError>;
    async fn readmit(&self, room: &RoomId, who: &ParticipantId, capacity: u32) -> Result<Admission, LogError>;
    async fn release(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError>;
    async fn remove(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError>;
    async fn change(&self, room: &RoomId, change: Change) -> Result<bool, LogError>;
    async fn end(&self, room: &RoomId, at: Timestamp, reason: EndReason) -> Result<bool, LogError>;
}

#[async_trait]
impl Commands for dyn Log {
    async fn create(&self, room: &Room) -> Result<(), LogError> {
        let create = Command::Create {
            room: Box::new(room.clone()),
            creator: None,
        };
        let created = self.execute(&room.id, create).await?;
        assert_eq!(created, Outcome::Done(None));
        Ok(())
    }

    async fn join(
        &self,
        room: &RoomId,
        (who, token): (&Participant, &TokenHash),
        capacity: u32,
        is_creator: bool,
    ) -> Result<Admission, LogError> {
        let join = Command::Join {
            who: who.clone(),
            token: *token,
            capacity,
            is_creator,
        };
        admission(self.execute(room, join).await)
    }

    async fn admit(
        &self,
        room: &RoomId,
        who: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError> {
        self.join(room, (who, token), capacity, false).await
    }

    async fn admit_creator(
        &self,
        room: &RoomId,
        who: &Participant,
        token: &TokenHash,
        capacity: u32,
    ) -> Result<Admission, LogError> {
        self.join(room, (who, token), capacity, true).await
    }

    async fn readmit(&self, room: &RoomId, who: &ParticipantId, capacity: u32) -> Result<Admission, LogError> {
        let who = who.clone();
        admission(self.execute(room, Command::Return { who, capacity }).await)
    }

    async fn release(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError> {
        let left = self.execute(room, Command::Leave { who: who.clone() }).await?;
        Ok(left.is_done())
    }

    async fn remove(&self, room: &RoomId, who: &ParticipantId) -> Result<bool, LogError> {
        let removed = self.execute(room, Command::Remove { who: who.clone() }).await?;
        Ok(removed.is_done())
    }

    async fn change(&self, room: &RoomId, change: Change) -> Result<bool, LogError> {
        let changed = self.execute(room, Command::Change { by: None, change }).await?;
        Ok(changed.is_done())
    }

    async fn end(&self, room: &RoomId, at: Timestamp, reason: EndReason) -> Result<bool, LogError> {
        let ended = self.execute(room, Command::End { at, reason }).await?;
        Ok(ended.is_done())
    }
}

fn draft(from: &ParticipantId, client_id: &str, act: Act) -> Draft {
    Draft {
        from: from.clone(),
        client_id: ClientId::parse(client_id).expect("a client id"),
        act,
    }
}

/// A text.
pub fn words(text: &str) -> Body {
    Body::text(MessageText::parse(text).expect("a text"))
}

/// A message.
pub fn says(from: &ParticipantId, client_id: &str, text: &str) -> Draft {
    let (media, body) = (Vec::new(), RawBody::of(&words(text)));
    draft(from, client_id, Act::Say { media, body })
}

/// What is said about a message.
pub mod amends {
    use super::{Act, Body, Draft, Emoji, ParticipantId, RawBody, Seq, Version, draft, words};

    /// Other words.
    pub fn edit(from: &ParticipantId, client_id: &str, target: u64, text: &str) -> Draft {
        let (target, media, body) = (Seq(target), Vec::new(), RawBody::of(&words(text)));
        draft(from, client_id, Act::Edit { target, media, body })
    }

    /// None at all.
    pub fn delete(from: &ParticipantId, client_id: &str, target: u64) -> Draft {
        let target = Seq(target);
        draft(from, client_id, Act::Delete { target })
    }

    /// A thumb: to the log, something that is said.
    pub fn react(from: &ParticipantId, client_id: &str, target: u64) -> Draft {
        let body = Body::Reaction {
            v: Version,
            target: Seq(target),
            emoji: Emoji::parse("👍").expect("an emoji"),
            on: true,
        };
        let (media, body) = (Vec::new(), RawBody::of(&body));
        draft(from, client_id, Act::Say { media, body })
    }
}

/// Entries as readers read them.
pub fn read(entries: &[Logged]) -> Vec<Entry> {
    let entries = entries.iter().map(|logged| {
        let entry: Entry = serde_json::from_slice(&logged.frame).expect("an entry");
        assert_eq!(entry.seq(), logged.seq);
        entry
    });
    entries.collect()
}

/// What an observer heard, by room.
#[derive(Default)]
pub struct Heard {
    entries: Mutex<HashMap<RoomId, Vec<Entry>>>,
    more: Notify,
}

impl Heard {
    /// What was heard of this room so far.
    pub fn of(&self, room: &RoomId) -> Vec<Entry> {
        self.entries
            .lock()
            .expect("no test panics here")
            .get(room)
            .cloned()
            .unwrap_or_default()
    }

    /// Waits until more is heard, or was since the last time.
    pub async fn more(&self) {
        self.more.notified().await;
    }
}

impl Observer for Heard {
    fn appended(&self, room: &RoomId, entries: &[Logged]) {
        let mut heard = self.entries.lock().expect("no test panics here");
        heard.entry(room.clone()).or_default().extend(read(entries));
        self.more.notify_one();
    }
}
