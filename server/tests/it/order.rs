//! What one client sends back to back is logged in its order, whatever it is.

use serde_json::{Value, json};

use crate::harness::{Guest, TestRoom, TestServer, answer, files::sideways_photograph};

/// Uploads a picture; returns the body of the message that shows it.
async fn picture(server: &TestServer, room: &TestRoom, guest: &Guest) -> Value {
    let upload = server.post(&format!("/api/chat/instant/{}/media", room.id));
    let upload = upload.bearer_auth(&guest.token).body(sideways_photograph(3));
    let (_, mut body) = answer(upload).await;
    body["v"] = 1.into();
    body["kind"] = "image".into();
    body
}

#[tokio::test]
async fn what_takes_longer_to_be_looked_at_is_not_overtaken() {
    let server = TestServer::with(&["--messages-per-second=10000", "--message-burst=100000"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut socket) = server.enter(&room, "Maya").await;
        let picture = picture(&server, &room, &maya).await;
        let first = socket.say("first", "Hello").await;
        let text = json!({"v": 1, "kind": "text", "text": "Hello"});
        let bodies = [
            picture.clone(),
            text.clone(),
            json!({"v": 1, "kind": "edit", "target": first, "text": "Good morning"}),
            text.clone(),
            json!({"v": 1, "kind": "text", "text": "Hello", "replyTo": first}),
            json!({"v": 1, "kind": "reaction", "target": first, "emoji": "👍"}),
            text,
        ];
        socket.entries_until("Hello").await;
        for round in 0..30 {
            let ids: Vec<_> = (0..bodies.len()).map(|n| format!("r{round}-{n}")).collect();
            for (id, body) in ids.iter().zip(&bodies) {
                socket
                    .send(json!({"type": "instant_chat_message", "clientId": id, "body": body}))
                    .await;
            }
            let entries = socket.entries(bodies.len()).await;
            let logged: Vec<_> = entries.iter().map(|entry| entry["clientId"].as_str()).collect();
            assert_eq!(logged, ids.iter().map(|id| Some(id.as_str())).collect::<Vec<_>>());
        }
    }
}

#[tokio::test]
async fn acks_and_refusals_come_in_the_order_of_what_they_answer() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut socket) = server.enter(&room, "Maya").await;
    let target = json!({"v": 1, "kind": "edit", "target": 99, "text": "?"});
    for n in 0..3 {
        let body = if n % 2 == 0 {
            target.clone()
        } else {
            json!({"v": 1, "kind": "text", "text": "Hello"})
        };
        socket
            .send(json!({"type": "instant_chat_message", "clientId": format!("m{n}"), "body": body}))
            .await;
    }
    let mut answers = Vec::new();
    while answers.len() < 3 {
        let frame = socket.next().await;
        if frame["type"] == "ack" || frame["type"] == "error" {
            answers.push((frame["type"].clone(), frame["clientId"].clone()));
        }
    }
    let expected = [("error", "m0"), ("ack", "m1"), ("error", "m2")];
    assert_eq!(answers, expected.map(|(kind, id)| (json!(kind), json!(id))));
}
