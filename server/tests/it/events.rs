//! A room as server-sent events.

use std::time::Duration;

use reqwest::{Response, StatusCode};
use serde_json::Value;
use tokio::time::timeout;

use crate::harness::{Guest, TestRoom, TestServer, answer};

/// A program that listens.
struct Listener {
    response: Response,
    text: String,
}

/// One event: its id, and the JSON of its data.
type Event = (String, Value);

impl Listener {
    async fn open(server: &TestServer, room: &TestRoom, guest: &Guest, last: Option<&str>) -> Self {
        let mut request = server
            .client
            .get(server.url(&format!("/api/chat/instant/{}/events", room.id)));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = request.bearer_auth(&guest.token).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        // nginx would gather events until they fill a page of its memory.
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Self {
            response,
            text: String::new(),
        }
    }

    /// The next event; comments are skipped. `None` at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let (id, data) = (field("id:").unwrap_or_default().to_owned(), field("data:"));
                let data = data.map(|data| serde_json::from_str(data).expect("JSON"));
                self.text = rest.to_owned();
                match data {
                    Some(data) => return Some((id, data)),
                    None => continue,
                }
            }
            let chunk = timeout(Duration::from_secs(10), self.response.chunk())
                .await
                .expect("something came");
            self.text += std::str::from_utf8(&chunk.ok()??).expect("text");
        }
    }

    async fn texts(&mut self, count: usize) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        while texts.len() < count {
            let (id, data) = self.next().await.expect("more");
            if let Some(text) = data["body"]["text"].as_str() {
                texts.push((id, text.to_owned()));
            }
        }
        texts
    }
}

#[tokio::test]
async fn who_listens_hears_everything_once_and_goes_on_where_they_were() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        // More than the feed keeps, so that some is read from the log.
        for n in 0..5 {
            mayas.say(&format!("a{n}"), &format!("before {n}")).await;
        }
        let mut first = Listener::open(&server, &room, &maya, None).await;
        let before = first.texts(5).await;
        assert_eq!(
            before.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>()[4],
            "before 4"
        );
        mayas.say("b0", "now").await;
        assert_eq!(first.texts(1).await[0].1, "now");
        drop(first);

        mayas.say("c0", "later").await;
        let mut second = Listener::open(&server, &room, &maya, Some(&before[3].0)).await;
        let heard: Vec<_> = second.texts(3).await.into_iter().map(|(_, text)| text).collect();
        assert_eq!(heard, ["before 4", "now", "later"]);
    }
}

#[tokio::test]
async fn a_long_log_comes_in_order_without_gaps() {
    let flags = ["--messages-per-second=10000", "--message-burst=100000"];
    let server = TestServer::with(&flags).await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    for n in 0..300 {
        mayas.say(&format!("m{n}"), "Hello").await;
    }
    let mut listener = Listener::open(&server, &room, &maya, None).await;
    for seq in 1..=301 {
        let (id, data) = listener.next().await.expect("an entry");
        assert_eq!(data["seq"], seq);
        assert_eq!(id, format!("stored.{seq}"));
    }
}

#[tokio::test]
async fn who_has_everything_hears_at_once_that_they_are_heard() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let mut listener = Listener::open(&server, &room, &maya, Some("stored.1")).await;
    let first = timeout(Duration::from_secs(5), listener.response.chunk()).await;
    let first = first.expect("at once").expect("a part").expect("of the stream");
    assert!(first.starts_with(b":") || first.starts_with(b"retry:"), "{first:?}");
}

#[tokio::test]
async fn a_cursor_that_is_of_no_use_is_said_to_be() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    mayas.say("m1", "Hello").await;
    for cursor in [
        "other.1",
        "nonsense",
        ".",
        "-1",
        &format!("{}.99", mayas.welcome["epoch"].as_str().expect("text")),
    ] {
        let mut listener = Listener::open(&server, &room, &maya, Some(cursor)).await;
        assert_eq!(listener.next().await.expect("an event").1["type"], "resync", "{cursor}");
        assert_eq!(listener.next().await.expect("an event").1["seq"], 1);
    }
}

#[tokio::test]
async fn the_end_is_told_and_ends_the_stream() {
    let server = TestServer::start().await;
    for reason in ["ended", "expired"] {
        let room = server.create(true).await;
        let maya = server.join(&room, "Maya").await;
        let mut listener = Listener::open(&server, &room, &maya, None).await;
        assert_eq!(
            listener.next().await.expect("her own entry").1["type"],
            "instant_chat_user_joined"
        );
        if reason == "ended" {
            server.end(&room, &room.creator_token).await;
        } else {
            server.clock.advance(86_400_000);
        }
        let end = timeout(Duration::from_secs(2), async {
            let end = listener.next().await.expect("the end").1;
            (end, listener.next().await)
        });
        let (end, more) = end.await.expect("within 2 s");
        assert_eq!(
            (&end["type"], &end["reason"]),
            (&"instant_chat_ended".into(), &reason.into())
        );
        assert_eq!(more, None);
        let path = format!("/api/chat/instant/{}/events", room.id);
        let (status, problem) = answer(server.get(&path).bearer_auth(&maya.token)).await;
        assert_eq!((status, &problem["code"]), (StatusCode::GONE, &reason.into()));
    }
}

#[tokio::test]
async fn who_only_listens_is_not_online_and_hears_nothing_from_before_they_joined() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    mayas.say("m1", "before").await;
    let noor = server.join(&room, "Noor").await;
    let mut listener = Listener::open(&server, &room, &noor, None).await;
    assert_eq!(
        listener.next().await.expect("her own entry").1["participant"]["id"],
        noor.id
    );
    let (_, details) = answer(server.get(&format!("/api/chat/instant/{}", room.id))).await;
    assert_eq!(details["participantCount"], 1);
}

#[tokio::test]
async fn only_participants_listen_and_not_too_often_at_once() {
    let server = TestServer::start().await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let path = format!("/api/chat/instant/{}/events", room.id);
    let stranger = server.join(&other, "Eve").await;
    for request in [server.get(&path), server.get(&path).bearer_auth(&stranger.token)] {
        assert_eq!(answer(request).await.1["code"], "not_joined");
    }
    let maya = server.join(&room, "Maya").await;
    let mut listeners = Vec::new();
    for _ in 0..4 {
        listeners.push(Listener::open(&server, &room, &maya, None).await);
    }
    assert_eq!(
        answer(server.get(&path).bearer_auth(&maya.token)).await.1["code"],
        "rate_limited"
    );
}

#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_listeners() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let mut listener = Listener::open(&server, &room, &maya, None).await;
    listener.next().await.expect("her own entry");
    let stopped = timeout(Duration::from_secs(4), async {
        tokio::join!(server.stop(), listener.next()).1
    });
    assert_eq!(stopped.await.expect("at once"), None);
}
