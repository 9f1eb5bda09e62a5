//! A message that is sent again is answered with its first one's place, whatever has happened since.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Guest, Socket, TestRoom, TestServer, answer, files};

fn text(words: &str) -> Value {
    json!({"v": 1, "kind": "text", "text": words})
}

async fn post(server: &TestServer, room: &TestRoom, who: &Guest, id: &str, body: &Value) -> (StatusCode, Value) {
    let path = format!("/api/chat/instant/{}/messages", room.id);
    let message = json!({"clientId": id, "body": body});
    answer(server.post(&path).bearer_auth(&who.token).json(&message)).await
}

/// What a socket is told of a message: the seq of its ack, or the code of its refusal.
async fn told(socket: &mut Socket, id: &str, body: &Value) -> Value {
    socket
        .send(json!({"type": "instant_chat_message", "clientId": id, "body": body}))
        .await;
    loop {
        let frame = socket.next().await;
        if frame["clientId"] == id && frame["type"] == "ack" {
            return frame["seq"].clone();
        }
        if frame["clientId"] == id && frame["type"] == "error" {
            return frame["code"].clone();
        }
    }
}

/// Asserts that a retry is the first one by either way, and that a new message is refused with `code`.
async fn assert_first(
    server: &TestServer,
    room: &TestRoom,
    (who, socket): (&Guest, &mut Socket),
    (id, body): (&str, &Value),
    seq: &Value,
    code: &str,
) {
    let (_, refused) = post(server, room, who, "new", body).await;
    assert_eq!(refused["code"], code, "{refused}");
    let (status, entry) = post(server, room, who, id, body).await;
    assert_eq!((status, &entry["seq"]), (StatusCode::CREATED, seq), "{entry}");
    assert_eq!(told(socket, "new", body).await, code);
    assert_eq!(told(socket, id, body).await, *seq);
}

/// Uploads a picture and shows it under this id; the message's body and place.
async fn picture(server: &TestServer, room: &TestRoom, who: &Guest, id: &str) -> (Value, Value) {
    let path = format!("/api/chat/instant/{}/media", room.id);
    let upload = server.post(&path).bearer_auth(&who.token);
    let (status, uploaded) = answer(upload.body(files::sideways_photograph(1))).await;
    assert_eq!(status, StatusCode::CREATED, "{uploaded}");
    let body = json!({"v": 1, "kind": "image", "mediaId": uploaded["mediaId"],
        "width": uploaded["width"], "height": uploaded["height"]});
    let (status, entry) = post(server, room, who, id, &body).await;
    assert_eq!(status, StatusCode::CREATED, "{entry}");
    (body, entry["seq"].clone())
}

#[tokio::test]
async fn a_retry_costs_no_allowance_that_is_used_up() {
    let server = TestServer::with(&["--messages-per-second=1", "--message-burst=2"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let seq = json!(mayas.say("m1", "hello").await);
        // More than comes back in the time that this takes.
        for n in 0.. {
            if told(&mut mayas, &format!("more{n}"), &text("and more")).await == "rate_limited" {
                break;
            }
        }
        let again = told(&mut mayas, "m1", &text("hello")).await;
        assert_eq!(again, seq);
        let (_, entry) = post(&server, &room, &maya, "m1", &text("hello")).await;
        assert_eq!(entry["seq"], seq, "{entry}");
    }
}

#[tokio::test]
async fn a_retry_in_a_room_that_is_text_only_by_now_is_the_first_one() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (body, seq) = picture(&server, &room, &maya, "p1").await;
        let path = format!("/api/chat/instant/{}/text-only", room.id);
        let (status, _) = answer(server.post(&path).bearer_auth(&room.creator_token).json(&json!({}))).await;
        assert!(status.is_success(), "{status}");
        assert_first(&server, &room, (&maya, &mut mayas), ("p1", &body), &seq, "text_only").await;
    }
}

#[tokio::test]
async fn a_retry_of_a_picture_that_was_deleted_since_is_the_first_one() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (body, seq) = picture(&server, &room, &maya, "p1").await;
        let delete = json!({"v": 1, "kind": "delete", "target": seq});
        let (_, deleted) = post(&server, &room, &maya, "d1", &delete).await;
        assert_first(
            &server,
            &room,
            (&maya, &mut mayas),
            ("p1", &body),
            &seq,
            "unknown_media",
        )
        .await;
        // And so is the deletion's, which is about what is not there any more.
        let (_, again) = post(&server, &room, &maya, "d1", &delete).await;
        assert_eq!(again["seq"], deleted["seq"], "{again}");
        let (_, first) = post(&server, &room, &maya, "p1", &body).await;
        assert_eq!(
            first["body"]["kind"], "deleted",
            "it is told what it is by now: {first}"
        );
    }
}

#[tokio::test]
async fn a_retry_of_what_a_live_room_keeps_no_more_is_told_its_place() {
    let flags = ["--messages-per-second=10000", "--message-burst=100000"];
    let server = TestServer::with(&flags).await;
    let room = server.create(false).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let (_, first) = post(&server, &room, &maya, "m1", &text("hello")).await;
    let edit = json!({"v": 1, "kind": "edit", "target": first["seq"], "text": "other words"});
    let (_, edited) = post(&server, &room, &maya, "e1", &edit).await;
    for n in 0..1_001 {
        mayas.say(&format!("more{n}"), "and more").await;
    }
    let (status, again) = post(&server, &room, &maya, "m1", &text("hello")).await;
    assert_eq!((status, &again), (StatusCode::CREATED, &first));
    assert_eq!(told(&mut mayas, "m1", &text("hello")).await, first["seq"]);
    let seq = edited["seq"].clone();
    assert_first(
        &server,
        &room,
        (&maya, &mut mayas),
        ("e1", &edit),
        &seq,
        "unknown_entry",
    )
    .await;
}

#[tokio::test]
async fn a_retry_by_who_left_a_room_that_is_full_by_now_is_the_first_one() {
    let server = TestServer::with(&["--room-capacity=2"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (_, mut noors) = server.enter(&room, "Noor").await;
        let seq = json!(mayas.say("m1", "hello").await);
        mayas.send(json!({"type": "leave_instant_chat"})).await;
        noors.next_of("instant_chat_user_left").await;
        let (_, _omars) = server.enter(&room, "Omar").await;
        let (_, refused) = post(&server, &room, &maya, "new", &text("hello")).await;
        assert_eq!(refused["code"], "room_full", "{refused}");
        let (status, entry) = post(&server, &room, &maya, "m1", &text("hello")).await;
        assert_eq!((status, &entry["seq"]), (StatusCode::CREATED, &seq), "{entry}");
    }
}
