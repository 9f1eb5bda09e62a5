//! The server under test.

use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

use clap::Parser;
use clock::ManualClock;
use random::SystemRandom;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use server::{Server, config::Config};
use sqlx::{
    AssertSqlSafe, ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};
use wire::domain::Timestamp;

use super::Socket;

/// A server on a free port, with its database in a folder that goes with it.
pub struct TestServer {
    server: Server,
    flags: Vec<String>,
    data: TempDir,
    pub clock: Arc<ManualClock>,
    pub client: Client,
}

/// A room, and the secret of who started it.
pub struct TestRoom {
    pub id: String,
    pub creator_token: String,
}

/// A participant, and the secret that proves it.
#[derive(Debug, Clone, PartialEq)]
pub struct Guest {
    pub id: String,
    pub token: String,
    pub seq: u64,
}

impl TestServer {
    pub async fn start() -> Self {
        Self::with(&[]).await
    }

    /// With some flags: `--room-capacity=5`.
    pub async fn with(flags: &[&str]) -> Self {
        Self::on(TempDir::new().expect("a folder"), flags).await
    }

    /// On what is in a folder already.
    pub async fn on(data: TempDir, flags: &[&str]) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_763_890_000_000)));
        Self::in_folder(data, flags.iter().map(ToString::to_string).collect(), clock).await
    }

    async fn in_folder(data: TempDir, flags: Vec<String>, clock: Arc<ManualClock>) -> Self {
        let folder = format!("--data-dir={}", data.path().display());
        let fixed = [
            "instant-chat",
            "--host=127.0.0.1",
            "--port=0",
            "--sweep-every=20ms",
            "--site-root=/nowhere",
            // All tests are one address, and faster than fifty people.
            "--request-limit=100000/1s",
            "--file-limit=100000/1s",
            "--create-limit=100000/1s",
            "--join-limit=100000/1s",
            "--connect-limit=100000/1s",
            "--miss-limit=100000/1s",
            "--text-limit=1000000000/1s",
            "--room-limit=100000/1s",
            "--socket-limit=100000/1s",
        ];
        let all = fixed
            .into_iter()
            .map(str::to_owned)
            .chain([folder])
            .chain(flags.iter().cloned());
        let mut config = Config::try_parse_from(all).expect("flags");
        // The tests are not the program that decodes.
        config.decoder = Some(env!("CARGO_BIN_EXE_instant-chat").into());
        let server = Server::start(&config, clock.clone(), Arc::new(SystemRandom))
            .await
            .expect("the server starts");
        Self {
            server,
            flags,
            data,
            clock,
            client: client(),
        }
    }

    /// Stops it, and starts another one on the same data.
    pub async fn restart(self) -> Self {
        self.server.stop().await;
        Self::in_folder(self.data, self.flags, self.clock).await
    }

    pub async fn stop(self) -> TempDir {
        self.server.stop().await;
        self.data
    }

    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    pub fn host(&self) -> String {
        self.server.local_addr().to_string()
    }

    /// What Prometheus reads, where the server was told to serve it.
    pub async fn metrics(&self) -> String {
        let address = self.server.metrics_addr().expect("--metrics-addr");
        let response = self.client.get(format!("http://{address}/metrics")).send().await;
        response.expect("an answer").text().await.expect("text")
    }

    /// What the metrics count now under `name`.
    pub async fn counted(&self, name: &str) -> u64 {
        number(&self.metrics().await, name)
    }

    /// Another process' connection to the database's file.
    pub async fn database(&self) -> SqliteConnection {
        let file = self.data_dir().join("instant-chat.db");
        // What it moves about leaves no copy, as with the server's own connections.
        let options = SqliteConnectOptions::new().filename(file).pragma("secure_delete", "ON");
        options.connect().await.expect("the database's file")
    }

    /// How many rooms are not tombstones.
    pub async fn unpurged(&self) -> i64 {
        let count = sqlx::query_scalar("SELECT COUNT(*) FROM room WHERE NOT purged");
        count.fetch_one(&mut self.database().await).await.expect("a count")
    }

    /// Changes something in the database behind the server's back.
    pub async fn sabotage(&self, sql: &str) {
        let done = sqlx::raw_sql(AssertSqlSafe(sql))
            .execute(&mut self.database().await)
            .await;
        done.expect(sql);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host())
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, self.url(path))
            .timeout(Duration::from_secs(10))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    pub async fn create(&self, store_history: bool) -> TestRoom {
        let made = answer(
            self.post("/api/chat/instant/create")
                .json(&json!({"storeHistory": store_history})),
        )
        .await;
        assert_eq!(made.0, StatusCode::CREATED, "{}", made.1);
        TestRoom {
            id: text(&made.1["chatId"]),
            creator_token: text(&made.1["creatorToken"]),
        }
    }

    pub async fn join(&self, room: &TestRoom, name: &str) -> Guest {
        let path = format!("/api/chat/instant/{}/join", room.id);
        let (status, joined) = answer(self.post(&path).json(&json!({"name": name}))).await;
        assert_eq!(status, StatusCode::OK, "{joined}");
        Guest {
            id: text(&joined["participant"]["id"]),
            token: text(&joined["token"]),
            seq: joined["seq"].as_u64().expect("a seq"),
        }
    }

    /// Joins, and opens a socket.
    pub async fn enter(&self, room: &TestRoom, name: &str) -> (Guest, Socket) {
        let guest = self.join(room, name).await;
        let socket = self.connect(room, &guest).await;
        (guest, socket)
    }

    /// Opens a socket of somebody who joined, from the first entry on.
    pub async fn connect(&self, room: &TestRoom, guest: &Guest) -> Socket {
        let mut socket = self.socket(room).await;
        socket.join(json!({"token": guest.token})).await;
        socket
    }

    /// Opens a socket that says nothing yet.
    pub async fn socket(&self, room: &TestRoom) -> Socket {
        Socket::open(&self.host(), &room.id, &[])
            .await
            .expect("the socket opens")
    }

    pub async fn end(&self, room: &TestRoom, token: &str) -> (StatusCode, Value) {
        answer(
            self.post(&format!("/api/chat/instant/{}/end", room.id))
                .bearer_auth(token),
        )
        .await
    }

    pub async fn history(&self, room: &TestRoom, guest: &Guest, query: &str) -> (StatusCode, Value) {
        answer(
            self.get(&format!("/api/chat/instant/{}/messages{query}", room.id))
                .bearer_auth(&guest.token),
        )
        .await
    }

    pub async fn post_message(
        &self,
        room: &TestRoom,
        token: &str,
        client_id: &str,
        words: &str,
    ) -> (StatusCode, Value) {
        let message = json!({"clientId": client_id, "body": {"v": 1, "kind": "text", "text": words}});
        let path = format!("/api/chat/instant/{}/messages", room.id);
        answer(self.post(&path).bearer_auth(token).json(&message)).await
    }
}

/// Waits for what no event tells of.
pub async fn until<T, F: Future<Output = Option<T>>>(look: impl Fn() -> F) -> T {
    until_within(Duration::from_secs(10), look).await
}

/// The same, for so long.
pub async fn until_within<T, F: Future<Output = Option<T>>>(time: Duration, look: impl Fn() -> F) -> T {
    let deadline = Instant::now() + time;
    loop {
        if let Some(seen) = look().await {
            return seen;
        }
        assert!(Instant::now() < deadline, "in vain");
        sleep(Duration::from_millis(10)).await;
    }
}

/// A client of this machine's servers, which goes where it is told and no further.
pub fn client() -> Client {
    // Asked for by every client, although none here speaks TLS.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    client.build().expect("a client")
}

/// The status and the JSON of an answer; null when there is none.
pub async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status();
    (status, response.json().await.unwrap_or_default())
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The number that metrics say of `name`, which has its labels with it.
pub fn number<T: FromStr>(metrics: &str, name: &str) -> T {
    let number = metrics
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')?.parse().ok());
    number.unwrap_or_else(|| panic!("{name} in {metrics}"))
}
