//! The API as it is described.

use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::harness::{TestServer, answer};

#[tokio::test]
async fn every_route_is_described_and_every_description_is_of_a_route() {
    let server = TestServer::start().await;
    let (status, document) = answer(server.get("/api/openapi.json")).await;
    assert_eq!(status, StatusCode::OK);
    let paths = document["paths"].as_object().expect("paths");
    let described: Vec<_> = paths
        .iter()
        .flat_map(|(path, methods)| {
            methods
                .as_object()
                .expect("methods")
                .keys()
                .map(move |method| (path, method))
        })
        .map(|(path, method)| format!("{} {}", method.to_uppercase(), path.replace("/api/chat/instant", "")))
        .collect();
    assert_eq!(
        described,
        [
            "POST /create",
            "GET /{chatId}",
            "POST /{chatId}/end",
            "GET /{chatId}/events",
            "GET /{chatId}/export",
            "POST /{chatId}/extend",
            "POST /{chatId}/join",
            "POST /{chatId}/lock",
            "POST /{chatId}/media",
            "GET /{chatId}/media/{mediaId}",
            "GET /{chatId}/messages",
            "POST /{chatId}/messages",
            "POST /{chatId}/owner-link",
            "POST /{chatId}/remove",
            "GET /{chatId}/socket",
            "POST /{chatId}/text-only",
        ],
        "as README and clients know them"
    );
    let room = server.create(true).await;
    for (path, methods) in paths {
        for method in methods.as_object().expect("methods").keys() {
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).expect("a method");
            let path = path.replace("{chatId}", &room.id).replace("{mediaId}", &"0".repeat(22));
            let status = server
                .request(method.clone(), &path)
                .send()
                .await
                .expect("an answer")
                .status();
            assert!(
                status != StatusCode::NOT_FOUND && status != StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
        }
    }
}

#[tokio::test]
async fn people_read_it_without_scripts() {
    let server = TestServer::start().await;
    let response = server.get("/api/docs").send().await.expect("an answer");
    let policy = response.headers()["content-security-policy"]
        .to_str()
        .expect("ascii")
        .to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    let page = response.text().await.expect("text");
    assert!(
        !page.contains("<script") && !page.contains("style=") && !page.contains("//cdn"),
        "{page}"
    );
    for said in [
        "POST /api/chat/instant/create",
        "rate_limited",
        "instant_chat_typing",
        "Starts a chat.",
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
}

#[tokio::test]
async fn other_sites_read_the_api_if_they_are_named() {
    let server = TestServer::with(&["--allowed-origins=https://www.example.org"]).await;
    let room = server.create(true).await;
    let path = format!("/api/chat/instant/{}", room.id);
    for (origin, allowed) in [("https://www.example.org", true), ("https://evil.example", false)] {
        let read = server
            .get(&path)
            .header("origin", origin)
            .send()
            .await
            .expect("an answer");
        let asked = server
            .request(Method::OPTIONS, &format!("{path}/messages"))
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type");
        let asked = asked.send().await.expect("an answer");
        for response in [&read, &asked] {
            let said = response.headers().get("access-control-allow-origin");
            assert_eq!(said.map(|value| value == origin), allowed.then_some(true), "{origin}");
            assert!(!response.headers().contains_key("access-control-allow-credentials"));
        }
    }
    // By default nobody is.
    let server = TestServer::start().await;
    let read = server
        .get("/api/openapi.json")
        .header("origin", "https://www.example.org");
    let read: Value = read
        .send()
        .await
        .expect("an answer")
        .headers()
        .contains_key("access-control-allow-origin")
        .into();
    assert_eq!(read, false);
}
