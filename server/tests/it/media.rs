//! Pictures and recordings.

use std::{fs, path::Path, time::Duration};

use reqwest::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::{Instant, sleep},
};
use wire::domain::MEDIA_MAX_BYTES;

use crate::harness::{
    Guest, TestRoom, TestServer, answer,
    files::{PLACE, large_drawing, sideways_photograph},
};

fn path(room: &TestRoom, rest: &str) -> String {
    format!("/api/chat/instant/{}/media{rest}", room.id)
}

async fn upload(server: &TestServer, room: &TestRoom, guest: &Guest, file: Vec<u8>) -> (StatusCode, Value) {
    answer(server.post(&path(room, "")).bearer_auth(&guest.token).body(file)).await
}

/// Uploads something that is taken, and returns its id.
async fn uploaded(server: &TestServer, room: &TestRoom, guest: &Guest, file: Vec<u8>) -> String {
    let (status, uploaded) = upload(server, room, guest, file).await;
    assert_eq!(status, StatusCode::CREATED, "{uploaded}");
    uploaded["mediaId"].as_str().expect("an id").to_owned()
}

async fn fetch(server: &TestServer, room: &TestRoom, guest: &Guest, id: &str, range: Option<&str>) -> Response {
    let request = server.get(&path(room, &format!("/{id}"))).bearer_auth(&guest.token);
    let request = range
        .into_iter()
        .fold(request, |request, range| request.header("range", range));
    request.send().await.expect("an answer")
}

async fn refusal(response: Response) -> (u16, String) {
    let status = response.status().as_u16();
    let problem: Value = response.json().await.expect("a problem");
    (status, problem["code"].as_str().expect("a code").to_owned())
}

async fn show(server: &TestServer, room: &TestRoom, guest: &Guest, id: &str, (width, height): (u32, u32)) -> Value {
    let body = json!({"v": 1, "kind": "image", "mediaId": id, "width": width, "height": height});
    let message = json!({"clientId": format!("c{width}{}", &id[..8]), "body": body});
    let path = format!("/api/chat/instant/{}/messages", room.id);
    answer(server.post(&path).bearer_auth(&guest.token).json(&message))
        .await
        .1
}

/// All files under a folder.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => files(&path),
            path => fs::read(path).into_iter().collect(),
        })
        .collect()
}

async fn until_no_file_is_in(folder: &Path) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !files(folder).is_empty() {
        assert!(Instant::now() < deadline, "files are left");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_photograph_is_seen_upright_by_everybody_and_nothing_says_where_it_was_taken() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, (noor, mut noors)) = (server.join(&room, "Maya").await, server.enter(&room, "Noor").await);
        let (status, told) = upload(&server, &room, &maya, sideways_photograph(1)).await;
        assert_eq!(status, StatusCode::CREATED, "{told}");
        assert_eq!((&told["width"], &told["height"]), (&json!(32), &json!(64)));
        let id = told["mediaId"].as_str().expect("an id");
        let entry = show(&server, &room, &maya, id, (32, 64)).await;
        assert_eq!(entry["body"]["mediaId"], id, "{entry}");
        while noors.entries(1).await[0]["body"]["mediaId"] != id {}

        let response = fetch(&server, &room, &noor, id, None).await;
        assert_eq!(response.status(), StatusCode::OK);
        for (name, value) in [
            ("content-type", "image/jpeg"),
            ("content-disposition", "inline"),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "sandbox; default-src 'none'"),
            ("cache-control", "private, no-store"),
            ("accept-ranges", "bytes"),
        ] {
            assert_eq!(response.headers()[name], value);
        }
        let served = response.bytes().await.expect("bytes");
        let picture = image::load_from_memory(&served).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (32, 64));
        let shelved = files(&server.data_dir().join("media"));
        assert_eq!(shelved.len(), 1, "a live room's are in memory");
        for file in shelved.into_iter().chain([served.to_vec()]) {
            let has = |words: &str| file.windows(words.len()).any(|window| window == words.as_bytes());
            assert!(!has(PLACE) && !has("Exif"));
        }
    }
    for file in files(server.data_dir()) {
        assert!(!file.windows(PLACE.len()).any(|window| window == PLACE.as_bytes()));
    }
}

#[tokio::test]
async fn only_participants_share_and_see_and_only_in_their_own_room() {
    let server = TestServer::start().await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let (maya, omar) = (server.join(&room, "Maya").await, server.join(&other, "Omar").await);
    let id = uploaded(&server, &room, &maya, sideways_photograph(1)).await;
    let stranger = Guest {
        token: "x".repeat(22),
        ..maya.clone()
    };
    let unknown_room = TestRoom {
        id: "AAAAAAAAAAAA".into(),
        creator_token: String::new(),
    };
    for (who, place, name, code) in [
        (&stranger, &room, &*id, (401, "not_joined")),
        (&omar, &room, &*id, (401, "not_joined")),
        (&omar, &other, &*id, (404, "unknown_media")),
        (&maya, &room, "0000000000000000000000", (404, "unknown_media")),
        (&maya, &room, "..%2f..%2fetc%2fpasswd", (404, "unknown_media")),
        (&maya, &unknown_room, &*id, (404, "unknown_chat")),
    ] {
        let told = refusal(fetch(&server, place, who, name, None).await).await;
        assert_eq!((told.0, &*told.1), code, "{name}");
    }
    let (status, problem) = upload(&server, &room, &stranger, sideways_photograph(2)).await;
    assert_eq!((status.as_u16(), &problem["code"]), (401, &json!("not_joined")));
    assert_eq!(files(&server.data_dir().join("media")).len(), 1);
}

#[tokio::test]
async fn a_message_shows_only_what_its_sender_uploaded_to_the_room_and_as_it_is() {
    let server = TestServer::start().await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let (maya, noor) = (server.join(&room, "Maya").await, server.join(&room, "Noor").await);
    let elsewhere = server.join(&other, "Maya").await;
    let id = uploaded(&server, &room, &maya, sideways_photograph(1)).await;
    let foreign = uploaded(&server, &other, &elsewhere, sideways_photograph(1)).await;
    for (who, id, sides) in [
        (&noor, &id, (32, 64)),
        (&maya, &foreign, (32, 64)),
        (&maya, &id, (3_200, 6_400)),
        (&maya, &"0".repeat(22), (32, 64)),
    ] {
        assert_eq!(show(&server, &room, who, id, sides).await["code"], "unknown_media");
    }
    let body = json!({"v": 1, "kind": "audio", "mediaId": id, "durationMs": 5, "waveform": [1]});
    let message = json!({"clientId": "a1", "body": body});
    let say = server.post(&format!("/api/chat/instant/{}/messages", room.id));
    let (_, problem) = answer(say.bearer_auth(&maya.token).json(&message)).await;
    assert_eq!(problem["code"], "unknown_media", "a picture is not heard");
    assert_eq!(show(&server, &room, &maya, &id, (32, 64)).await["seq"], 3);
}

#[tokio::test]
async fn what_cannot_be_shared_is_refused_and_nothing_is_kept_of_it() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let html = b"<!doctype html><script>alert(1)</script>".to_vec();
    let mut bomb = large_drawing(8);
    bomb[16..24].copy_from_slice(&[0, 0, 0x7F, 0xFF, 0, 0, 0x7F, 0xFF]);
    for (file, code) in [
        (html, (415, "unsupported_media")),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(),
            (415, "unsupported_media"),
        ),
        (
            b"GIF89a=\0/\0*<script>*/1;alert(1)".to_vec(),
            (415, "unsupported_media"),
        ),
        (bomb, (415, "unsupported_media")),
        (vec![0xFF; MEDIA_MAX_BYTES + 1], (413, "too_large")),
    ] {
        let (status, problem) = upload(&server, &room, &maya, file).await;
        assert_eq!((status.as_u16(), problem["code"].as_str()), (code.0, Some(code.1)));
    }
    assert_eq!(files(&server.data_dir().join("media")).len(), 0);
}

#[tokio::test]
async fn players_get_the_part_that_they_ask_for() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let maya = server.join(&room, "Maya").await;
        let id = uploaded(&server, &room, &maya, sideways_photograph(1)).await;
        let all = fetch(&server, &room, &maya, &id, None)
            .await
            .bytes()
            .await
            .expect("bytes");
        let end = all.len() - 1;
        for (range, part) in [
            ("bytes=0-9", 0..=9),
            ("bytes=10-", 10..=end),
            ("bytes=-7", end - 6..=end),
        ] {
            let response = fetch(&server, &room, &maya, &id, Some(range)).await;
            assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
            let told = format!("bytes {}-{}/{}", part.start(), part.end(), all.len());
            assert_eq!(response.headers()["content-range"], told);
            assert_eq!(response.bytes().await.expect("bytes"), all[part]);
        }
        let beyond = fetch(&server, &room, &maya, &id, Some("bytes=99999999-")).await;
        assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
        assert_eq!(beyond.headers()["content-range"], format!("bytes */{}", all.len()));
        for whole in ["bytes=0-1,5-6", "lines=1-2"] {
            let response = fetch(&server, &room, &maya, &id, Some(whole)).await;
            assert_eq!(response.status(), StatusCode::OK);
            assert_eq!(response.bytes().await.expect("bytes"), all);
        }
    }
}

#[tokio::test]
async fn a_large_picture_is_read_small_under_the_same_rules() {
    let server = TestServer::start().await;
    let media = server.data_dir().join("media");
    for store_history in [true, false] {
        let (room, other) = (server.create(store_history).await, server.create(store_history).await);
        let (maya, omar) = (server.join(&room, "Maya").await, server.join(&other, "Omar").await);
        let id = uploaded(&server, &room, &maya, large_drawing(800)).await;
        assert_eq!(files(&media).len(), if store_history { 2 } else { 0 });
        let small = format!("{id}?size=small");
        let all = fetch(&server, &room, &maya, &id, None).await.bytes().await;
        let response = fetch(&server, &room, &maya, &small, None).await;
        assert_eq!(
            response.headers()["content-security-policy"],
            "sandbox; default-src 'none'"
        );
        assert_eq!(response.headers()["cache-control"], "private, no-store");
        let copy = response.bytes().await.expect("bytes");
        assert!(copy.len() < all.expect("bytes").len() / 2);
        let picture = image::load_from_memory(&copy).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (720, 720));
        let part = fetch(&server, &room, &maya, &small, Some("bytes=5-9")).await;
        assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(part.bytes().await.expect("bytes"), copy[5..=9]);

        for (place, guest, name, code) in [
            (&room, &omar, &small, (401, "not_joined")),
            (&other, &omar, &small, (404, "unknown_media")),
            (&room, &maya, &format!("{id}?size=huge"), (400, "invalid_request")),
        ] {
            let told = refusal(fetch(&server, place, guest, name, None).await).await;
            assert_eq!((told.0, &*told.1), code);
        }
        // One that is small has none: it is read itself.
        let tiny = uploaded(&server, &room, &maya, large_drawing(8)).await;
        let itself = fetch(&server, &room, &maya, &format!("{tiny}?size=small"), None).await;
        assert_eq!(itself.bytes().await.expect("bytes"), large_drawing(8));

        server.end(&room, &room.creator_token).await;
        let told = refusal(fetch(&server, &room, &maya, &small, None).await).await;
        assert_eq!(told, (410, "ended".into()));
        until_no_file_is_in(&media).await;
    }
}

#[tokio::test]
async fn where_there_is_no_space_for_a_small_copy_the_picture_itself_is_read() {
    let server = TestServer::with(&["--room-media-mb=2"]).await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    // About 1.9 of the two megabytes.
    let file = large_drawing(800);
    let id = uploaded(&server, &room, &maya, file.clone()).await;
    assert_eq!(files(&server.data_dir().join("media")).len(), 1);
    let small = fetch(&server, &room, &maya, &format!("{id}?size=small"), None).await;
    assert_eq!(small.bytes().await.expect("bytes"), file);
}

#[tokio::test]
async fn after_the_end_nothing_is_served_and_no_byte_is_left() {
    let server = TestServer::start().await;
    let media = server.data_dir().join("media");
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let maya = server.join(&room, "Maya").await;
        let id = uploaded(&server, &room, &maya, sideways_photograph(1)).await;
        assert_eq!(files(&media).len(), usize::from(store_history));
        server.end(&room, &room.creator_token).await;
        let told = refusal(fetch(&server, &room, &maya, &id, None).await).await;
        assert_eq!(told, (410, "ended".into()));
        let (status, problem) = upload(&server, &room, &maya, sideways_photograph(2)).await;
        assert_eq!((status.as_u16(), &problem["code"]), (410, &json!("ended")));
        until_no_file_is_in(&media).await;
    }
    let folders = fs::read_dir(&media).expect("a folder").count();
    assert_eq!(folders, 0, "a folder's name is its room's");
}

#[tokio::test]
async fn what_a_stop_has_left_is_removed_at_the_next_start() {
    let server = TestServer::start().await;
    let (open, live, gone) = (
        server.create(true).await,
        server.create(false).await,
        server.create(true).await,
    );
    let maya = server.join(&open, "Maya").await;
    let noor = server.join(&live, "Noor").await;
    let id = uploaded(&server, &open, &maya, sideways_photograph(1)).await;
    let lost = uploaded(&server, &live, &noor, sideways_photograph(1)).await;
    server.end(&gone, &gone.creator_token).await;
    let media = server.data_dir().join("media");
    // As if it had stopped while a file was written, and right after one was in a room that had ended meanwhile.
    fs::write(media.join(&open.id).join("0000000000000000000000#1"), "half").expect("written");
    fs::create_dir_all(media.join(&gone.id)).expect("made");
    fs::write(media.join(&gone.id).join("0000000000000000000000"), "late").expect("written");
    let server = server.restart().await;
    assert_eq!(files(&media).len(), 1);
    assert_eq!(fetch(&server, &open, &maya, &id, None).await.status(), StatusCode::OK);
    let told = refusal(fetch(&server, &live, &noor, &lost, None).await).await;
    assert_eq!(told, (404, "unknown_media".into()), "it was in memory");
}

#[tokio::test]
async fn a_room_and_a_server_take_so_many_bytes_and_no_more() {
    let flags = ["--room-media-mb=1", "--stored-media-mb=2", "--live-media-mb=1"];
    let server = TestServer::with(&flags).await;
    // About 750 kB.
    let file = large_drawing(500);
    assert!((500_001..1_000_000).contains(&file.len()), "{}", file.len());
    let mut rooms = Vec::new();
    for _ in 0..3 {
        let room = server.create(true).await;
        let maya = server.join(&room, "Maya").await;
        rooms.push((room, maya));
    }
    let code = async |n: usize| upload(&server, &rooms[n].0, &rooms[n].1, file.clone()).await;
    assert_eq!(code(0).await.0, StatusCode::CREATED);
    let (status, problem) = code(0).await;
    assert_eq!((status.as_u16(), &problem["code"]), (409, &json!("chat_media_full")));
    assert_eq!(code(1).await.0, StatusCode::CREATED);
    let (status, problem) = code(2).await;
    assert_eq!((status.as_u16(), &problem["code"]), (507, &json!("media_full")));
    let live = server.create(false).await;
    let noor = server.join(&live, "Noor").await;
    uploaded(&server, &live, &noor, file.clone()).await;

    let media = server.data_dir().join("media");
    assert_eq!(files(&media).len(), 2, "nothing is kept of what was refused");
    for (room, _) in &rooms[..2] {
        server.end(room, &room.creator_token).await;
    }
    until_no_file_is_in(&media).await;
    let deadline = Instant::now() + Duration::from_secs(10);
    while code(2).await.0 != StatusCode::CREATED {
        assert!(Instant::now() < deadline, "there is space again");
        sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_and_can_be_sent_again() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let file = sideways_photograph(1);
    let mut connection = TcpStream::connect(server.host()).await.expect("connects");
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
        path(&room, ""),
        server.host(),
        maya.token,
        file.len() + 10
    );
    connection.write_all(head.as_bytes()).await.expect("sent");
    // A whole picture, so that only the count says that something is missing.
    connection.write_all(&file).await.expect("sent");
    connection.shutdown().await.expect("cut");
    let mut rest = Vec::new();
    // Whatever it is told: it is over when the server has closed.
    let _ = connection.read_to_end(&mut rest).await;
    assert!(!rest.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&rest));
    assert_eq!(files(&server.data_dir().join("media")).len(), 0);
    uploaded(&server, &room, &maya, file).await;
}
