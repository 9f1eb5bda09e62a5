//! Somebody in a room who uploads, from any address.

use std::time::Duration;

use bytes::Bytes;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use super::{Guest, Program, TestRoom, TestServer, client};

/// A room that somebody is in.
pub struct Place {
    host: String,
    path: String,
    token: String,
}

impl Place {
    pub async fn of(program: &Program) -> Self {
        let made = program
            .post("/create", None, &json!({"creatorName": "Maya", "storeHistory": true}))
            .await;
        let of = |name: &str| made[name].as_str().expect("a text").to_owned();
        Self {
            host: program.host.clone(),
            path: format!("/api/chat/instant/{}/media", of("chatId")),
            token: of("token"),
        }
    }

    pub fn within(server: &TestServer, room: &TestRoom, guest: &Guest) -> Self {
        Self {
            host: server.host(),
            path: format!("/api/chat/instant/{}/media", room.id),
            token: guest.token.clone(),
        }
    }

    /// Uploads a file from an address. The status, what was told, and when to come again.
    pub async fn upload(&self, from: &str, file: impl Into<Bytes>) -> (StatusCode, Value, Option<u64>) {
        let request = client()
            .post(format!("http://{}{}", self.host, self.path))
            .bearer_auth(&self.token)
            .header("x-forwarded-for", from)
            .timeout(Duration::from_secs(120))
            .body(file.into());
        let response = request.send().await.expect("an answer");
        let again = response.headers().get("retry-after");
        let again = again.and_then(|seconds| seconds.to_str().ok()?.parse().ok());
        (response.status(), response.json().await.unwrap_or_default(), again)
    }

    /// Begins an upload, and sends the first bytes of it. What is said of more is up to the server.
    pub async fn begin(&self, from: &str, length: usize, bytes: usize) -> TcpStream {
        let mut connection = TcpStream::connect(&self.host).await.expect("connects");
        let head = format!(
            "POST {} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\nx-forwarded-for: {from}\r\n\
             content-length: {length}\r\n\r\n",
            self.path, self.host, self.token,
        );
        connection.write_all(head.as_bytes()).await.expect("sent");
        // One that is refused meanwhile takes no more.
        let _ = connection.write_all(&vec![0xFF; bytes]).await;
        connection
    }
}
