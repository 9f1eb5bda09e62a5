//! The end of a room.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::harness::{Guest, Socket, TestRoom, TestServer, answer, files::on_disk, until};

const DAY_MILLIS: i64 = 86_400_000;

async fn every_call_says(server: &TestServer, room: &TestRoom, guest: &Guest, code: &str) {
    let path = |rest: &str| format!("/api/chat/instant/{}{rest}", room.id);
    let calls = [
        answer(server.get(&path(""))).await,
        answer(server.post(&path("/join")).json(&json!({"name": "Sam"}))).await,
        server.history(room, guest, "").await,
        server.post_message(room, &guest.token, "late", "too late").await,
    ];
    for (status, problem) in calls {
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::GONE, Some(code)),
            "{problem}"
        );
    }
}

async fn is_told(socket: &mut Socket, reason: &str, code: u16) {
    let (frames, closed) = timeout(Duration::from_secs(2), socket.until_closed())
        .await
        .expect("within 2 s");
    assert_eq!(
        frames.last(),
        Some(&json!({"type": "instant_chat_ended", "reason": reason}))
    );
    assert_eq!(closed, Some(code));
}

async fn is_refused_at_the_door(server: &TestServer, room: &TestRoom, guest: &Guest, code: &str, close: u16) {
    let mut socket = server.socket(room).await;
    socket
        .send(json!({"type": "join_instant_chat", "token": guest.token}))
        .await;
    let (frames, closed) = socket.until_closed().await;
    assert_eq!(frames.len(), 1);
    assert_eq!(frames[0]["code"], code);
    assert_eq!(closed, Some(close));
}

#[tokio::test]
async fn the_creator_ends_a_chat_for_everybody() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (_, mut noors) = server.enter(&room, "Noor").await;
        mayas.say("m1", "Hello").await;
        assert_eq!(server.end(&room, &room.creator_token).await.0, StatusCode::NO_CONTENT);
        is_told(&mut mayas, "ended", 4001).await;
        is_told(&mut noors, "ended", 4001).await;
        every_call_says(&server, &room, &maya, "ended").await;
        is_refused_at_the_door(&server, &room, &maya, "ended", 4001).await;
        assert_eq!(
            server.end(&room, &room.creator_token).await.0,
            StatusCode::NO_CONTENT,
            "once more"
        );
    }
}

#[tokio::test]
async fn a_guest_ends_nothing() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let other = server.create(true).await;
    for token in [&maya.token, &other.creator_token, "wrong-wrong-wrong-wrong"] {
        let (status, problem) = server.end(&room, token).await;
        assert_eq!(
            (status, problem["code"].as_str()),
            (StatusCode::FORBIDDEN, Some("not_creator"))
        );
    }
    let path = format!("/api/chat/instant/{}/end", room.id);
    assert_eq!(answer(server.post(&path)).await.0, StatusCode::FORBIDDEN);
    mayas.say("m1", "still here").await;
}

#[tokio::test]
async fn after_24_hours_a_chat_is_over() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        server.clock.advance(DAY_MILLIS - 1);
        mayas.say("m1", "Hello").await;
        server.clock.advance(1);
        is_told(&mut mayas, "expired", 4002).await;
        every_call_says(&server, &room, &maya, "expired").await;
        is_refused_at_the_door(&server, &room, &maya, "expired", 4002).await;
        assert_eq!(server.end(&room, &room.creator_token).await.1["code"], "expired");
    }
}

#[tokio::test]
async fn a_chat_is_over_on_the_minute_whenever_the_sweeper_comes() {
    let server = TestServer::with(&["--sweep-every=30s"]).await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    server.clock.advance(DAY_MILLIS);
    mayas.send(crate::harness::say("m1", "too late")).await;
    assert_eq!(mayas.next_of("error").await["code"], "expired");
    every_call_says(&server, &room, &maya, "expired").await;
}

#[tokio::test]
async fn a_tombstone_is_forgotten_after_a_week() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    server.end(&room, &room.creator_token).await;
    until(|| async { (server.unpurged().await == 0).then_some(()) }).await;
    server.clock.advance(6 * DAY_MILLIS);
    let server = server.restart().await;
    let path = format!("/api/chat/instant/{}", room.id);
    assert_eq!(answer(server.get(&path)).await.1["code"], "ended");
    server.clock.advance(2 * DAY_MILLIS);
    let server = server.restart().await;
    until(|| async { (answer(server.get(&path)).await.1["code"] == "unknown_chat").then_some(()) }).await;
}

#[tokio::test]
async fn what_was_said_is_gone_from_the_disk_after_the_end() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Marguerite").await;
    mayas.say("m1", "aubergine").await;
    assert!(
        on_disk(server.data_dir(), "aubergine") > 0,
        "the search finds what is there"
    );
    server.end(&room, &room.creator_token).await;
    let is_on_disk = |words| on_disk(server.data_dir(), words) > 0;
    until(|| async { (!is_on_disk("aubergine") && !is_on_disk("Marguerite")).then_some(()) }).await;
}

#[tokio::test]
async fn what_is_said_in_a_live_room_is_never_on_the_disk() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    mayas.say("m1", "aubergine").await;
    assert_eq!(on_disk(server.data_dir(), "aubergine"), 0);
    server.end(&room, &room.creator_token).await;
    let data = server.stop().await;
    assert_eq!(on_disk(data.path(), "aubergine"), 0);
}

#[tokio::test]
async fn everything_that_was_said_arrives_before_the_end() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    for n in 0..10 {
        mayas.say(&format!("m{n}"), "Hello").await;
    }
    server.end(&room, &room.creator_token).await;
    let (frames, _) = noors.until_closed().await;
    let heard = frames
        .iter()
        .filter(|frame: &&Value| frame["body"]["text"] == "Hello")
        .count();
    assert_eq!(heard, 10);
}
