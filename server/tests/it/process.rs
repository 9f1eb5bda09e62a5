//! The program itself: its first line, its log, its end, and what it holds after it was killed.

use std::{process::Stdio, time::Duration};

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::harness::{Socket, answer};

struct Program {
    child: Child,
    host: String,
}

impl Program {
    async fn start(data: &TempDir) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_instant-chat"))
            .args([
                "--host=127.0.0.1",
                "--port=0",
                "--log=debug",
                "--log-format=json",
                "--leave-after=50ms",
                "--sweep-every=20ms",
            ])
            .arg(format!("--data-dir={}", data.path().display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("an output")).lines();
        let line = timeout(Duration::from_secs(20), lines.next_line())
            .await
            .expect("in time")
            .expect("a line");
        let line = line.expect("the first line");
        let host = line
            .strip_prefix("Instant Chat is ready: http://")
            .expect(&line)
            .to_owned();
        Self { child, host }
    }

    async fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        let request = client
            .post(format!("http://{}/api/chat/instant{path}", self.host))
            .json(body);
        let request = token.into_iter().fold(request, RequestBuilder::bearer_auth);
        let (status, answer) = answer(request).await;
        assert!(status.is_success(), "{answer}");
        answer
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().expect("it runs").to_string();
        let sent = std::process::Command::new("kill")
            .args([signal, &id])
            .status()
            .expect("kill runs");
        assert!(sent.success());
    }
}

#[tokio::test]
async fn no_id_secret_name_or_word_is_in_the_log() {
    let data = TempDir::new().expect("a folder");
    let mut program = Program::start(&data).await;
    let mut secrets = vec!["aubergine".to_owned(), "Marguerite".to_owned()];
    for store_history in [true, false] {
        let made = program
            .post(
                "/create",
                None,
                &json!({"creatorName": "Marguerite", "storeHistory": store_history}),
            )
            .await;
        let room = made["chatId"].as_str().expect("an id").to_owned();
        let token = made["token"].as_str().expect("a token").to_owned();
        let creator = made["creatorToken"].as_str().expect("a token").to_owned();
        let mut socket = Socket::open(&program.host, &room, &[]).await.expect("a socket");
        socket.join(json!({"token": token})).await;
        socket.say("m1", "aubergine").await;
        socket.send(json!({"aubergine": "Marguerite"})).await;
        socket.next_of("error").await;
        socket.send(json!({"type": "leave_instant_chat"})).await;
        socket.until_closed().await;
        let client = reqwest::Client::builder().no_proxy().build().expect("a client");
        for path in [
            format!("/instant-chat/{room}"),
            format!("/api/chat/instant/{room}/messages?after=x"),
        ] {
            client
                .get(format!("http://{}{path}", program.host))
                .bearer_auth(&token)
                .send()
                .await
                .expect("an answer");
        }
        program.post(&format!("/{room}/end"), Some(&creator), &json!({})).await;
        secrets.extend([
            room,
            token,
            creator,
            made["participant"]["id"].as_str().expect("an id").to_owned(),
        ]);
    }
    program.signal("-TERM");
    let status = timeout(Duration::from_secs(10), program.child.wait())
        .await
        .expect("within 10 s")
        .expect("a status");
    assert!(status.success());
    let mut log = String::new();
    program
        .child
        .stderr
        .take()
        .expect("a log")
        .read_to_string(&mut log)
        .await
        .expect("text");
    assert!(log.contains("a room is over"), "the log was read: {log}");
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let route = "/api/chat/instant/{chatId}/end";
    let request = lines.iter().find(|line| line["span"]["route"] == route);
    let request = request.unwrap_or_else(|| panic!("a request by its route: {log}"));
    assert!(request["span"]["id"].is_string());
    let over = lines.iter().find(|line| line["fields"]["message"] == "a room is over");
    assert_eq!(
        over.expect("a line")["span"]["id"],
        request["span"]["id"],
        "both are of one request"
    );
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log:\n{log}");
    }
}

#[tokio::test]
async fn what_was_acked_survives_a_kill() {
    let data = TempDir::new().expect("a folder");
    let program = Program::start(&data).await;
    let made = program
        .post("/create", None, &json!({"creatorName": "Maya", "storeHistory": true}))
        .await;
    let (room, token) = (
        made["chatId"].as_str().expect("an id"),
        made["token"].as_str().expect("a token"),
    );
    let mut socket = Socket::open(&program.host, room, &[]).await.expect("a socket");
    socket.join(json!({"token": token})).await;
    for n in 0..10 {
        socket.say(&format!("m{n}"), "Hello").await;
    }
    program.signal("-KILL");
    drop(program);
    let program = Program::start(&data).await;
    let mut back = Socket::open(&program.host, room, &[]).await.expect("a socket");
    back.join(json!({"token": token, "epoch": socket.welcome["epoch"], "after": 1}))
        .await;
    assert_eq!(back.welcome.get("resync"), None);
    let heard = back.entries(10).await;
    assert_eq!(
        heard.iter().filter(|entry| entry["body"]["text"] == "Hello").count(),
        10
    );
}
