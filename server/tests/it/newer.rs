//! A server and newer clients: what it does not know it says so, or leaves aside, and goes on.

use serde_json::{Value, json};

use crate::harness::{TestServer, answer};

fn message(client_id: &str, body: &Value) -> Value {
    json!({"type": "instant_chat_message", "clientId": client_id, "body": body})
}

#[tokio::test]
async fn types_that_were_never_heard_of_are_answered_and_the_connection_stays() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let mut socket = server.socket(&room).await;
    // Before it has joined as after.
    socket.send(json!({"type": "introduce", "clientId": "i1"})).await;
    assert_eq!(socket.next().await["code"], "invalid_request");
    socket
        .join(json!({"token": maya.token, "newest": 60, "colour": {"of": ["the", "sky"]}}))
        .await;
    // More than nonsense is borne of.
    for n in 0..60 {
        let kind = ["read_receipt", "instant_chat_dance", "", "Beat"][n % 4];
        socket
            .send(json!({"type": kind, "clientId": format!("d{n}"), "upTo": n, "body": {"v": 9}}))
            .await;
        let error = socket.next_of("error").await;
        assert_eq!(
            (&error["code"], &error["clientId"]),
            (&json!("invalid_request"), &json!(format!("d{n}"))),
            "{kind}"
        );
    }
    socket.say("m1", "still here").await;
}

#[tokio::test]
async fn fields_that_were_never_heard_of_are_left_aside() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut socket) = server.enter(&room, "Maya").await;
    let body = json!({"v": 1, "kind": "text", "text": "Hello", "font": "large", "effects": [{"kind": "glow"}]});
    let mut frame = message("m1", &body);
    frame["op"] = "say".into();
    frame["priority"] = json!({"level": 3});
    socket.send(frame).await;
    assert_eq!(socket.next_of("ack").await["clientId"], "m1");
    socket
        .send(json!({"type": "instant_chat_typing", "typing": true, "mood": "hasty"}))
        .await;
    socket.send(json!({"type": "beat", "count": 7})).await;
    socket.next_of("beat").await;

    let path = format!("/api/chat/instant/{}/messages", room.id);
    let post = json!({"clientId": "m2", "body": body, "op": "say"});
    let (status, entry) = answer(server.post(&path).bearer_auth(&maya.token).json(&post)).await;
    assert_eq!(
        (status.as_u16(), &entry["body"]),
        (201, &json!({"v": 1, "kind": "text", "text": "Hello"}))
    );
    let join = json!({"name": "Noor", "pronouns": "she"});
    let path = format!("/api/chat/instant/{}/join", room.id);
    assert_eq!(answer(server.post(&path).json(&join)).await.0.as_u16(), 200);
}

#[tokio::test]
async fn bodies_that_were_never_heard_of_are_refused_by_name_and_nobody_else_sees_them() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    let bodies = [
        json!({"v": 1, "kind": "hologram", "depth": 3}),
        json!({"v": 2, "kind": "text", "text": "Hello"}),
        json!({"v": 1, "kind": "sealed", "box": "AAAA"}),
        json!({"v": 1, "kind": "unknown"}),
        json!({"v": 1, "kind": "deleted"}),
        json!({"kind": "text", "text": "Hello"}),
        json!([1, 2, 3]),
    ];
    for (n, body) in bodies.iter().enumerate() {
        let id = format!("b{n}");
        mayas.send(message(&id, body)).await;
        let error = mayas.next_of("error").await;
        assert_eq!(
            (&error["code"], &error["clientId"]),
            (&json!("invalid_message"), &json!(id)),
            "{body}"
        );
    }
    let seq = mayas.say("m1", "still here").await;
    assert_eq!(seq, 3, "two joins, and nothing else");
    assert_eq!(noors.entries_until("still here").await.len(), 3);
}
