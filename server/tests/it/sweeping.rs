//! Ends and purges, where something else hangs, fails, reads, or is many.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::json;
use sqlx::{Connection, query, query_scalar};
use tempfile::TempDir;
use tokio::time::{Instant, sleep_until, timeout};

use crate::harness::{
    Program, Socket, TestServer,
    bucket::{Bucket, KEY},
    client,
    files::{on_disk, sideways_photograph},
    until, until_within,
};

const DAY_MILLIS: i64 = 86_400_000;

/// What is promised of what was said in a room that is over.
const GONE_WITHIN: Duration = Duration::from_secs(60);

#[tokio::test]
async fn a_bucket_that_hangs_holds_up_no_end_and_no_words() {
    let (data, bucket) = (TempDir::new().expect("a folder"), Bucket::start().await);
    let mut variables = bucket.variables(KEY);
    variables.push(("ROOM_TTL", "10s".into()));
    let program = Program::with(&data, &variables).await;
    let start = json!({"creatorName": "Marguerite", "storeHistory": true});
    let (ended, expiring) = (
        program.post("/create", None, &start).await,
        program.post("/create", None, &start).await,
    );
    let started = Instant::now();
    let field = |of: &serde_json::Value, name: &str| of[name].as_str().expect(name).to_owned();
    let mut socket = Socket::open(&program.host, &field(&expiring, "chatId"), &[])
        .await
        .expect("a socket");
    socket.join(json!({"token": field(&expiring, "token")})).await;

    let chat = field(&ended, "chatId");
    let upload = client()
        .post(format!("http://{}/api/chat/instant/{chat}/media", program.host))
        .bearer_auth(field(&ended, "token"))
        .body(sideways_photograph(1));
    assert_eq!(upload.send().await.expect("an answer").status(), StatusCode::CREATED);
    let said = json!({"clientId": "m1", "body": {"v": 1, "kind": "text", "text": "aubergine"}});
    program
        .post(&format!("/{chat}/messages"), Some(&field(&ended, "token")), &said)
        .await;
    assert!(on_disk(data.path(), "aubergine") > 0, "the search finds what is there");
    // It hangs for ten seconds before it is given up: the other room's end is to fall in their middle.
    sleep_until(started + Duration::from_secs(5)).await;
    bucket.hang(true);
    let creator = field(&ended, "creatorToken");
    program.post(&format!("/{chat}/end"), Some(&creator), &json!({})).await;
    until(|| async { (on_disk(data.path(), "aubergine") == 0).then_some(()) }).await;

    let (frames, closed) = socket.until_closed().await;
    assert_eq!(
        (frames.last().expect("a frame")["reason"].as_str(), closed),
        (Some("expired"), Some(4002))
    );
    let late = started.elapsed().saturating_sub(Duration::from_secs(10));
    assert!(late < Duration::from_secs(2), "{late:?}");
    until(|| async { (on_disk(data.path(), "Marguerite") == 0).then_some(()) }).await;
    assert!(!bucket.files().is_empty(), "it hangs still");
    bucket.hang(false);
    until(|| async { bucket.files().is_empty().then_some(()) }).await;
}

#[tokio::test]
async fn two_hundred_rooms_that_cannot_be_purged_hold_up_no_other() {
    let server = TestServer::start().await;
    for _ in 0..200 {
        let room = server.create(true).await;
        server.join(&room, "Marguerite").await;
    }
    let other = server.create(true).await;
    let (_, mut mayas) = server.enter(&other, "Maya").await;
    mayas.say("m1", "aubergine").await;
    server
        .sabotage(&format!(
            "CREATE TRIGGER curse BEFORE DELETE ON entry WHEN OLD.room_id <> '{}' \
             BEGIN SELECT RAISE(ABORT, 'cursed'); END",
            other.id
        ))
        .await;
    assert!(
        on_disk(server.data_dir(), "aubergine") > 0,
        "the search finds what is there"
    );
    // All at once: it is purged together with those that fail.
    server.clock.advance(DAY_MILLIS);
    let gone = |word: &'static str| {
        let folder = server.data_dir();
        async move { (on_disk(folder, word) == 0).then_some(()) }
    };
    until_within(GONE_WITHIN, || gone("aubergine")).await;
    assert!(on_disk(server.data_dir(), "Marguerite") > 0, "they fail still");
    server.sabotage("DROP TRIGGER curse").await;
    until_within(GONE_WITHIN, || gone("Marguerite")).await;
}

#[tokio::test]
async fn ten_thousand_rooms_that_end_at_once_are_told_in_two_seconds_and_gone_in_sixty() {
    let server = TestServer::start().await;
    // Written where the server reads it: to say so much through the API would take longer than what is measured.
    server
        .sabotage(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10000) \
             INSERT INTO room (id, store_history, created_at, expires_at, creator, last_seq, admitted) \
             SELECT printf('room%08d', n), TRUE, 1763890000000, 1763890000000 + 86400000 - n % 2, zeroblob(32), 3, 1 \
             FROM n; \
             INSERT INTO participant (room_id, id, number, name, token, inside) \
             SELECT id, 'anon_marguerite', 1, 'Marguerite', zeroblob(32), FALSE FROM room; \
             INSERT INTO entry (room_id, seq, at, kind, participant_id, client_id, frame) \
             SELECT room.id, seq.value, 1763890000000, 'message', 'anon_marguerite', seq.value, 'aubergine' \
             FROM room, json_each('[1, 2, 3]') AS seq",
        )
        .await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    assert!(
        on_disk(server.data_dir(), "aubergine") >= 30_000,
        "the search finds what is there"
    );
    let over = Instant::now();
    server.clock.advance(DAY_MILLIS);
    let (_, closed) = timeout(Duration::from_secs(10), mayas.until_closed())
        .await
        .expect("told");
    let told = over.elapsed();
    assert_eq!(closed, Some(4002));
    let mut on = server.database().await;
    let left = "SELECT COUNT(*) FROM room WHERE NOT purged";
    while query_scalar::<_, i64>(left).fetch_one(&mut on).await.expect("a count") > 0 {
        assert!(over.elapsed() < GONE_WITHIN, "within 60 s");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("told after {told:?}, gone after {:?}", over.elapsed());
    for words in ["aubergine", "arguerite"] {
        assert_eq!(on_disk(server.data_dir(), words), 0, "{words}");
    }
    assert!(told < Duration::from_secs(2), "{told:?}");
}

#[tokio::test]
async fn while_another_program_reads_the_file_acks_go_on_and_nothing_counts_as_purged() {
    let server = TestServer::with(&["--messages-per-second=100", "--message-burst=100"]).await;
    let (ended, open) = (server.create(true).await, server.create(true).await);
    let (_, mut noors) = server.enter(&ended, "Noor").await;
    noors.say("n1", "aubergine").await;
    let (_, mut mayas) = server.enter(&open, "Maya").await;
    let mut reader = server.database().await;
    query("BEGIN").execute(&mut reader).await.expect("begun");
    query("SELECT * FROM entry").fetch_all(&mut reader).await.expect("read");
    server.end(&ended, &ended.creator_token).await;

    let began = Instant::now();
    let (mut slowest, mut said) = (Duration::ZERO, 0);
    // Longer than a scrub that waits for readers would hold the writer.
    while began.elapsed() < Duration::from_secs(6) {
        let before = Instant::now();
        mayas.say(&format!("m{said}"), "hello").await;
        slowest = slowest.max(before.elapsed());
        said += 1;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    println!("the slowest of {said} acks took {slowest:?}");
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    let purged = format!("SELECT purged FROM room WHERE id = '{}'", ended.id);
    let is_purged = async || {
        let purged = query_scalar::<_, bool>(sqlx::AssertSqlSafe(purged.as_str()));
        purged.fetch_one(&mut server.database().await).await.expect("an answer")
    };
    assert!(on_disk(server.data_dir(), "aubergine") > 0, "what is read is there");
    assert!(!is_purged().await);

    reader.close().await.expect("closed");
    until(|| async { is_purged().await.then_some(()) }).await;
    assert_eq!(on_disk(server.data_dir(), "aubergine"), 0);
}
