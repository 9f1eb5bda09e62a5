//! What becomes of a socket that the room writes to, and that does not read as fast as it does.

use serde_json::{Value, json};

use crate::harness::{
    TestRoom, TestServer,
    raw::{CLOSE, PING, PONG, Raw, TEXT},
    say, until,
};

const METRICS: &str = "--metrics-addr=127.0.0.1:0";

/// Messages, each with as many words as fit: several times what a connection holds, less than a live room keeps.
const MESSAGES: usize = 200;

/// A server whose people may say as much as they like.
async fn talkative(flags: &[&str]) -> TestServer {
    let fast = ["--messages-per-second=10000", "--message-burst=100000", METRICS];
    TestServer::with(&[&fast, flags].concat()).await
}

/// Joins, and reads up to its own coming in.
async fn enter(server: &TestServer, room: &TestRoom, name: &str) -> Raw {
    let guest = server.join(room, name).await;
    let mut raw = Raw::open(&server.host(), &room.id).await;
    let join = json!({"type": "join_instant_chat", "token": guest.token, "after": guest.seq});
    raw.send(&join).await;
    raw.next().await.expect("a welcome");
    raw
}

fn frame(payload: &[u8]) -> Value {
    serde_json::from_slice(payload).expect("a whole frame")
}

#[tokio::test]
async fn who_pauses_gets_every_entry_once_and_every_frame_whole() {
    let server = talkative(&[]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let mut paused = enter(&server, &room, "Noor").await;
        let (_, mut maya) = server.enter(&room, "Maya").await;
        let words = "a".repeat(3_000);
        for n in 0..MESSAGES {
            // In the middle of what does not fit: what the protocol and the socket's own task have to say.
            if n % 40 == 20 {
                paused.send_frame(PING, format!("p{n}").as_bytes()).await;
                paused.send(&say(&format!("n{n}"), "I am here")).await;
            }
            maya.say(&format!("m{n}"), &words).await;
        }
        maya.say("end", "the end").await;
        let (mut seqs, mut acks, mut pongs) = (Vec::new(), Vec::new(), Vec::new());
        loop {
            let (kind, payload) = paused.next().await.expect("a frame");
            match kind {
                TEXT => {
                    let frame = frame(&payload);
                    match (frame["type"].as_str(), frame["seq"].as_u64()) {
                        (Some("ack"), Some(_)) => acks.push(frame["clientId"].clone()),
                        (_, Some(seq)) => seqs.push(seq),
                        _ => {}
                    }
                    if frame["clientId"] == "end" {
                        break;
                    }
                }
                PONG => pongs.push(payload),
                CLOSE => panic!("closed: {payload:?}"),
                _ => panic!("no frame is of kind {kind}"),
            }
        }
        // What was said at the very end may be acknowledged after it.
        paused.send_frame(PING, b"last").await;
        while pongs.last().is_none_or(|pong| pong != b"last") {
            match paused.next().await.expect("a frame") {
                (TEXT, payload) if frame(&payload)["type"] == "ack" => acks.push(frame(&payload)["clientId"].clone()),
                (PONG, payload) => pongs.push(payload),
                _ => {}
            }
        }
        let first = seqs.first().copied().expect("entries");
        let expected: Vec<_> = (first..).take(seqs.len()).collect();
        assert_eq!(seqs, expected, "stored: {store_history}");
        assert!(seqs.len() > MESSAGES, "{}", seqs.len());
        assert_eq!(acks, ["n20", "n60", "n100", "n140", "n180"], "stored: {store_history}");
        assert!(pongs.len() >= 2, "{pongs:?}");
    }
}

#[tokio::test]
async fn who_never_reads_is_cut_holds_nobody_up_and_gives_the_place_back() {
    let server = talkative(&["--take-within=1s"]).await;
    let room = server.create(true).await;
    let (_, mut maya) = server.enter(&room, "Maya").await;
    let (_, mut sam) = server.enter(&room, "Sam").await;
    let connections = async || server.counted("instant_chat_connections").await;
    let before = connections().await;
    let stuck = enter(&server, &room, "Noor").await;
    assert_eq!(connections().await, before + 1, "a socket has a place");
    let words = "a".repeat(4_000);
    for n in 0..MESSAGES {
        maya.say(&format!("m{n}"), &words).await;
        // On a busy machine this takes longer than one may take nothing.
        sam.entries(1).await;
    }
    maya.say("end", "undisturbed").await;
    sam.entries_until("undisturbed").await;
    until(async || (connections().await <= before).then_some(())).await;
    drop(stuck);
}

#[tokio::test]
async fn what_is_delivered_is_counted_whoever_writes_it() {
    let server = talkative(&[]).await;
    let room = server.create(false).await;
    let (mut maya, sam) = (enter(&server, &room, "Maya").await, enter(&server, &room, "Sam").await);
    for n in 0..10 {
        maya.send(&say(&format!("m{n}"), "Hello")).await;
    }
    maya.send(&json!({"type": "beat"})).await;
    // Its answer says that all before it was taken. Both have had a welcome.
    let mut frames = 2;
    loop {
        let (_, payload) = maya.next().await.expect("a frame");
        frames += 1;
        if frame(&payload)["type"] == "beat" {
            break;
        }
    }
    server.end(&room, &room.creator_token).await;
    for mut socket in [maya, sam] {
        frames += u64::try_from(socket.until_closed().await.0.len()).expect("few");
    }
    assert!(frames > 30, "{frames}");
    assert_eq!(server.counted("instant_chat_deliveries_total").await, frames);
}
