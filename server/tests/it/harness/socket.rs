//! A client's socket.

use std::{collections::VecDeque, time::Duration};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{net::TcpStream, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async_with_config,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderValue},
};

/// Longer than anything takes that happens at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// A socket; a test fails when it waits in vain.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub welcome: Value,
    /// Frames that came before an ack that was waited for.
    early: VecDeque<Value>,
}

/// A message's frame.
pub fn say(client_id: &str, words: &str) -> Value {
    json!({"type": "instant_chat_message", "clientId": client_id, "body": {"v": 1, "kind": "text", "text": words}})
}

impl Socket {
    pub async fn open(host: &str, room: &str, headers: &[(&'static str, &str)]) -> Result<Self, Box<Error>> {
        let mut request = format!("ws://{host}/api/chat/instant/{room}/socket").into_client_request()?;
        for (name, value) in headers {
            request
                .headers_mut()
                .insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
        let (stream, _) = connect_async_with_config(request, None, true).await?;
        Ok(Self {
            stream,
            welcome: Value::Null,
            early: VecDeque::new(),
        })
    }

    /// Sends the first frame and takes the welcome.
    pub async fn join(&mut self, mut join: Value) {
        join["type"] = "join_instant_chat".into();
        self.send(join).await;
        self.welcome = self.next().await;
        assert_eq!(self.welcome["type"], "welcome", "{}", self.welcome);
    }

    pub async fn send(&mut self, frame: Value) {
        self.send_raw(Message::text(frame.to_string())).await;
    }

    pub async fn send_raw(&mut self, message: Message) {
        self.stream.send(message).await.expect("sent");
    }

    /// The next frame.
    pub async fn next(&mut self) -> Value {
        match self.early.pop_front() {
            Some(frame) => frame,
            None => self.receive().await,
        }
    }

    async fn receive(&mut self) -> Value {
        match self.message().await {
            Some(Message::Text(text)) => serde_json::from_str(&text).expect("JSON"),
            other => panic!("instead of a frame: {other:?}"),
        }
    }

    /// The next frame of this type; others are skipped.
    pub async fn next_of(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.next().await;
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// The next entries, so many; signals and acks are skipped.
    pub async fn entries(&mut self, count: usize) -> Vec<Value> {
        let mut entries = Vec::new();
        while entries.len() < count {
            let frame = self.next().await;
            if frame.get("seq").is_some() && frame["type"] != "ack" {
                entries.push(frame);
            }
        }
        entries
    }

    /// Waits for the message with these words, and returns all entries up to it.
    pub async fn entries_until(&mut self, words: &str) -> Vec<Value> {
        let mut entries = Vec::new();
        loop {
            entries.extend(self.entries(1).await);
            if entries.last().is_some_and(|entry| entry["body"]["text"] == words) {
                return entries;
            }
        }
    }

    /// Says something and waits for the ack.
    pub async fn say(&mut self, client_id: &str, words: &str) -> u64 {
        self.send(say(client_id, words)).await;
        loop {
            let frame = self.receive().await;
            if frame["type"] == "ack" && frame["clientId"] == client_id {
                return frame["seq"].as_u64().expect("a seq");
            }
            self.early.push_back(frame);
        }
    }

    /// Reads to the end: all frames that still come, and the close code.
    pub async fn until_closed(&mut self) -> (Vec<Value>, Option<u16>) {
        let mut frames = Vec::from(std::mem::take(&mut self.early));
        loop {
            match self.message().await {
                Some(Message::Text(text)) => frames.push(serde_json::from_str(&text).expect("JSON")),
                Some(Message::Close(frame)) => return (frames, frame.map(|frame| frame.code.into())),
                Some(_) => {}
                None => return (frames, None),
            }
        }
    }

    async fn message(&mut self) -> Option<Message> {
        loop {
            match timeout(PATIENCE, self.stream.next())
                .await
                .expect("something came in time")
            {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(_)) | None => return None,
            }
        }
    }

    /// Goes away without a goodbye, as a phone in a tunnel does.
    pub fn vanish(self) {
        drop(self.stream);
    }
}
