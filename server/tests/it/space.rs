//! A server that is full: what is said then, and what goes on.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{TestRoom, TestServer, answer, say};

/// Fast enough to fill a server.
const FAST: [&str; 2] = ["--messages-per-second=10000", "--message-burst=100000"];

const CREATE: &str = "/api/chat/instant/create";

/// Fills rooms of a kind until something is refused; the rooms.
async fn fill(server: &TestServer, store_history: bool) -> Vec<TestRoom> {
    let words = "\u{1F600}".repeat(4_000);
    let mut rooms = Vec::new();
    loop {
        let room = server.create(store_history).await;
        let maya = server.join(&room, "Maya").await;
        for n in 0..50 {
            let (status, problem) = server.post_message(&room, &maya.token, &format!("m{n}"), &words).await;
            if status == StatusCode::CREATED {
                continue;
            }
            assert_eq!(
                (status, &problem["code"]),
                (StatusCode::INSUFFICIENT_STORAGE, &json!("media_full"))
            );
            assert_eq!(problem["retryAfter"], 60);
            let detail = problem["detail"].as_str().expect("a sentence");
            assert!(
                detail.starts_with("There is no space left for more words on this server."),
                "{detail}"
            );
            rooms.push(room);
            return rooms;
        }
        rooms.push(room);
    }
}

#[tokio::test]
async fn a_full_server_says_so_and_those_inside_go_on_reading() {
    let full = ["--live-text-mb=1", "--stored-text-mb=1", "--metrics-addr=127.0.0.1:0"];
    let server = TestServer::with(&[&FAST[..], &full].concat()).await;
    for (store_history, kind) in [(false, "live"), (true, "stored")] {
        let first = server.create(store_history).await;
        let (noor, mut noors) = server.enter(&first, "Noor").await;
        noors.say("n1", "Hello").await;
        let rooms = fill(&server, store_history).await;
        let gauge = |metrics: &str, name: &str| -> u64 {
            let name = format!("instant_chat_{name}{{kind=\"{kind}\"}} ");
            let line = metrics.lines().find_map(|line| line.strip_prefix(&name));
            line.unwrap_or_else(|| panic!("{name} in {metrics}"))
                .parse()
                .expect("a number")
        };
        let metrics = server.metrics().await;
        assert_eq!(gauge(&metrics, "text_limit_bytes"), 1_000_000);
        assert!(
            (900_000..=1_000_000 + 16_384).contains(&gauge(&metrics, "text_bytes")),
            "{metrics}"
        );
        // On a socket the same refusal names the message; it stays open, and what was said is read.
        noors.send(say("n2", &"x".repeat(4_000))).await;
        let mut n = 3;
        let error = loop {
            let frame = noors.next().await;
            match frame["type"].as_str() {
                Some("error") => break frame,
                // A little was left.
                Some("ack") => noors.send(say(&format!("n{n}"), &"x".repeat(4_000))).await,
                _ => continue,
            }
            n += 1;
        };
        assert_eq!(error["code"], "media_full");
        assert!(
            error["clientId"].as_str().is_some_and(|id| id.starts_with('n')),
            "{error}"
        );
        let (status, history) = server.history(&first, &noor, "").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(history["entries"][1]["body"]["text"], "Hello");
        assert_eq!(server.history(&first, &noor, "").await.0, StatusCode::OK);
        // Others come and go, and no more rooms of the kind are started.
        server.join(&first, "Sam").await;
        let (status, problem) = answer(server.post(CREATE).json(&json!({"storeHistory": store_history}))).await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable"))
        );
        assert_eq!(
            problem["detail"],
            "There are as many chats as this server has space for. Please try again later."
        );
        // The end of some is space for others.
        for room in &rooms {
            server.end(room, &room.creator_token).await;
        }
        let (mut status, mut n) = (StatusCode::INSUFFICIENT_STORAGE, 0);
        while status != StatusCode::CREATED {
            assert!(n < 1_000, "no space came back");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
            status = server
                .post_message(&first, &noor.token, &format!("again{n}"), &"x".repeat(4_000))
                .await
                .0;
            n += 1;
        }
    }
}

#[tokio::test]
async fn a_room_that_is_full_says_so_and_others_go_on() {
    let server = TestServer::with(&[&FAST[..], &["--room-text-mb=1"]].concat()).await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let maya = server.join(&room, "Maya").await;
    let words = "\u{1F600}".repeat(4_000);
    let mut said = 0;
    let problem = loop {
        let (status, problem) = server
            .post_message(&room, &maya.token, &format!("m{said}"), &words)
            .await;
        if status != StatusCode::CREATED {
            break problem;
        }
        said += 1;
    };
    assert_eq!(said, 61, "a million bytes, with what stands before each body");
    assert_eq!(problem["code"], "chat_media_full");
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("no space left")),
        "{problem}"
    );
    // A retry of what is in the log is no news.
    let (status, first) = server.post_message(&room, &maya.token, "m0", &words).await;
    assert!(status.is_success() && first["seq"] == 2, "{status} {first}");
    server.enter(&other, "Noor").await.1.say("n1", &words).await;
}

#[tokio::test]
async fn there_are_so_many_chats_and_an_end_makes_place() {
    let server = TestServer::with(&["--max-rooms=2"]).await;
    let (room, _other) = (server.create(true).await, server.create(false).await);
    let (status, problem) = answer(server.post(CREATE)).await;
    assert_eq!(
        (status, &problem["code"]),
        (StatusCode::SERVICE_UNAVAILABLE, &json!("unavailable"))
    );
    assert_eq!(problem["retryAfter"], 60);
    // A person who fills in the form is told so, too.
    let form = server
        .post("/form/create")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json");
    let (_, error) = answer(form.body("name=&store_history=true")).await;
    assert!(
        error["detail"]
            .as_str()
            .is_some_and(|detail| detail.starts_with("There are as many chats")),
        "{error}"
    );
    server.end(&room, &room.creator_token).await;
    server.create(true).await;
}
