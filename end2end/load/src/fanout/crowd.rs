//! Members of rooms, who say something as soon as all have heard what was said before.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

const API: &str = "/api/chat/instant";

/// How a delivery begins. An ack is none.
const MESSAGE: &[u8] = br#"{"type":"instant_chat_message""#;

const WORDS: &str = "The quick brown fox jumps over the lazy dog, and the dog takes no notice of it at all.";

/// What a member needs to come in: a path, and a first frame where one is waited for.
pub struct Ticket {
    path: String,
    join: Option<Value>,
}

/// Members of rooms of the bare loop, room by room.
pub fn paths(rooms: usize, members: usize) -> Vec<Vec<Ticket>> {
    let ticket = |room| Ticket {
        path: format!("/{room}"),
        join: None,
    };
    (0..rooms)
        .map(|room| (0..members).map(|_| ticket(room)).collect())
        .collect()
}

/// Members of rooms that are made for it, room by room.
pub async fn joined(address: SocketAddr, rooms: usize, members: usize, stored: bool) -> Vec<Vec<Ticket>> {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let mut tickets = Vec::new();
    for _ in 0..rooms {
        let room = post(&mut stream, &format!("{API}/create"), &json!({"storeHistory": stored})).await;
        let path = format!("{API}/{}", room["chatId"].as_str().expect("a room"));
        let mut inside = Vec::new();
        for n in 0..members {
            let guest = post(&mut stream, &format!("{path}/join"), &json!({"name": format!("m{n}")})).await;
            inside.push(Ticket {
                path: format!("{path}/socket"),
                join: Some(json!({"type": "join_instant_chat", "token": guest["token"]})),
            });
        }
        tickets.push(inside);
    }
    tickets
}

async fn post(stream: &mut TcpStream, path: &str, body: &Value) -> Value {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = Vec::new();
    loop {
        assert!(stream.read_buf(&mut answer).await.expect("an answer") > 0, "it goes on");
        let text = String::from_utf8_lossy(&answer);
        if let Some((_, body)) = text.split_once("\r\n\r\n")
            && let Ok(value) = serde_json::from_str(body)
        {
            return value;
        }
    }
}

/// Everybody.
pub struct Crowd(Vec<Arc<Room>>);

/// How much is said.
#[derive(Clone, Copy)]
pub enum Say {
    /// So many messages are under way in each room from now on.
    Always(usize),
    /// Nothing more.
    NoMore,
}

struct Room {
    members: Vec<OwnedWriteHalf>,
    /// Deliveries so far.
    copies: AtomicU64,
    said: AtomicUsize,
    quiet: AtomicBool,
}

impl Crowd {
    /// Comes in.
    pub async fn enter(address: SocketAddr, rooms: Vec<Vec<Ticket>>) -> Self {
        let mut crowd = Vec::new();
        for tickets in rooms {
            let (mut readers, mut members) = (Vec::new(), Vec::new());
            for ticket in tickets {
                let (reader, writer) = enter(address, ticket).await;
                readers.push(reader);
                members.push(writer);
            }
            let room = Arc::new(Room {
                members,
                copies: AtomicU64::new(0),
                said: AtomicUsize::new(0),
                quiet: AtomicBool::new(true),
            });
            for reader in readers {
                tokio::spawn(listen(reader, Arc::clone(&room)));
            }
            crowd.push(room);
        }
        Self(crowd)
    }

    /// Says so much.
    pub fn say(&self, say: Say) {
        for room in &self.0 {
            match say {
                Say::Always(window) => {
                    room.quiet.store(false, Ordering::Relaxed);
                    (0..window).for_each(|_| room.say());
                }
                Say::NoMore => room.quiet.store(true, Ordering::Relaxed),
            }
        }
    }

    /// Deliveries so far.
    pub fn copies(&self) -> u64 {
        self.0.iter().map(|room| room.copies.load(Ordering::Relaxed)).sum()
    }
}

async fn enter(address: SocketAddr, ticket: Ticket) -> (Frames, OwnedWriteHalf) {
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    stream.set_nodelay(true).expect("a socket");
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: bench\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ticket.path
    );
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut read = Vec::new();
    while !read.ends_with(b"\r\n\r\n") {
        assert!(stream.read_buf(&mut read).await.expect("an answer") > 0, "it opens");
    }
    assert!(read.starts_with(b"HTTP/1.1 101 "), "it opens");
    let (reader, mut writer) = stream.into_split();
    let mut frames = Frames {
        reader,
        read: Vec::new(),
        taken: 0,
    };
    if let Some(join) = ticket.join {
        writer.write_all(&masked(&join.to_string())).await.expect("sent");
        assert!(
            frames.next(|frame| frame.starts_with(br#"{"type":"welcome""#)).await == Some(true),
            "a welcome"
        );
    }
    (frames, writer)
}

impl Room {
    fn say(&self) {
        let n = self.said.fetch_add(1, Ordering::Relaxed);
        let text = format!(
            r#"{{"type":"instant_chat_message","clientId":"c{n}","body":{{"v":1,"kind":"text","text":"{WORDS}"}}}}"#
        );
        let member = &self.members[n % self.members.len()];
        let sent = member.try_write(&masked(&text));
        assert!(sent.is_ok(), "a server reads what is said: {sent:?}");
    }
}

async fn listen(mut frames: Frames, room: Arc<Room>) {
    let everybody = room.members.len() as u64;
    while let Some(is_message) = frames.next(|frame| frame.starts_with(MESSAGE)).await {
        if is_message {
            let copies = room.copies.fetch_add(1, Ordering::Relaxed) + 1;
            if copies.is_multiple_of(everybody) && !room.quiet.load(Ordering::Relaxed) {
                room.say();
            }
        }
    }
}

/// What a member reads.
struct Frames {
    reader: OwnedReadHalf,
    read: Vec<u8>,
    /// Bytes of `read` that were looked at.
    taken: usize,
}

impl Frames {
    /// What `look` makes of the next frame. `None` at the end.
    async fn next<T>(&mut self, look: impl Fn(&[u8]) -> T) -> Option<T> {
        loop {
            let left = &self.read[self.taken..];
            if let Some((head, length)) = head(left)
                && let Some(frame) = left.get(head..head + length)
            {
                let seen = look(frame);
                self.taken += head + length;
                return Some(seen);
            }
            self.read.drain(..self.taken);
            self.taken = 0;
            if self.reader.read_buf(&mut self.read).await.ok()? == 0 {
                return None;
            }
        }
    }
}

/// Bytes of the first frame's head, and of its payload.
fn head(read: &[u8]) -> Option<(usize, usize)> {
    match *read.get(1)? & 0x7F {
        126 => Some((4, usize::from(u16::from_be_bytes(read.get(2..4)?.try_into().ok()?)))),
        127 => Some((
            10,
            usize::try_from(u64::from_be_bytes(read.get(2..10)?.try_into().ok()?)).ok()?,
        )),
        length => Some((2, length.into())),
    }
}

/// A client's frame, under a mask of noughts.
fn masked(text: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let mut frame = vec![0x81];
    match u8::try_from(text.len()) {
        Ok(length @ 0..126) => frame.push(0x80 | length),
        _ => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(text.len()).expect("short").to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text);
    frame
}
