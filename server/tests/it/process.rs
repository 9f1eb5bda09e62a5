//! The program itself: its first line, its log, its end, and what it holds after it was killed.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Program, Socket, client};

#[tokio::test]
async fn no_id_secret_name_or_word_is_in_the_log() {
    let data = TempDir::new().expect("a folder");
    let program = Program::start(&data).await;
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
        let client = client();
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
    let log = program.stopped().await;
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
