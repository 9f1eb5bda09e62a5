//! A new database for each measurement, with rooms that people are in.

use std::sync::Arc;

use clock::{Clock, SystemClock};
use private_postgres::Cluster;
use random::{Random, SystemRandom, hash};
use store::{Bounds, Command, Logged, Observer, RawBody, Room, RoomMemories, Stores};
use tempfile::TempDir;
use wire::{
    domain::{ClientId, MessageText, Nickname, ParticipantId, RoomId, Timestamp},
    protocol::{Body, Participant, Settings},
};

/// Participants of one room: those who write in it.
const ROOM: usize = 20;

/// Where databases are: `/tmp` may be memory, on which a commit costs nothing.
const DISK: &str = "/var/tmp";

/// A day, in milliseconds.
const DAY: i64 = 86_400_000;

/// An empty database.
pub struct Database {
    pub url: String,
    _folder: Option<TempDir>,
}

/// Somebody who writes, and where.
#[derive(Clone)]
pub struct Sender {
    pub room: RoomId,
    pub id: ParticipantId,
}

/// The hub's place, with nobody listening: what fan-out costs is another figure.
struct Nobody;

impl Observer for Nobody {
    fn appended(&self, _: &RoomId, _: &[Logged]) {}
}

impl Database {
    /// A file.
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir_in(DISK).expect("a folder on a disk");
        Self {
            url: format!("sqlite:{}", folder.path().join("rooms.db").display()),
            _folder: Some(folder),
        }
    }

    /// One of this cluster's.
    pub async fn postgres(cluster: &Cluster) -> Self {
        Self {
            url: cluster.database().await,
            _folder: None,
        }
    }

    /// Opens it as the server does, with so many people in its rooms.
    pub async fn with(&self, senders: usize) -> (Stores, Vec<Sender>) {
        let clock = Arc::new(SystemClock);
        let (observer, rooms) = (Arc::new(Nobody), Arc::<RoomMemories>::default());
        let stores = store::open(&self.url, clock, SystemRandom.epoch(), observer, rooms, Bounds::NONE).await;
        let stores = stores.expect("the database opens");
        let mut all = Vec::with_capacity(senders);
        let mut room = None;
        for n in 0..senders {
            if n % ROOM == 0 {
                room = Some(open_room(&stores).await);
            }
            let room = room.clone().expect("the first opens one");
            all.push(enter(&stores, room).await);
        }
        (stores, all)
    }
}

async fn open_room(stores: &Stores) -> RoomId {
    let now: Timestamp = SystemClock.now();
    let room = Room {
        id: SystemRandom.room_id(),
        store_history: true,
        created_at: now,
        expires_at: now.plus_millis(DAY),
        ended: None,
        creator: hash(&SystemRandom.token()),
        creator_id: None,
        inside: 0,
        settings: Settings::default(),
    };
    let id = room.id.clone();
    let create = Command::Create {
        room: Box::new(room),
        creator: None,
    };
    stores.log.execute(&id, create).await.expect("created");
    id
}

async fn enter(stores: &Stores, room: RoomId) -> Sender {
    let who = Participant {
        id: SystemRandom.participant_id(),
        name: Nickname::parse("Maya").expect("a name"),
    };
    let id = who.id.clone();
    let join = Command::Join {
        who,
        token: hash(&SystemRandom.token()),
        capacity: 1_000,
        is_creator: false,
    };
    stores.log.execute(&room, join).await.expect("admitted");
    Sender { room, id }
}

/// What a sender says: an ordinary line of a chat.
pub fn words() -> RawBody {
    let text = "The quick brown fox jumps over the lazy dog, and the dog does not mind at all. See you at nine?";
    RawBody::of(&Body::text(MessageText::parse(text).expect("a text")))
}

/// What a message is known by.
pub fn client_id(sender: usize, n: usize) -> ClientId {
    ClientId::parse(format!("c{sender}-{n}")).expect("an id")
}
