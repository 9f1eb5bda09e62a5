//! A client that behaves as the browser does, because its state is the browser's own: outbox, resume by epoch and
//! cursor, retries under the same name, jittered back-off.

use std::{sync::Arc, time::Duration};

use app::room_client::{Effect, Event, Link, RoomState, backoff::delay_ms};
use fastrand::Rng;
use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::{Instant, interval, sleep, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{self, Message as WireMessage, client::IntoClientRequest},
};
use wire::{
    domain::{ClientId, Epoch, MessageText, ParticipantId, RoomId, Seq, Timestamp},
    protocol::{Body, Entry, ServerFrame},
};

use crate::history::{Ack, Content, Message, Record, Seen};

/// As long as the browser waits for a connection.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// What the browser sees when a connection broke without a closing frame.
const BROKEN: u16 = 1006;

/// The kernel's buffer of a client that is to be slow: what waits beyond it waits on the server's side.
const SMALL_BUFFER: u32 = 4 * 1024;

/// Who a client is, and where.
#[derive(Debug, Clone)]
pub struct Seat {
    /// `host:port` of the server, or of what stands in front of it.
    pub host: String,
    /// The room.
    pub room: RoomId,
    /// The participant.
    pub who: ParticipantId,
    /// Their secret.
    pub token: String,
    /// What the names of this client's messages begin with: two tabs of one participant have different ones.
    pub tab: String,
    /// What the client says.
    pub words: Arc<Words>,
}

/// What the clients of a room say: each message's words can be told from its name, so that every reader can check them.
#[derive(Debug, Clone)]
pub struct Words {
    /// Stands in every message, and nowhere else in the world.
    pub canary: String,
    /// Characters in a message, three bytes each beyond its name and the canary.
    pub length: usize,
    /// Messages that each client writes, at most.
    pub count: u64,
}

impl Words {
    /// The words of the message `client_id`.
    #[must_use]
    pub fn of(&self, client_id: &ClientId) -> String {
        let words = format!("{client_id} {} ", self.canary);
        let rest = self.length.saturating_sub(words.chars().count());
        words.trim_end().to_owned() + &"☕".repeat(rest)
    }
}

/// What a client is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Listen, and get what is written on its way.
    Rest,
    /// Write the next message as soon as the last has arrived.
    Write,
    /// Neither read nor write nor answer, without closing anything: a phone in a tunnel.
    Deaf,
    /// Go away for good.
    Stop,
}

/// How a client stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Its connection.
    pub link: Link,
    /// The log that it reads.
    pub epoch: Option<Epoch>,
    /// The last entry that it has.
    pub cursor: Seq,
    /// Messages that have not come back to it as entries.
    pub unsent: usize,
    /// Messages that were acked.
    pub acked: u64,
    /// Who it believes to be connected.
    pub online: Vec<ParticipantId>,
    /// The close code of the last connection on which it was welcome.
    pub last_close: Option<u16>,
}

/// A running client.
#[derive(Debug)]
pub struct Client {
    /// Who it is.
    pub seat: Seat,
    mode: watch::Sender<Mode>,
    /// How it stands.
    pub status: watch::Receiver<Status>,
    task: JoinHandle<Record>,
}

impl Client {
    /// Connects, and stays connected.
    #[must_use]
    pub fn start(seat: Seat, rng: Rng) -> Self {
        let (mode, orders) = watch::channel(Mode::Rest);
        let (told, status) = watch::channel(Status {
            link: Link::Connecting,
            epoch: None,
            cursor: Seq::START,
            unsent: 0,
            acked: 0,
            online: Vec::new(),
            last_close: None,
        });
        let tab = Tab {
            seat: seat.clone(),
            state: RoomState::default(),
            record: Record::default(),
            status: told,
            orders,
            rng,
            written: 0,
            welcome: false,
            last_close: None,
            since: Instant::now(),
        };
        Self {
            seat,
            mode,
            status,
            task: tokio::spawn(tab.run()),
        }
    }

    /// Tells it what to do.
    pub fn set(&self, mode: Mode) {
        self.mode.send_replace(mode);
    }

    /// Waits until `so` holds of its status.
    ///
    /// # Panics
    /// When the client is gone.
    pub async fn until(&self, so: impl FnMut(&Status) -> bool) -> Status {
        let mut status = self.status.clone();
        status.wait_for(so).await.expect("the client runs").clone()
    }

    /// Sends it away; what it did and saw.
    ///
    /// # Panics
    /// When the client did.
    pub async fn stop(self) -> Record {
        self.set(Mode::Stop);
        self.task.await.expect("the client came to its end")
    }
}

type Socket = WebSocketStream<TcpStream>;

/// A client from within.
struct Tab {
    seat: Seat,
    state: RoomState,
    record: Record,
    status: watch::Sender<Status>,
    orders: watch::Receiver<Mode>,
    rng: Rng,
    written: u64,
    /// This connection's welcome has come.
    welcome: bool,
    last_close: Option<u16>,
    /// The client's clock counts from here.
    since: Instant,
}

/// Why the talk on one socket came to its end.
enum Parted {
    Closed(u16),
    /// A fresh connection is wanted at once.
    Again,
    Stopped,
}

impl Tab {
    async fn run(mut self) -> Record {
        let mut failures = 0;
        loop {
            let parted = match timeout(CONNECT_WITHIN, self.connect()).await {
                Ok(Ok(socket)) => self.talk(socket).await,
                _ => Parted::Closed(BROKEN),
            };
            let (code, at_once) = match parted {
                Parted::Closed(code) => (code, false),
                Parted::Again => (BROKEN, true),
                Parted::Stopped => return self.record,
            };
            if std::mem::take(&mut self.welcome) {
                (failures, self.last_close) = (0, Some(code));
            }
            self.apply(Event::Closed(code));
            let wait = match self.state.link {
                Link::Closed => Duration::MAX,
                _ if at_once => Duration::ZERO,
                _ => Duration::from_millis(delay_ms(failures, self.rng.f64()).into()),
            };
            tokio::select! {
                () = sleep(wait) => {}
                _ = self.orders.wait_for(|mode| *mode == Mode::Stop) => return self.record,
            }
            failures = failures.saturating_add(1);
        }
    }

    async fn connect(&self) -> Result<Socket, Box<tungstenite::Error>> {
        let (host, room) = (&self.seat.host, &self.seat.room);
        let mut request = format!("ws://{host}{}", wire::links::socket_path(room)).into_client_request()?;
        let bearer = format!("Bearer {}", self.seat.token)
            .parse()
            .expect("a token is a header");
        request.headers_mut().insert("authorization", bearer);
        let socket = TcpSocket::new_v4().map_err(tungstenite::Error::from)?;
        // Where messages are long, a client that stops reading shall be felt soon.
        if self.seat.words.length > 1_000 {
            socket
                .set_recv_buffer_size(SMALL_BUFFER)
                .map_err(tungstenite::Error::from)?;
        }
        let stream = socket
            .connect(host.parse().expect("an address"))
            .await
            .map_err(tungstenite::Error::from)?;
        stream.set_nodelay(true).map_err(tungstenite::Error::from)?;
        Ok(client_async(request, stream).await?.0)
    }

    async fn talk(&mut self, mut socket: Socket) -> Parted {
        let hello = self.apply(Event::Opened);
        if let Err(parted) = perform(&mut socket, hello).await {
            return parted;
        }
        let mut seconds = interval(Duration::from_secs(1));
        let mut code = BROKEN;
        loop {
            let mode = *self.orders.borrow_and_update();
            let effects = if mode == Mode::Write && self.may_write() {
                self.write()
            } else {
                tokio::select! {
                    incoming = socket.next(), if mode != Mode::Deaf => match incoming {
                        Some(Ok(WireMessage::Text(text))) => self.hear(&text),
                        Some(Ok(WireMessage::Close(frame))) => {
                            code = frame.map_or(1005, |frame| frame.code.into());
                            continue;
                        }
                        Some(Ok(_)) => continue,
                        Some(Err(_)) | None => return Parted::Closed(code),
                    },
                    _ = seconds.tick(), if mode != Mode::Deaf => self.apply(Event::Tick),
                    _ = self.orders.changed() => continue,
                    () = std::future::ready(()), if mode == Mode::Stop => return Parted::Stopped,
                }
            };
            if let Err(parted) = perform(&mut socket, effects).await {
                return parted;
            }
        }
    }

    fn may_write(&self) -> bool {
        self.state.link == Link::Open && self.state.outbox.is_empty() && self.written < self.seat.words.count
    }

    fn write(&mut self) -> Vec<Effect> {
        self.written += 1;
        let client_id = ClientId::parse(format!("{}-{}", self.seat.tab, self.written)).expect("an id");
        let text = MessageText::parse(&self.seat.words.of(&client_id)).expect("a text");
        self.record.sent.push(Message {
            from: self.seat.who.clone(),
            client_id: client_id.clone(),
        });
        self.apply(Event::Submit(client_id, Body::text(text)))
    }

    /// Notes what came over the wire, whatever the browser makes of it.
    fn hear(&mut self, text: &str) -> Vec<Effect> {
        let frame = serde_json::from_str::<ServerFrame>(text).expect("the server speaks the protocol");
        match &frame {
            ServerFrame::Welcome(welcome) => {
                self.welcome = true;
                self.record.read_on(&welcome.epoch, welcome.resync);
            }
            ServerFrame::Ack { client_id, seq, .. } => self.acked(client_id, *seq),
            ServerFrame::Entry(entry) => self.saw(entry),
            _ => {}
        }
        self.apply(Event::Frame(frame))
    }

    fn acked(&mut self, client_id: &ClientId, seq: Seq) {
        let epoch = self
            .record
            .readings
            .last()
            .expect("a welcome comes first")
            .epoch
            .clone();
        self.record.acks.push(Ack {
            message: Message {
                from: self.seat.who.clone(),
                client_id: client_id.clone(),
            },
            epoch,
            seq,
        });
    }

    fn saw(&mut self, entry: &Entry) {
        let content = Content::of(entry, |client_id| self.seat.words.of(client_id));
        self.record.see(Seen {
            seq: entry.seq(),
            content,
        });
    }

    fn apply(&mut self, event: Event) -> Vec<Effect> {
        let now = Timestamp::from_millis(i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX));
        let effects = self.state.apply(event, now);
        // They are in the record.
        self.state.entries.clear();
        let reading = self.record.readings.last();
        let status = Status {
            link: self.state.link,
            epoch: reading.map(|reading| reading.epoch.clone()),
            cursor: reading
                .and_then(|reading| reading.entries.last())
                .map_or(Seq::START, |seen| seen.seq),
            unsent: self.state.outbox.len(),
            acked: self.record.acks.len() as u64,
            online: self.online(),
            last_close: self.last_close,
        };
        self.status.send_if_modified(|before| {
            let modified = *before != status;
            *before = status;
            modified
        });
        effects
    }

    fn online(&self) -> Vec<ParticipantId> {
        let online = self.state.people.iter().filter(|person| person.online);
        online.map(|person| person.id.clone()).collect()
    }
}

async fn perform(socket: &mut Socket, effects: Vec<Effect>) -> Result<(), Parted> {
    for effect in effects {
        match effect {
            Effect::Send(frame) => {
                let text = serde_json::to_string(&frame).expect("a frame is JSON");
                socket
                    .send(WireMessage::text(text))
                    .await
                    .map_err(|_| Parted::Closed(BROKEN))?;
            }
            Effect::Reconnect => return Err(Parted::Again),
        }
    }
    Ok(())
}
