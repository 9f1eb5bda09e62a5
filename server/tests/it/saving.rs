//! A conversation as a file to keep.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{Guest, TestRoom, TestServer, answer, files};

fn path(room: &TestRoom, format: &str) -> String {
    format!("/api/chat/instant/{}/export?format={format}", room.id)
}

async fn saved(server: &TestServer, room: &TestRoom, who: &Guest, format: &str) -> String {
    let get = server.get(&path(room, format)).bearer_auth(&who.token);
    let response = get.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    response.text().await.expect("all of it")
}

async fn share(server: &TestServer, room: &TestRoom, who: &Guest, id: &str, file: Vec<u8>) -> u64 {
    let at = format!("/api/chat/instant/{}", room.id);
    let upload = server.post(&format!("{at}/media")).bearer_auth(&who.token).body(file);
    let (_, uploaded) = answer(upload).await;
    let body = json!({"v": 1, "kind": "image", "mediaId": uploaded["mediaId"], "width": uploaded["width"],
        "height": uploaded["height"], "alt": "Noise"});
    let message = json!({"clientId": id, "body": body});
    let (status, said) = answer(
        server
            .post(&format!("{at}/messages"))
            .bearer_auth(&who.token)
            .json(&message),
    )
    .await;
    assert_eq!(status, StatusCode::CREATED, "{said}");
    said["seq"].as_u64().expect("a seq")
}

#[tokio::test]
async fn a_page_has_all_that_was_said_and_shown() {
    let server = TestServer::with(&["--message-burst=1000"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let maya = server.join(&room, "Maya").await;
        // More than a page of the log.
        for n in 0..230 {
            let words = format!("word-{n} <b>");
            server.post_message(&room, &maya.token, &format!("m{n}"), &words).await;
        }
        share(&server, &room, &maya, "p1", files::sideways_photograph(3)).await;
        let html = saved(&server, &room, &maya, "html").await;
        for n in 0..230 {
            assert!(html.contains(&format!("word-{n} &lt;b&gt;<")), "{n}");
        }
        assert!(html.starts_with("<!doctype html>") && html.trim_end().ends_with("</html>"));
        let (_, picture) = html.split_once("src=\"data:image/jpeg;base64,").expect("a picture");
        let (picture, _) = picture.split_once('"').expect("its end");
        let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, picture).expect("base64");
        let picture = image::load_from_memory(&decoded).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (32, 64), "upright");
    }
}

#[tokio::test]
async fn large_pictures_come_whole() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let drawing = files::large_drawing(1_024);
    share(&server, &room, &maya, "p1", drawing.clone()).await;
    let html = saved(&server, &room, &maya, "html").await;
    let (_, picture) = html.split_once("src=\"data:image/png;base64,").expect("a picture");
    let (picture, _) = picture.split_once('"').expect("its end");
    let decoded = base64::Engine::decode(&base64::engine::general_purpose::STANDARD, picture).expect("base64");
    let shown = |bytes: &[u8]| image::load_from_memory(bytes).expect("a picture").into_rgb8();
    assert!(shown(&decoded) == shown(&drawing));
}

#[tokio::test]
async fn data_is_what_the_log_has() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    server.post_message(&room, &maya.token, "m1", "{\"quoted\"}").await;
    let data: serde_json::Value = serde_json::from_str(&saved(&server, &room, &maya, "json").await).expect("JSON");
    let (_, history) = server.history(&room, &maya, "").await;
    assert_eq!(data["entries"], history["entries"]);
    assert_eq!((&data["chatId"], &data["you"]), (&json!(room.id), &json!(maya.id)));
    assert_eq!(data["participants"], json!([{"id": maya.id, "name": "Maya"}]));
}

#[tokio::test]
async fn it_is_a_file_that_does_nothing() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let get = server.get(&path(&room, "html")).bearer_auth(&maya.token);
    let response = get.header("accept-language", "de").send().await.expect("an answer");
    let headers = response.headers();
    assert_eq!(
        headers["content-disposition"],
        "attachment; filename=\"chat-2025-11-23.html\""
    );
    assert!(
        headers["content-security-policy"]
            .to_str()
            .is_ok_and(|policy| policy.starts_with("sandbox"))
    );
    assert_eq!(
        (&headers["cache-control"], &headers["x-content-type-options"]),
        (
            &"no-store".parse().expect("a value"),
            &"nosniff".parse().expect("a value")
        )
    );
    assert!(response.text().await.expect("all").contains("<html lang=\"de\""));
}

#[tokio::test]
async fn only_who_may_read_may_save_and_what_they_may_read() {
    let server = TestServer::start().await;
    let (room, other) = (server.create(false).await, server.create(false).await);
    let maya = server.join(&room, "Maya").await;
    let eve = server.join(&other, "Eve").await;
    server.post_message(&room, &maya.token, "m1", "before Noor").await;
    let noor = server.join(&room, "Noor").await;
    server.post_message(&room, &maya.token, "m2", "after Noor").await;
    for format in ["html", "json"] {
        let file = saved(&server, &room, &noor, format).await;
        assert!(file.contains("after Noor") && !file.contains("before Noor"), "{file}");
        for stranger in [None, Some(&eve.token), Some(&room.creator_token)] {
            let get = server.get(&path(&room, format));
            let get = stranger.map_or_else(|| server.get(&path(&room, format)), |token| get.bearer_auth(token));
            let (status, problem) = answer(get).await;
            assert_eq!((status.as_u16(), &problem["code"]), (401, &json!("not_joined")));
        }
    }
    server.end(&room, &room.creator_token).await;
    let (status, problem) = answer(server.get(&path(&room, "html")).bearer_auth(&maya.token)).await;
    assert_eq!((status.as_u16(), &problem["code"]), (410, &json!("ended")));
}

#[tokio::test]
async fn what_was_deleted_or_edited_is_not_in_it() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let at = format!("/api/chat/instant/{}/messages", room.id);
    for (id, words) in [("m1", "secret one"), ("m2", "secret two")] {
        server.post_message(&room, &maya.token, id, words).await;
    }
    for (id, body) in [
        ("e1", json!({"v": 1, "kind": "edit", "target": 2, "text": "harmless"})),
        ("d1", json!({"v": 1, "kind": "delete", "target": 3})),
    ] {
        let message = json!({"clientId": id, "body": body});
        answer(server.post(&at).bearer_auth(&maya.token).json(&message)).await;
    }
    for format in ["html", "json"] {
        let file = saved(&server, &room, &maya, format).await;
        assert!(file.contains("harmless") && !file.contains("secret"), "{file}");
    }
}
