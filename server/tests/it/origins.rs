//! Pages of other sites.

use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;

use crate::harness::{Socket, TestServer};

async fn opens(server: &TestServer, room: &str, origin: &str) -> bool {
    match Socket::open(&server.host(), room, &[("origin", origin)]).await {
        Ok(_) => true,
        Err(error) => match *error {
            Error::Http(response) => {
                assert_eq!(response.status().as_u16(), 403);
                false
            }
            other => panic!("{other}"),
        },
    }
}

#[tokio::test]
async fn a_socket_opens_for_our_own_pages_only() {
    let server = TestServer::with(&["--allowed-origins=https://www.example.org"]).await;
    let room = server.create(true).await;
    assert!(opens(&server, &room.id, &format!("http://{}", server.host())).await);
    assert!(opens(&server, &room.id, "https://www.example.org").await);
    for foreign in ["https://evil.example", "http://127.0.0.1", "null"] {
        assert!(!opens(&server, &room.id, foreign).await, "{foreign}");
    }
}

#[tokio::test]
async fn with_a_public_address_the_host_does_not_count() {
    let server = TestServer::with(&["--public-url=https://chat.example.org"]).await;
    let room = server.create(true).await;
    assert!(opens(&server, &room.id, "https://chat.example.org").await);
    assert!(!opens(&server, &room.id, &format!("http://{}", server.host())).await);
}

#[tokio::test]
async fn other_sites_change_nothing() {
    let server = TestServer::start().await;
    let own = format!("http://{}", server.host());
    for (headers, allowed) in [
        (vec![("origin", "https://evil.example")], false),
        (vec![("origin", "null"), ("sec-fetch-site", "cross-site")], false),
        (vec![("sec-fetch-site", "cross-site")], false),
        (vec![("origin", "null"), ("sec-fetch-site", "same-origin")], true),
        (vec![("origin", own.as_str()), ("sec-fetch-site", "same-origin")], true),
        (vec![], true),
    ] {
        for (path, body) in [
            ("/api/chat/instant/create", "{}"),
            ("/form/create", "name=&store_history=true"),
        ] {
            let kind = if body == "{}" {
                "application/json"
            } else {
                "application/x-www-form-urlencoded"
            };
            let mut request = server
                .request(Method::POST, path)
                .header("content-type", kind)
                .body(body);
            for (name, value) in &headers {
                request = request.header(*name, *value);
            }
            let status = request.send().await.expect("an answer").status();
            assert_eq!(status != StatusCode::FORBIDDEN, allowed, "{path} {headers:?}: {status}");
        }
    }
}

#[tokio::test]
async fn a_foreign_page_with_the_cookie_gets_nothing_by_a_socket() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let cookie = format!("chat-{}={}", room.id, maya.token);
    let origin = format!("http://{}", server.host());
    let mut own = Socket::open(&server.host(), &room.id, &[("origin", &origin), ("cookie", &cookie)])
        .await
        .expect("our own page's socket opens");
    own.join(json!({})).await;
    assert_eq!(own.welcome["you"]["id"], maya.id);
    let foreign = [("origin", "https://evil.example"), ("cookie", cookie.as_str())];
    assert!(Socket::open(&server.host(), &room.id, &foreign).await.is_err());
}
