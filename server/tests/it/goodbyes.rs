//! How connections end: what a client hears of it, and when.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use wire::protocol::close;

use crate::harness::{
    Guest, TestRoom, TestServer,
    raw::{CLOSE, Raw},
    say,
};

/// Entries in a long room, each with as many words as fit.
const LONG: usize = 1_500;

/// A server whose people may say as much as they like.
async fn talkative() -> TestServer {
    TestServer::with(&["--messages-per-second=10000", "--message-burst=100000"]).await
}

/// A room in which much was said.
async fn long_room(server: &TestServer) -> TestRoom {
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    mayas.entries(1).await;
    let words = "a".repeat(4_000);
    for batch in 0..LONG / 50 {
        for n in 0..50 {
            mayas.send(say(&format!("m{batch}-{n}"), &words)).await;
        }
        mayas.entries(50).await;
    }
    room
}

/// Joins, and reads a little of what there is: the welcome and an entry.
async fn begin_to_read(server: &TestServer, room: &TestRoom, name: &str) -> (Guest, Raw) {
    let guest = server.join(room, name).await;
    let mut raw = Raw::open(&server.host(), &room.id).await;
    raw.send(&json!({"type": "join_instant_chat", "token": guest.token}))
        .await;
    for _ in 0..2 {
        raw.next().await.expect("a frame");
    }
    (guest, raw)
}

#[tokio::test]
async fn a_goodbye_is_returned_with_its_code() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let goodbyes: [&[u8]; 4] = [&[0x03, 0xE8], &[0x03, 0xE9], &[0x0F, 0xA0], &[]];
    for goodbye in goodbyes {
        for joins in [false, true] {
            let mut raw = if joins {
                begin_to_read(&server, &room, "Maya").await.1
            } else {
                Raw::open(&server.host(), &room.id).await
            };
            raw.send_frame(CLOSE, goodbye).await;
            assert_eq!(raw.until_closed().await.1.as_deref(), Some(goodbye), "joined: {joins}");
        }
    }
}

#[tokio::test]
async fn a_goodbye_is_returned_while_much_is_left_to_be_told() {
    let server = talkative().await;
    let room = long_room(&server).await;
    let (_, mut raw) = begin_to_read(&server, &room, "Noor").await;
    raw.send_frame(CLOSE, &[0x03, 0xE8]).await;
    let (frames, goodbye) = raw.until_closed().await;
    assert_eq!(goodbye.as_deref(), Some(&[0x03, 0xE8][..]));
    assert!(frames.len() < LONG - 500, "it was heard at once: {}", frames.len());
}

#[tokio::test]
async fn what_was_said_before_a_goodbye_is_said() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (noor, mut raw) = begin_to_read(&server, &room, "Noor").await;
    // Looked at for longer than others: what it is about has to be there.
    server.post_message(&room, &noor.token, "n0", "Hallo").await;
    let words = json!({"v": 1, "kind": "text", "text": "Hello"});
    raw.send(&json!({"type": "instant_chat_message", "clientId": "n1", "op": "edit", "target": 2, "body": words}))
        .await;
    raw.send(&say("n2", "Goodbye")).await;
    raw.send_frame(CLOSE, &[0x03, 0xE8]).await;
    assert_eq!(raw.until_closed().await.1.as_deref(), Some(&[0x03, 0xE8][..]));
    let (_, page) = server.history(&room, &noor, "?after=1").await;
    let said = page["entries"].as_array().expect("entries").iter();
    let said: Vec<_> = said.map(|entry| &entry["clientId"]).collect();
    assert_eq!(said, ["n0", "n1", "n2"]);
}

/// Reads on as slowly as a phone far from its mast, and hears of the end within the time that is promised.
async fn hears(mut raw: Raw, since: Instant, code: u16) {
    raw.read_slowly(Duration::from_millis(5));
    let (frames, goodbye) = raw.until_closed().await;
    let after = since.elapsed();
    assert!(frames.len() < LONG - 200, "in the middle of it: {}", frames.len());
    let goodbye = goodbye.expect("a goodbye");
    assert_eq!(goodbye[..2], code.to_be_bytes());
    assert!(after < Duration::from_secs(2), "{code} after {after:?}");
}

#[tokio::test]
async fn who_reads_a_long_log_slowly_hears_at_once_that_they_are_removed_or_it_is_over() {
    let server = talkative().await;
    let room = long_room(&server).await;
    let (noor, raw) = begin_to_read(&server, &room, "Noor").await;
    let since = Instant::now();
    let remove = server.post(&format!("/api/chat/instant/{}/remove", room.id));
    let remove = remove.bearer_auth(&room.creator_token);
    let removed = remove.json(&json!({"participantId": noor.id})).send().await;
    assert!(removed.expect("an answer").status().is_success());
    hears(raw, since, close::REMOVED).await;

    let (_, raw) = begin_to_read(&server, &room, "Sam").await;
    let since = Instant::now();
    server.end(&room, &room.creator_token).await;
    hears(raw, since, close::ENDED).await;
}

#[tokio::test]
async fn who_reads_a_long_log_slowly_hears_at_once_that_the_server_stops() {
    let server = talkative().await;
    let room = long_room(&server).await;
    let (_, raw) = begin_to_read(&server, &room, "Noor").await;
    let since = Instant::now();
    tokio::join!(server.stop(), hears(raw, since, close::GOING_AWAY));
}

#[tokio::test]
async fn who_listens_slowly_to_a_long_log_hears_at_once_that_it_is_over() {
    let server = talkative().await;
    let room = long_room(&server).await;
    let guest = server.join(&room, "Noor").await;
    let path = format!("/api/chat/instant/{}/events", room.id);
    let token = format!("Authorization: Bearer {}", guest.token);
    let mut raw = Raw::ask(&server.host(), &path, &token, "200").await;
    raw.until("instant_chat_message").await;
    let since = Instant::now();
    server.end(&room, &room.creator_token).await;
    raw.read_slowly(Duration::from_millis(5));
    let heard = raw.until("instant_chat_ended").await;
    let after = since.elapsed();
    let entries = heard.matches("instant_chat_message").count();
    assert!(entries < LONG - 200, "in the middle of it: {entries}");
    assert!(after < Duration::from_secs(2), "after {after:?}");
}
