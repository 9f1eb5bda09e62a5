//! What a client may not do, and what becomes of it.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;

use crate::harness::{TestServer, answer, say};

#[tokio::test]
async fn who_does_not_say_who_they_are_is_shown_out() {
    let server = TestServer::with(&["--join-within=50ms"]).await;
    let room = server.create(true).await;
    let mut socket = server.socket(&room).await;
    let (frames, code) = socket.until_closed().await;
    assert_eq!(frames[0]["code"], "not_joined");
    assert_eq!(code, Some(1008));
}

#[tokio::test]
async fn without_a_token_of_this_room_nobody_comes_in() {
    let server = TestServer::start().await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let stranger = server.join(&other, "Noor").await;
    for first in [
        json!({"type": "join_instant_chat"}),
        json!({"type": "join_instant_chat", "token": stranger.token}),
        json!({"type": "join_instant_chat", "token": room.creator_token}),
        say("m1", "Hello"),
    ] {
        let mut socket = server.socket(&room).await;
        socket.send(first).await;
        let (frames, code) = socket.until_closed().await;
        assert_eq!(frames.len(), 1);
        assert_eq!(frames[0]["code"], "not_joined");
        assert_eq!(code, Some(1008));
    }
}

#[tokio::test]
async fn a_room_that_is_not_there_says_so() {
    let server = TestServer::start().await;
    let mut room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    room.id = "AAAAAAAAAAAA".into();
    let mut socket = server.socket(&room).await;
    socket
        .send(json!({"type": "join_instant_chat", "token": maya.token}))
        .await;
    let (frames, code) = socket.until_closed().await;
    assert_eq!(frames[0]["code"], "unknown_chat");
    assert_eq!(code, Some(1008));
}

#[tokio::test]
async fn frames_that_are_too_large_close_the_connection_and_no_other() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut first) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    first.send_raw(Message::text("x".repeat(16 * 1024 + 1))).await;
    assert_eq!(first.until_closed().await.1, Some(1009));
    let mut second = server.connect(&room, &maya).await;
    second.send_raw(Message::binary(vec![0; 16 * 1024 + 1])).await;
    assert_eq!(second.until_closed().await.1, Some(1009));
    noors.say("n1", "undisturbed").await;
}

#[tokio::test]
async fn the_longest_text_fits() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut socket) = server.enter(&room, "Maya").await;
    socket.say("m1", &"😀".repeat(4_000)).await;
    socket.send(say("m2", &"a".repeat(4_001))).await;
    let error = socket.next_of("error").await;
    assert_eq!(error["code"], "invalid_message");
    assert_eq!(error["detail"], "The message is longer than 4000 characters.");
}

#[tokio::test]
async fn nonsense_is_answered_and_borne_for_a_while() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut socket) = server.enter(&room, "Maya").await;
    for nonsense in [
        Message::text("{"),
        Message::binary(vec![1, 2, 3]),
        Message::text(r#"{"type":"dance"}"#),
    ] {
        socket.send_raw(nonsense).await;
        assert_eq!(socket.next_of("error").await["code"], "invalid_request");
    }
    socket.say("m1", "still here").await;
    for _ in 0..5 {
        socket.send_raw(Message::text("{")).await;
    }
    assert_eq!(socket.until_closed().await.1, Some(1008));
}

#[tokio::test]
async fn a_flood_is_slowed_down_for_all_tabs_together() {
    let server = TestServer::with(&["--messages-per-second=1"]).await;
    let room = server.create(true).await;
    let (maya, mut first) = server.enter(&room, "Maya").await;
    let mut second = server.connect(&room, &maya).await;
    for n in 0..10 {
        first.say(&format!("m{n}"), "Hello").await;
    }
    for socket in [&mut first, &mut second] {
        socket.send(say("m10", "Hello")).await;
        let error = socket.next_of("error").await;
        assert_eq!(error["code"], "rate_limited");
        assert_eq!(error["clientId"], "m10");
        assert_eq!(error["retryAfter"], 1);
    }
    let response = server
        .post(&format!("/api/chat/instant/{}/messages", room.id))
        .bearer_auth(&maya.token)
        .json(&json!({"clientId": "m11", "body": {"v": 1, "kind": "text", "text": "Hello"}}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "1");
    // The connection stays open.
    first.send(json!({"type": "instant_chat_typing", "typing": true})).await;
    second.next_of("instant_chat_typing").await;
}

#[tokio::test]
async fn a_race_for_the_last_places_has_as_many_winners_as_places() {
    let server = TestServer::with(&["--room-capacity=5"]).await;
    let room = server.create(true).await;
    let path = format!("/api/chat/instant/{}/join", room.id);
    let joins = (0..40).map(|n| answer(server.post(&path).json(&json!({"name": format!("Guest {n}")}))));
    let answers = futures_util::future::join_all(joins).await;
    let inside = answers.iter().filter(|(status, _)| *status == StatusCode::OK).count();
    let full = answers
        .iter()
        .filter(|(_, problem)| problem["code"] == "room_full")
        .count();
    assert_eq!((inside, full), (5, 35));
}

#[tokio::test]
async fn a_place_that_somebody_left_is_free() {
    let server = TestServer::with(&["--room-capacity=2", "--leave-after=1h"]).await;
    let room = server.create(true).await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let path = format!("/api/chat/instant/{}/join", room.id);
    let sam = || answer(server.post(&path).json(&json!({"name": "Sam"})));
    assert_eq!(sam().await.0, StatusCode::CONFLICT);
    mayas.send(json!({"type": "leave_instant_chat"})).await;
    noors.next_of("instant_chat_user_left").await;
    assert_eq!(sam().await.0, StatusCode::OK);
    // And who left does not get it back.
    let mut back = server.socket(&room).await;
    back.send(json!({"type": "join_instant_chat", "token": maya.token}))
        .await;
    let (frames, code) = back.until_closed().await;
    assert_eq!(frames[0]["code"], "room_full");
    assert_eq!(code, Some(1008));
}

#[tokio::test]
async fn a_room_takes_so_many_messages_whoever_says_them() {
    let server = TestServer::with(&["--room-limit=3/1h"]).await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    mayas.say("m1", "Hello").await;
    mayas.say("m2", "Hello").await;
    noors.say("n1", "Hello").await;
    noors.send(say("n2", "Hello")).await;
    let error = noors.next_of("error").await;
    assert_eq!(
        (&error["code"], &error["clientId"]),
        (&json!("rate_limited"), &json!("n2"))
    );
    assert_eq!(error["retryAfter"], 1_200);
    let detail = "A lot is being said in this chat right now. Please try again in 20 minutes.";
    assert_eq!(error["detail"], detail);
    let (status, refusal) = server.post_message(&room, &maya.token, "m3", "Hello").await;
    assert_eq!(
        (status, &refusal["retryAfter"]),
        (StatusCode::TOO_MANY_REQUESTS, &json!(1_200))
    );
    // Elsewhere there is as much room as before.
    server.enter(&other, "Maya").await.1.say("m1", "Hello").await;
}

#[tokio::test]
async fn a_socket_takes_so_many_frames_whatever_is_in_them() {
    let server = TestServer::with(&["--socket-limit=5/1h"]).await;
    let room = server.create(true).await;
    let (maya, mut socket) = server.enter(&room, "Maya").await;
    for n in 0..5 {
        socket
            .send(json!({"type": "instant_chat_typing", "typing": n % 2 == 0}))
            .await;
    }
    socket.send(say("m1", "Hello")).await;
    let error = socket.next_of("error").await;
    assert_eq!(
        (&error["code"], &error["clientId"]),
        (&json!("rate_limited"), &json!("m1"))
    );
    assert_eq!(error["retryAfter"], 720);
    // Who goes on is shown out; another socket has frames of its own.
    for _ in 0..50 {
        socket
            .send(json!({"type": "instant_chat_typing", "typing": true}))
            .await;
    }
    assert_eq!(socket.until_closed().await.1, Some(1008));
    server.connect(&room, &maya).await.say("m1", "Hello").await;
}

#[tokio::test]
async fn pings_pongs_and_empty_frames_are_frames_too() {
    let server = TestServer::with(&["--socket-limit=3/1h"]).await;
    let room = server.create(true).await;
    let frames = [
        Message::Ping(Vec::new().into()),
        Message::Pong(Vec::new().into()),
        Message::text(""),
    ];
    let (maya, mut socket) = server.enter(&room, "Maya").await;
    for frame in &frames {
        socket.send_raw(frame.clone()).await;
    }
    socket.send(say("m1", "Hello")).await;
    assert_eq!(
        socket.next_of("error").await["code"],
        "invalid_request",
        "the empty one"
    );
    let error = socket.next_of("error").await;
    assert_eq!(
        (&error["code"], &error["clientId"]),
        (&json!("rate_limited"), &json!("m1"))
    );
    for _ in 0..50 {
        socket.send_raw(frames[0].clone()).await;
    }
    assert_eq!(socket.until_closed().await.1, Some(1008));
    // Before the first frame, too.
    let mut silent = server.socket(&room).await;
    for _ in 0..4 {
        silent.send_raw(frames[0].clone()).await;
    }
    let (frames, code) = silent.until_closed().await;
    assert_eq!((&frames[0]["code"], code), (&json!("rate_limited"), Some(1008)));
    server.connect(&room, &maya).await.say("m1", "Hello").await;
}

#[tokio::test]
async fn who_leaves_and_comes_back_has_no_new_allowance() {
    let server = TestServer::with(&["--messages-per-second=1", "--message-burst=5"]).await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let mut said = 0;
    let began = Instant::now();
    for round in 0..3 {
        let mut socket = server.connect(&room, &maya).await;
        for n in 0..5 {
            socket.send(say(&format!("m{round}-{n}"), "Hello")).await;
        }
        let mut answered = 0;
        while answered < 5 {
            match socket.next().await["type"].as_str() {
                Some("ack") => (said, answered) = (said + 1, answered + 1),
                Some("error") => answered += 1,
                _ => {}
            }
        }
        socket.send(json!({"type": "leave_instant_chat"})).await;
        assert_eq!(socket.until_closed().await.1, Some(1000));
    }
    let over_time = began.elapsed().as_secs() + 1;
    assert!((5..=5 + over_time).contains(&said), "{said}");
}

#[tokio::test]
async fn one_socket_too_many_is_told_when_to_come_again() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let mut sockets = Vec::new();
    for _ in 0..16 {
        sockets.push(server.connect(&room, &maya).await);
    }
    let mut one_more = server.socket(&room).await;
    one_more
        .send(json!({"type": "join_instant_chat", "token": maya.token}))
        .await;
    let (frames, code) = one_more.until_closed().await;
    assert_eq!(
        (&frames[0]["code"], &frames[0]["retryAfter"]),
        (&json!("rate_limited"), &json!(10))
    );
    assert_eq!(code, Some(1008));
}

#[tokio::test]
async fn what_is_allowed_is_told() {
    let server = TestServer::with(&[
        "--room-capacity=7",
        "--messages-per-second=3",
        "--message-burst=4",
        "--room-limit=50/2s",
        "--socket-limit=60/3s",
        "--room-media-mb=5",
        "--request-limit=70/4s",
        "--create-limit=80/5s",
        "--join-limit=90/6s",
        "--connect-limit=100/7s",
        "--miss-limit=110/8s",
    ])
    .await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let mut socket = server.socket(&room).await;
    socket
        .send(json!({"type": "join_instant_chat", "token": maya.token}))
        .await;
    let so_many = |count: u32, per_ms: u32| json!({"count": count, "perMs": per_ms});
    let limits = json!({
        "frameBytes": 16_384,
        "textChars": 4_000,
        "participants": 7,
        "messagesPerSecond": 3,
        "messageBurst": 4,
        "typingEverySecs": 3,
        "roomMessages": so_many(50, 2_000),
        "frames": so_many(60, 3_000),
        "fileBytes": 10_485_760,
        "roomMediaBytes": 5_000_000,
        "address": {
            "requests": so_many(70, 4_000),
            "creations": so_many(80, 5_000),
            "joins": so_many(90, 6_000),
            "connections": so_many(100, 7_000),
            "misses": so_many(110, 8_000),
        },
    });
    assert_eq!(socket.next_of("welcome").await["limits"], limits);
    let (_, details) = answer(server.get(&format!("/api/chat/instant/{}", room.id))).await;
    assert_eq!(details["limits"], limits);
}

#[tokio::test]
async fn a_reader_that_does_not_read_holds_nobody_up() {
    let server = TestServer::with(&["--messages-per-second=10000", "--message-burst=10000"]).await;
    let room = server.create(false).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let (_, mut silent) = server.enter(&room, "Noor").await;
    // More than the buffers of a connection hold.
    let words = "\u{1F600}".repeat(4_000);
    mayas.entries(2).await;
    for batch in 0..35 {
        for n in 0..20 {
            mayas.send(say(&format!("m{batch}-{n}"), &words)).await;
        }
        mayas.entries(20).await;
    }
    let start = Instant::now();
    let (_, (_, code)) = tokio::join!(server.stop(), mayas.until_closed());
    assert_eq!(code, Some(1001));
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    let (frames, code) = silent.until_closed().await;
    assert!(frames.len() < 700, "the buffers held it all: {}", frames.len());
    assert_eq!(code, None, "cut off");
}
