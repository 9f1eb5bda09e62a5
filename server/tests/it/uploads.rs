//! Uploads that are slow, or many at once.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use reqwest::StatusCode;
use serde_json::json;
use tokio::{
    io::AsyncReadExt,
    task::{JoinSet, spawn_blocking},
    time::{Instant, timeout},
};
use wire::domain::MEDIA_MAX_BYTES;

use crate::harness::{Place, TestServer, bombs::slow_picture, files::sideways_photograph, until};

const WAITING: &str = "instant_chat_uploads_waiting";
const BYTES: &str = "instant_chat_upload_bytes";

#[tokio::test]
async fn slow_pictures_of_one_address_keep_nobody_else_waiting_and_are_given_up_with_their_senders() {
    let server = TestServer::with(&["--metrics-addr=127.0.0.1:0"]).await;
    let room = server.create(false).await;
    let maya = server.join(&room, "Maya").await;
    let place = Arc::new(Place::within(&server, &room, &maya));
    let slow = Bytes::from(spawn_blocking(slow_picture).await.expect("a picture"));
    let mut flood = JoinSet::new();
    for _ in 0..60 {
        let (place, slow) = (Arc::clone(&place), slow.clone());
        flood.spawn(async move { place.upload("198.51.100.1", slow).await });
    }
    // An address has half of all that may wait, and the others of its uploads are told when to come again.
    let (status, told, again) = loop {
        match flood.join_next().await.expect("one is refused").expect("an answer") {
            (StatusCode::CREATED, ..) => {}
            refused => break refused,
        }
    };
    assert_eq!((status.as_u16(), &told["code"]), (503, &json!("unavailable")), "{told}");
    assert!(again.is_some_and(|seconds| seconds > 0));
    until(async || (server.counted(WAITING).await > 25).then_some(())).await;

    for n in 0..3 {
        let began = Instant::now();
        let (status, told, _) = place.upload("198.51.100.2", sideways_photograph(n)).await;
        assert_eq!(status, StatusCode::CREATED, "{told}");
        assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
        assert!(server.counted(WAITING).await > 15, "the flood is still there");
    }

    let waiting = server.counted(WAITING).await;
    flood.shutdown().await;
    let began = Instant::now();
    until(async || (server.counted(WAITING).await == 0).then_some(())).await;
    assert_eq!(server.counted(BYTES).await, 0, "memory is given back");
    let each = began.elapsed() / u32::try_from(waiting).expect("few");
    assert!(
        each < Duration::from_millis(200),
        "{each:?} for each: they were worked on"
    );
}

#[tokio::test]
async fn slow_uploads_of_one_address_leave_memory_to_others() {
    let server = TestServer::with(&["--metrics-addr=127.0.0.1:0"]).await;
    let room = server.create(false).await;
    let maya = server.join(&room, "Maya").await;
    let place = Place::within(&server, &room, &maya);
    let mut slow = Vec::new();
    for _ in 0..13 {
        slow.push(place.begin("198.51.100.1", MEDIA_MAX_BYTES, MEDIA_MAX_BYTES - 1).await);
    }
    let half = 64 * 1024 * 1024;
    until(async || (server.counted(BYTES).await > half / 10 * 8).then_some(())).await;
    assert!(server.counted(BYTES).await <= half);
    let (status, told, _) = place.upload("198.51.100.2", sideways_photograph(1)).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    // Whoever is refused in the middle of sending hears it, each time.
    for _ in 0..20 {
        let (status, _, again) = place.upload("198.51.100.1", vec![0xFF; MEDIA_MAX_BYTES]).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(again.is_some());
    }
    drop(slow);
    until(async || (server.counted(BYTES).await == 0).then_some(())).await;
}

#[tokio::test]
async fn an_upload_that_stalls_is_told_so() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let maya = server.join(&room, "Maya").await;
    let place = Place::within(&server, &room, &maya);
    let mut stalled = place.begin("198.51.100.1", MEDIA_MAX_BYTES, 10).await;
    let mut answer = String::new();
    timeout(Duration::from_secs(30), stalled.read_to_string(&mut answer))
        .await
        .expect("within half a minute")
        .expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(
        answer.contains("application/problem+json") && answer.contains("too_slow"),
        "{answer}"
    );
}
