//! A WebSocket written byte for byte: what no well-behaved client would do, and what one would not show.

use std::time::Duration;

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpSocket, TcpStream},
    time::{sleep, timeout},
};

pub const TEXT: u8 = 1;
pub const CLOSE: u8 = 8;
pub const PING: u8 = 9;
pub const PONG: u8 = 10;

/// Longer than anything takes that happens at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// A client of a room's socket.
pub struct Raw {
    stream: TcpStream,
    read: Vec<u8>,
    /// How long it waits before it reads again.
    pause: Duration,
}

impl Raw {
    /// Opens a room's socket.
    pub async fn open(host: &str, room: &str) -> Self {
        let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        Self::ask(host, &format!("/api/chat/instant/{room}/socket"), upgrade, "101").await
    }

    /// Asks for something, and reads the head of the answer. Little is on its way to it at a time: it reads no faster
    /// than it wants to.
    pub async fn ask(host: &str, path: &str, headers: &str, status: &str) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(16 * 1024).expect("a small buffer");
        let stream = socket.connect(host.parse().expect("an address")).await;
        let mut raw = Self {
            stream: stream.expect("a connection"),
            read: Vec::new(),
            pause: Duration::ZERO,
        };
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n\r\n");
        raw.stream.write_all(request.as_bytes()).await.expect("sent");
        loop {
            if let Some(end) = raw.read.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                let expected = format!("HTTP/1.1 {status}");
                assert!(raw.read.starts_with(expected.as_bytes()), "{path} opens");
                raw.read.drain(..end + 4);
                return raw;
            }
            assert!(raw.more().await, "an answer");
        }
    }

    /// Reads 4 KiB at a time from now on, with a pause after each.
    pub const fn read_slowly(&mut self, pause: Duration) {
        self.pause = pause;
    }

    pub async fn send(&mut self, frame: &Value) {
        self.send_frame(TEXT, frame.to_string().as_bytes()).await;
    }

    /// Sends a frame of less than 64 KiB, under a mask of zeroes.
    pub async fn send_frame(&mut self, kind: u8, payload: &[u8]) {
        let mut frame = vec![0x80 | kind];
        match u8::try_from(payload.len()) {
            Ok(length @ 0..126) => frame.push(0x80 | length),
            _ => {
                frame.push(0x80 | 126);
                frame.extend(u16::try_from(payload.len()).expect("not so long").to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        self.stream.write_all(&frame).await.expect("sent");
    }

    /// The next frame: its kind and payload. `None` at the end of the connection.
    pub async fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        loop {
            if let Some((head, length)) = self.head()
                && self.read.len() >= head + length
            {
                let kind = self.read[0] & 0x0F;
                let frame = self.read.drain(..head + length).skip(head).collect();
                return Some((kind, frame));
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Reads to the end: the JSON of all frames that still come, and the payload of the close frame if one does.
    pub async fn until_closed(&mut self) -> (Vec<Value>, Option<Vec<u8>>) {
        let (mut frames, mut goodbye) = (Vec::new(), None);
        while let Some((kind, payload)) = self.next().await {
            assert_eq!(goodbye, None, "nothing follows a goodbye");
            match kind {
                TEXT => frames.push(serde_json::from_slice(&payload).expect("JSON")),
                CLOSE => goodbye = Some(payload),
                _ => {}
            }
        }
        (frames, goodbye)
    }

    /// Reads bytes up to these, which come in the end.
    pub async fn until(&mut self, end: &str) -> String {
        while !self.read.windows(end.len()).any(|bytes| bytes == end.as_bytes()) {
            assert!(self.more().await, "{end} comes");
        }
        String::from_utf8_lossy(&self.read).into_owned()
    }

    /// Bytes of the next frame's head, and of its payload, once they can be told.
    fn head(&self) -> Option<(usize, usize)> {
        match (*self.read.get(1)? & 0x7F, self.read.get(2..4), self.read.get(2..10)) {
            (126, Some(length), _) => Some((4, usize::from(u16::from_be_bytes(length.try_into().ok()?)))),
            (127, _, Some(length)) => Some((10, usize::try_from(u64::from_be_bytes(length.try_into().ok()?)).ok()?)),
            (126 | 127, ..) => None,
            (length, ..) => Some((2, length.into())),
        }
    }

    /// Reads some bytes more. `false` at the end of the connection.
    async fn more(&mut self) -> bool {
        let mut some = [0; 4 * 1024];
        sleep(self.pause).await;
        let read = timeout(PATIENCE, self.stream.read(&mut some)).await;
        match read.expect("something came in time") {
            Ok(0) | Err(_) => false,
            Ok(count) => {
                self.read.extend(&some[..count]);
                true
            }
        }
    }
}
