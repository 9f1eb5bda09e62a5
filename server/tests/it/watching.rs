//! What whoever watches over the process is told.

use private_postgres::{Cluster, Commits};
use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{TestServer, number, until};

const METRICS: &str = "--metrics-addr=127.0.0.1:0";

#[tokio::test]
async fn health_and_readiness_are_told() {
    let server = TestServer::start().await;
    for path in ["/healthz", "/readyz"] {
        let response = server.get(path).send().await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.text().await.expect("a text"), "ok");
    }
}

#[tokio::test]
async fn without_its_store_a_server_is_alive_and_not_ready() {
    let cluster = Cluster::start(Commits::InMemory);
    let database = format!("--database-url={}", cluster.database().await);
    let server = TestServer::with(&[METRICS, &database]).await;
    assert_eq!(number::<f64>(&server.metrics().await, "instant_chat_store_up"), 1.0);
    cluster.kill();
    let ready = server.get("/readyz").send().await.expect("an answer");
    assert_eq!(ready.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.headers().contains_key("retry-after"));
    let alive = server.get("/healthz").send().await.expect("an answer");
    assert_eq!(alive.status(), StatusCode::OK);
    assert_eq!(number::<f64>(&server.metrics().await, "instant_chat_store_up"), 0.0);
}

#[tokio::test]
async fn what_happens_is_counted() {
    let server = TestServer::with(&[METRICS]).await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    mayas.say("m1", "Hello").await;
    noors.entries_until("Hello").await;
    mayas.send(json!({"type": "dance"})).await;
    mayas.next_of("error").await;
    server.history(&room, &maya, "?limit=x").await;

    let metrics = server.metrics().await;
    assert_eq!(number::<f64>(&metrics, "instant_chat_rooms"), 1.0);
    assert_eq!(number::<f64>(&metrics, "instant_chat_sockets"), 2.0);
    assert_eq!(number::<f64>(&metrics, "instant_chat_entries_total"), 3.0);
    assert_eq!(number::<f64>(&metrics, "instant_chat_ack_seconds_count"), 1.0);
    assert_eq!(
        number::<f64>(&metrics, "instant_chat_refusals_total{code=\"invalid_request\"}"),
        2.0,
        "a frame and a request"
    );
    // Two welcomes, two entries of who joined and one message to each, but Noor's own first one once; an ack; an error.
    assert!(
        number::<f64>(&metrics, "instant_chat_deliveries_total") >= 9.0,
        "{metrics}"
    );

    server.end(&room, &room.creator_token).await;
    mayas.until_closed().await;
    let purged = until(|| async {
        let metrics = server.metrics().await;
        let purged = number::<f64>(&metrics, "instant_chat_purge_lag_seconds_count") == 1.0;
        (purged && number::<f64>(&metrics, "instant_chat_sockets") == 0.0).then_some(metrics)
    });
    assert_eq!(number::<f64>(&purged.await, "instant_chat_rooms"), 0.0);
}

/// What the process keeps of a room goes with whoever needs it last.
#[tokio::test]
async fn of_rooms_that_nobody_needs_nothing_is_kept() {
    let server = TestServer::with(&[METRICS, "--leave-after=50ms", "--messages-per-second=1000"]).await;
    let mut rooms = Vec::new();
    for n in 0..12 {
        // Half of them are live, and half of each are ended while somebody is there.
        let room = server.create(n % 2 == 0).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        server.join(&room, "Noor").await;
        mayas.say("m1", "Hello").await;
        server.history(&room, &maya, "").await;
        if n % 4 < 2 {
            server.end(&room, &room.creator_token).await;
            mayas.until_closed().await;
        } else {
            mayas.vanish();
            rooms.push(room);
        }
    }
    // The words of a live room are in memory until its end.
    let handles = |left| {
        let server = &server;
        until(move || async move { (server.counted("instant_chat_room_handles").await == left).then_some(()) })
    };
    handles(3).await;
    for room in &rooms {
        server.end(room, &room.creator_token).await;
    }
    handles(0).await;
}

#[tokio::test]
async fn no_id_secret_name_or_word_is_counted_by() {
    let server = TestServer::with(&[METRICS]).await;
    let room = server.create(true).await;
    let (maya, mut socket) = server.enter(&room, "Marguerite").await;
    socket.say("m1", "aubergine").await;
    socket.send(json!({"type": "aubergine"})).await;
    socket.next_of("error").await;
    server
        .get(&format!("/instant-chat/{}", room.id))
        .send()
        .await
        .expect("a page");
    server.get("/aubergine?Marguerite").send().await.expect("a page");
    let metrics = server.metrics().await;
    assert!(metrics.ends_with("# EOF\n"), "all of it was read: {metrics}");
    for secret in [
        &room.id,
        &room.creator_token,
        &maya.id,
        &maya.token,
        "Marguerite",
        "aubergine",
        "127.0.0.1",
    ] {
        assert!(!metrics.contains(secret), "{secret} is in {metrics}");
    }
}

#[tokio::test]
async fn metrics_are_not_where_visitors_are() {
    let server = TestServer::with(&[METRICS]).await;
    let response = server.get("/metrics").send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert!(!response.text().await.expect("a text").contains("instant_chat_"));
}

#[tokio::test]
async fn each_request_has_an_id_of_ours() {
    let server = TestServer::start().await;
    let id = async || {
        let asked = server.get("/healthz").header("x-request-id", "theirs").send().await;
        let id = asked.expect("an answer").headers()["x-request-id"].clone();
        id.to_str().expect("ascii").to_owned()
    };
    let (first, second) = (id().await, id().await);
    assert_ne!(first, second);
    assert_eq!(first.len(), 10);
}
