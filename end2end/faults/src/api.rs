//! The server's REST side.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::time::Duration;
use wire::{
    domain::{ClientId, Epoch, ParticipantId, RoomId, Seq},
    protocol::Entry,
};

/// Longer than any answer takes.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// Entries asked for at once.
const PAGE: usize = 200;

/// Speaks to one server.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    base: String,
}

/// A room, and the secret of who started it.
#[derive(Debug, Clone)]
pub struct NewRoom {
    /// Its id.
    pub id: RoomId,
    /// Ends it.
    pub creator_token: String,
}

/// A participant, and the secret that proves it.
#[derive(Debug, Clone)]
pub struct Guest {
    /// Who.
    pub id: ParticipantId,
    /// Their secret.
    pub token: String,
}

fn client() -> Client {
    // Where this is built together with a server that speaks TLS to its bucket, every client asks for it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().no_proxy().build().expect("a client")
}

impl Api {
    /// Of the server at `host:port`.
    ///
    /// # Panics
    /// When the system has no sockets to give.
    #[must_use]
    pub fn of(host: &str) -> Self {
        Self {
            client: client(),
            base: format!("http://{host}"),
        }
    }

    /// A request for `path` below the rooms.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}/api/chat/instant/{path}", self.base))
            .timeout(ANSWER_WITHIN)
    }

    /// Opens a page, as link-preview bots do.
    pub async fn visit(&self, path: &str) -> Option<StatusCode> {
        let page = self.client.get(format!("{}{path}", self.base)).timeout(ANSWER_WITHIN);
        page.send().await.ok().map(|answer| answer.status())
    }

    /// Starts a room.
    pub async fn create(&self, stored: bool) -> NewRoom {
        let request = self
            .request(Method::POST, "create")
            .json(&json!({"storeHistory": stored}));
        let made = sure(answer(request).await);
        NewRoom {
            id: RoomId::parse(text(&made["chatId"])).expect("an id"),
            creator_token: text(&made["creatorToken"]),
        }
    }

    /// Joins a room.
    pub async fn join(&self, room: &RoomId, name: &str) -> Guest {
        let request = self
            .request(Method::POST, &format!("{room}/join"))
            .json(&json!({"name": name}));
        let joined = sure(answer(request).await);
        Guest {
            id: ParticipantId::parse(text(&joined["participant"]["id"])).expect("an id"),
            token: text(&joined["token"]),
        }
    }

    /// Says something; the entry's number.
    ///
    /// # Errors
    /// The status of a refusal; none when there was no answer.
    pub async fn say(
        &self,
        room: &RoomId,
        token: &str,
        client_id: &ClientId,
        words: &str,
    ) -> Result<Seq, Option<StatusCode>> {
        let message = json!({"clientId": client_id, "body": {"v": 1, "kind": "text", "text": words}});
        let request = self
            .request(Method::POST, &format!("{room}/messages"))
            .bearer_auth(token);
        match answer(request.json(&message)).await {
            Some((StatusCode::CREATED, entry)) => Ok(Seq(entry["seq"].as_u64().expect("a seq"))),
            refused => Err(refused.map(|(status, _)| status)),
        }
    }

    /// Ends a room.
    pub async fn end(&self, room: &NewRoom) -> Option<StatusCode> {
        let request = self.request(Method::POST, &format!("{}/end", room.id));
        answer(request.bearer_auth(&room.creator_token))
            .await
            .map(|(status, _)| status)
    }

    /// What a participant is answered who asks for entries: status and code.
    pub async fn refusal(&self, room: &RoomId, token: &str) -> Option<(StatusCode, String)> {
        let request = self
            .request(Method::GET, &format!("{room}/messages"))
            .bearer_auth(token);
        let (status, body) = answer(request).await?;
        Some((status, body["code"].as_str().unwrap_or_default().to_owned()))
    }

    /// All that a participant can read of a room, page by page.
    pub async fn history(&self, room: &RoomId, token: &str) -> (Epoch, Vec<Entry>) {
        let mut all = Vec::new();
        // A live room's oldest entries make place for the newest while we read: what is there now is read from there.
        let mut after = 0;
        loop {
            let path = format!("{room}/messages?after={after}&limit={PAGE}");
            let page = sure(answer(self.request(Method::GET, &path).bearer_auth(token)).await);
            let entries: Vec<Entry> = serde_json::from_value(page["entries"].clone()).expect("entries");
            let Some(last) = entries.last() else {
                return (Epoch::parse(text(&page["epoch"])).expect("an epoch"), all);
            };
            after = last.seq().0;
            all.extend(entries);
        }
    }
}

/// The status and the JSON of an answer; null when there is none.
pub async fn answer(request: RequestBuilder) -> Option<(StatusCode, Value)> {
    let response = request.send().await.ok()?;
    let status = response.status();
    Some((status, response.json().await.unwrap_or_default()))
}

fn sure(answer: Option<(StatusCode, Value)>) -> Value {
    let (status, body) = answer.expect("the server answers");
    assert!(status.is_success(), "refused: {status} {}", body["code"]);
    body
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}
