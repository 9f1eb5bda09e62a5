//! An entry is encoded once: who reads it, in whatever way, gets the bytes that are kept.

use serde_json::{Value, json};
use sqlx::query_scalar;

use crate::harness::{
    Guest, TestRoom, TestServer,
    raw::{Raw, TEXT},
};

/// The entries that a new socket is sent, as they are, until `last` has come. It begins where the log does.
async fn over_a_socket(raw: &mut Raw, last: &str) -> Vec<String> {
    let mut entries = Vec::new();
    while !entries.last().is_some_and(|entry: &String| entry.contains(last)) {
        let (kind, payload) = raw.next().await.expect("a frame");
        let text = String::from_utf8(payload).expect("text");
        let frame: Value = serde_json::from_str(&text).expect("JSON");
        if kind == TEXT && frame["at"].is_string() && frame["type"] != "ack" {
            entries.push(text);
        }
    }
    entries
}

async fn open(server: &TestServer, room: &TestRoom, guest: &Guest) -> Raw {
    let mut raw = Raw::open(&server.host(), &room.id).await;
    raw.send(&json!({"type": "join_instant_chat", "token": guest.token}))
        .await;
    raw
}

/// What is answered to a participant, as it is.
async fn text(server: &TestServer, guest: &Guest, path: &str) -> String {
    let request = server.get(path).bearer_auth(&guest.token);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.headers()["content-type"], "application/json");
    answer.text().await.expect("text")
}

#[tokio::test]
async fn who_reads_an_entry_in_whatever_way_gets_the_bytes_that_are_kept() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let maya = server.join(&room, "Maya \u{1F600} \"\\\"").await;
        let mut live = open(&server, &room, &maya).await;
        let base = format!("/api/chat/instant/{}", room.id);
        let mut answers = Vec::new();
        let words = "\"quoted\" \\ back\\u0000slash\n\t☕ \u{2028} 👩\u{200d}👩\u{200d}👧 </script>";
        for (id, body) in [
            ("m1", json!({"v": 1, "kind": "text", "text": words, "replyTo": 1})),
            (
                "m2",
                json!({"v": 1, "kind": "reaction", "target": 2, "emoji": "👍", "on": true}),
            ),
            ("m3", json!({"v": 1, "kind": "text", "text": "The last"})),
        ] {
            let request = server.post(&format!("{base}/messages")).bearer_auth(&maya.token);
            let request = request.json(&json!({"clientId": id, "body": body}));
            answers.push(request.send().await.expect("an answer").text().await.expect("text"));
        }
        let told = over_a_socket(&mut live, "The last").await;
        assert_eq!(told.len(), 4);
        assert_eq!(answers, told[1..]);
        // From the log, to one who comes with nothing; from where they are kept, to one who asks for it.
        let mut again = open(&server, &room, &maya).await;
        assert_eq!(over_a_socket(&mut again, "The last").await, told);
        let page = text(&server, &maya, &format!("{base}/messages")).await;
        assert!(
            page.contains(&format!(r#""entries":[{}],"nextAfter":4}}"#, told.join(","))),
            "{page}"
        );
        let file = text(&server, &maya, &format!("{base}/export?format=json")).await;
        assert!(
            file.ends_with(&format!("\"entries\":[{}]}}\n", told.join(",\n"))),
            "{file}"
        );
        let events = server.client.get(server.url(&format!("{base}/events")));
        let mut events = events.bearer_auth(&maya.token).send().await.expect("an answer");
        let mut heard = String::new();
        while !heard.contains(&told[3]) {
            let chunk = events.chunk().await.expect("a stream").expect("more of it");
            heard += std::str::from_utf8(&chunk).expect("text");
        }
        let told_of: Vec<_> = heard
            .lines()
            .filter_map(|line| line.strip_prefix("data:"))
            .map(str::trim)
            .collect();
        assert_eq!(told_of, told);
        if store_history {
            let kept = "SELECT frame || ',\"seq\":' || seq || '}' FROM entry ORDER BY seq";
            let kept: Vec<String> = query_scalar(kept)
                .fetch_all(&mut server.database().await)
                .await
                .expect("rows");
            assert_eq!(kept, told);
        }
    }
}
