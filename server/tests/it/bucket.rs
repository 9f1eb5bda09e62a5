//! Pictures in a bucket instead of a folder.

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{
    Program,
    bucket::{Bucket, KEY},
    client, command,
    files::sideways_photograph,
    until,
};

async fn started(data: &TempDir, bucket: &Bucket) -> Program {
    Program::with(data, &bucket.variables(KEY)).await
}

/// A room with somebody in it: its id, their token, the creator's.
async fn room(program: &Program, store_history: bool) -> [String; 3] {
    let wanted = json!({"creatorName": "Maya", "storeHistory": store_history});
    let made = program.post("/create", None, &wanted).await;
    ["chatId", "token", "creatorToken"].map(|key| made[key].as_str().expect(key).to_owned())
}

async fn ask(program: &Program, method: Method, path: &str, token: &str, body: Vec<u8>) -> Response {
    let url = format!("http://{}/api/chat/instant{path}", program.host);
    let request = client().request(method, url).bearer_auth(token).body(body);
    request.send().await.expect("an answer")
}

async fn upload(program: &Program, [room, token, _]: &[String; 3]) -> String {
    let path = format!("/{room}/media");
    let response = ask(program, Method::POST, &path, token, sideways_photograph(1)).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    let uploaded: Value = response.json().await.expect("JSON");
    uploaded["mediaId"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn a_stored_room_s_pictures_are_in_the_bucket_until_its_end_and_a_live_one_s_never() {
    let (data, bucket) = (TempDir::new().expect("a folder"), Bucket::start().await);
    let program = started(&data, &bucket).await;
    let (stored, live) = (room(&program, true).await, room(&program, false).await);
    let (picture, unkept) = (upload(&program, &stored).await, upload(&program, &live).await);
    let files = bucket.files();
    let [chat, token, creator] = &stored;
    assert_eq!(
        files.keys().collect::<Vec<_>>(),
        [&format!("of/this-chat/{chat}/{picture}")]
    );
    assert!(!data.path().join("media").exists());

    let path = format!("/{chat}/media/{picture}");
    let served = ask(&program, Method::GET, &path, token, Vec::new()).await.bytes().await;
    assert_eq!(Some(&served.expect("bytes")), files.values().next());
    let of_live = format!("/{}/media/{unkept}", live[0]);
    let served = ask(&program, Method::GET, &of_live, &live[1], Vec::new()).await;
    assert_eq!(served.status(), StatusCode::OK);

    program.post(&format!("/{chat}/end"), Some(creator), &json!({})).await;
    until(|| async { bucket.files().is_empty().then_some(()) }).await;
    let log = program.stopped().await;
    assert!(log.contains("a room is over"), "{log}");
    assert!(!log.contains(chat) && !log.contains(&live[0]), "{log}");
}

#[tokio::test]
async fn where_the_bucket_is_away_one_is_told_to_come_back_and_the_log_names_no_chat() {
    let (data, bucket) = (TempDir::new().expect("a folder"), Bucket::start().await);
    let program = started(&data, &bucket).await;
    let stored = room(&program, true).await;
    bucket.close();
    let [chat, token, _] = &stored;
    let path = format!("/{chat}/media");
    let refused = ask(&program, Method::POST, &path, token, sideways_photograph(1)).await;
    assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.headers().contains_key("retry-after"));
    let log = program.stopped().await;
    assert!(log.contains("files cannot be kept"), "{log}");
    assert!(!log.contains(chat), "{log}");
}

#[tokio::test]
async fn pictures_in_a_bucket_outlive_the_program_and_those_of_no_chat_do_not() {
    let (data, bucket) = (TempDir::new().expect("a folder"), Bucket::start().await);
    let program = started(&data, &bucket).await;
    let stored = room(&program, true).await;
    let picture = upload(&program, &stored).await;
    program.killed().await;
    bucket.put("of/this-chat/aaaaaaaaaaaa/0000000000000000000000", b"left behind");
    bucket.put("of/another/aaaaaaaaaaaa/0000000000000000000000", b"not ours");

    let program = started(&data, &bucket).await;
    let path = format!("/{}/media/{picture}", stored[0]);
    let served = ask(&program, Method::GET, &path, &stored[1], Vec::new()).await;
    assert_eq!(served.status(), StatusCode::OK);
    let names: Vec<_> = bucket.files().into_keys().collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(
        names[0].starts_with("of/another/") && names[1].ends_with(&picture),
        "{names:?}"
    );
}

#[tokio::test]
async fn a_bucket_that_does_not_open_is_said_at_the_start() {
    let (data, bucket) = (TempDir::new().expect("a folder"), Bucket::start().await);
    let ended = command(&data, &bucket.variables("AKIDSOMEBODY"))
        .output()
        .await
        .expect("it ends");
    assert!(!ended.status.success());
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert!(told.contains("Instant Chat cannot start. MEDIA_URL: "), "{told}");
    assert!(told.contains("403"), "{told}");
    assert!(!told.contains("secret"), "{told}");
}
