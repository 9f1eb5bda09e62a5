//! Rooms full of clients.

use std::{sync::Arc, time::Duration};

use app::room_client::Link;
use fastrand::Rng;
use futures_util::{FutureExt, future::join_all};
use tokio::time::timeout;
use wire::domain::Seq;

use crate::{
    api::{Api, Guest, NewRoom},
    checker::{Verdict, check},
    client::{Client, Mode, Seat, Words},
    history::{Content, Reading, Record, RoomHistory, Seen},
    program::Program,
};

/// How long it may take until everything that was written is with everybody.
const SETTLE_WITHIN: Duration = Duration::from_secs(90);

/// What a crowd is like.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Whether rooms keep their history.
    pub stored: bool,
    /// How many rooms.
    pub rooms: usize,
    /// Participants in each. The first one has two tabs open.
    pub people: usize,
    /// Characters in a message.
    pub length: usize,
    /// Messages that each writes, at most.
    pub count: u64,
}

impl Plan {
    /// Rooms that keep their history, in which everybody writes on and on.
    #[must_use]
    pub const fn stored(rooms: usize, people: usize) -> Self {
        Self {
            stored: true,
            rooms,
            people,
            length: 60,
            count: u64::MAX,
        }
    }

    /// The same, live.
    #[must_use]
    pub const fn live(rooms: usize, people: usize) -> Self {
        Self {
            stored: false,
            ..Self::stored(rooms, people)
        }
    }
}

/// A room and those in it.
#[derive(Debug)]
pub struct Room {
    /// The room.
    pub room: NewRoom,
    /// Stands in every word that is said in it.
    pub canary: String,
    /// Those in it; the first two are one participant.
    pub clients: Vec<Client>,
    stored: bool,
    words: Arc<Words>,
}

/// Some rooms.
#[derive(Debug)]
pub struct Crowd {
    /// The rooms.
    pub rooms: Vec<Room>,
}

impl Crowd {
    /// Starts rooms and fills them with clients that connect to `host`.
    ///
    /// # Panics
    /// When not all come in.
    pub async fn gather(api: &Api, host: &str, plan: &Plan, rng: &mut Rng) -> Self {
        let mut rooms = Vec::with_capacity(plan.rooms);
        for _ in 0..plan.rooms {
            rooms.push(Room::fill(api, host, plan, rng).await);
        }
        let crowd = Self { rooms };
        crowd.connected().await;
        crowd
    }

    /// Everybody.
    pub fn clients(&self) -> impl Iterator<Item = &Client> {
        self.rooms.iter().flat_map(|room| &room.clients)
    }

    /// Tells everybody what to do.
    pub fn set(&self, mode: Mode) {
        self.clients().for_each(|client| client.set(mode));
    }

    /// Acks so far.
    #[must_use]
    pub fn acked(&self) -> u64 {
        self.clients().map(|client| client.status.borrow().acked).sum()
    }

    /// Waits until so many more messages were acked.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn acked_more(&self, more: u64) {
        let enough = self.acked() + more;
        let wait = async {
            let clients = Vec::from_iter(self.clients());
            let mut turn = 0;
            // Everybody writes: where one got on, the others did, too.
            while self.acked() < enough {
                let client = clients[turn % clients.len()];
                let before = client.status.borrow().acked;
                let _ = timeout(Duration::from_millis(20), client.until(|status| status.acked > before)).await;
                turn += 1;
            }
        };
        timeout(SETTLE_WITHIN, wait).await.unwrap_or_else(|_| {
            panic!(
                "only {} of {enough} messages were acked in {SETTLE_WITHIN:?}",
                self.acked()
            )
        });
    }

    /// Waits until everybody is connected.
    ///
    /// # Panics
    /// When that takes too long.
    pub async fn connected(&self) {
        let all = join_all(
            self.clients()
                .map(|client| client.until(|status| status.link == Link::Open)),
        );
        assert!(
            timeout(SETTLE_WITHIN, all).await.is_ok(),
            "not everybody got a connection"
        );
    }

    /// Lets everybody finish what they began, and waits until all have heard all; whether that came to pass.
    pub async fn settle(&self) -> bool {
        self.set(Mode::Rest);
        let all = join_all(self.rooms.iter().map(Room::settle));
        timeout(SETTLE_WITHIN, all).await.is_ok()
    }

    /// How everybody stands in the rooms that have not come to rest.
    fn stands(&self) -> String {
        let restless = self.rooms.iter().filter(|room| room.settle().now_or_never().is_none());
        let clients = restless.flat_map(|room| &room.clients);
        clients
            .map(|client| format!("{:?}\n", client.status.borrow()))
            .collect()
    }

    /// Settles, sends everybody away and compares what they saw, also with what REST says.
    ///
    /// # Panics
    /// When a room cannot be read, does not come to rest, or stands in the server's log.
    pub async fn judge(self, program: &Program) -> Verdict {
        let settled = self.settle().await;
        let stands = (!settled).then(|| self.stands());
        let secrets = Vec::from_iter(self.rooms.iter().flat_map(Room::secrets));
        let mut verdict = Verdict::default();
        for room in self.rooms {
            verdict += check(&room.leave(Some(&program.api())).await);
        }
        assert!(
            settled,
            "not all was with everybody after {SETTLE_WITHIN:?}: {verdict:?}\n{}",
            stands.unwrap_or_default()
        );
        assert!(
            !program.log_has(&secrets),
            "an id, a secret or a word stands in the server's log"
        );
        verdict
    }
}

impl Room {
    async fn fill(api: &Api, host: &str, plan: &Plan, rng: &mut Rng) -> Self {
        let room = api.create(plan.stored).await;
        let canary = format!("canary{:016x}", rng.u64(..));
        let words = Arc::new(Words {
            canary: canary.clone(),
            length: plan.length,
            count: plan.count,
        });
        let guests = join_all((0..plan.people).map(|_| api.join(&room.id, "Guest"))).await;
        let tabs = guests.first().into_iter().chain(&guests).enumerate();
        let clients = tabs.map(|(n, Guest { id, token })| {
            let seat = Seat {
                host: host.to_owned(),
                room: room.id.clone(),
                who: id.clone(),
                token: token.clone(),
                tab: format!("t{n}"),
                words: Arc::clone(&words),
            };
            Client::start(seat, rng.fork())
        });
        Self {
            clients: clients.collect(),
            canary,
            stored: plan.stored,
            words,
            room,
        }
    }

    /// What must stand in no log line.
    fn secrets(&self) -> impl Iterator<Item = String> + use<> {
        let own = [
            self.room.id.to_string(),
            self.room.creator_token.clone(),
            self.canary.clone(),
        ];
        let tokens = Vec::from_iter(self.clients.iter().map(|client| client.seat.token.clone()));
        own.into_iter().chain(tokens)
    }

    async fn settle(&self) {
        loop {
            for client in &self.clients {
                client
                    .until(|status| status.link == Link::Open && status.unsent == 0)
                    .await;
            }
            let end = self
                .clients
                .iter()
                .map(|client| client.status.borrow().cursor)
                .max()
                .unwrap_or(Seq::START);
            let behind = |client: &&Client| client.status.borrow().cursor < end;
            match self.clients.iter().find(behind) {
                Some(client) => drop(client.until(|status| status.cursor >= end).await),
                None => return,
            }
        }
    }

    /// Sends everybody away; what they did and saw. With `api`, one more reads the log over REST.
    ///
    /// # Panics
    /// When the room cannot be read.
    pub async fn leave(self, api: Option<&Api>) -> RoomHistory {
        let token = self.clients[0].seat.token.clone();
        let mut clients = join_all(self.clients.into_iter().map(Client::stop)).await;
        if let Some(api) = api {
            let (epoch, entries) = api.history(&self.room.id, &token).await;
            let seen = entries.iter().map(|entry| Seen {
                seq: entry.seq(),
                content: Content::of(entry, |client_id| self.words.of(client_id)),
            });
            let reading = Reading {
                epoch,
                entries: seen.collect(),
            };
            clients.push(Record {
                readings: vec![reading],
                ..Record::default()
            });
        }
        RoomHistory {
            stored: self.stored,
            over: api.is_none(),
            clients,
        }
    }
}
