//! Chats on pages of other sites.

use reqwest::StatusCode;
use serde_json::json;

use crate::harness::{Socket, TestServer};

const HOST: &str = "https://host.example";

async fn header(server: &TestServer, path: &str, name: &str) -> String {
    let response = server.get(path).send().await.expect("an answer");
    let value = response.headers().get(name).map(|value| value.to_str().expect("ascii"));
    value.unwrap_or_default().to_owned()
}

#[tokio::test]
async fn only_sites_that_are_named_may_show_a_chat_in_a_frame() {
    let flag = format!("--embed-origins={HOST},https://www.example.org");
    let (open, shut) = (TestServer::with(&[&flag]).await, TestServer::start().await);
    let named = format!("frame-ancestors {HOST} https://www.example.org");
    for (server, told, blunt) in [(&open, named.as_str(), ""), (&shut, "frame-ancestors 'none'", "DENY")] {
        let room = format!("/instant-chat/{}", server.create(true).await.id);
        for page in ["/", "/start", &room, "/instant-chat/AAAAAAAAAAAA"] {
            let policy = header(server, page, "content-security-policy").await;
            assert!(policy.ends_with(told), "{page}: {policy}");
            assert_eq!(header(server, page, "x-frame-options").await, blunt, "{page}");
        }
        // What is no page of ours for people is nobody's to show.
        for other in ["/api/docs", "/api/openapi.json", "/healthz"] {
            let policy = header(server, other, "content-security-policy").await;
            assert!(policy.ends_with("frame-ancestors 'none'"), "{other}: {policy}");
            assert_eq!(header(server, other, "x-frame-options").await, "DENY", "{other}");
        }
    }
    assert_eq!(
        header(&open, "/embed.js", "cross-origin-resource-policy").await,
        "cross-origin"
    );
    assert!(
        header(&open, "/embed.js", "content-type")
            .await
            .starts_with("text/javascript")
    );
    let none = shut.get("/embed.js").send().await.expect("an answer");
    assert_eq!(none.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn cookies_reach_frames_over_tls_and_a_host_can_do_nothing_with_them() {
    let flags = [
        "--public-url=https://chat.example.org",
        "--embed-origins=https://host.example",
    ];
    let server = TestServer::with(&flags).await;
    let create = server
        .post("/api/chat/instant/create")
        .header("origin", "https://chat.example.org")
        .json(&json!({"creatorName": "Maya"}));
    let response = create.send().await.expect("an answer");
    let cookies: Vec<_> = response
        .headers()
        .get_all("set-cookie")
        .iter()
        .map(|value| value.to_str().expect("ascii").to_owned())
        .collect();
    assert_eq!(cookies.len(), 2);
    for cookie in &cookies {
        for part in ["HttpOnly", "Secure", "SameSite=None", "Partitioned"] {
            assert!(cookie.contains(part), "{cookie}");
        }
    }
    let made: serde_json::Value = response.json().await.expect("JSON");
    let room = made["chatId"].as_str().expect("an id");
    let jar: Vec<_> = cookies.iter().filter_map(|cookie| cookie.split(';').next()).collect();
    let jar = jar.join("; ");
    // The page around the frame is another site, as all others are.
    for path in ["join", "messages", "end"] {
        let request = server.post(&format!("/api/chat/instant/{room}/{path}"));
        let request = request.header("cookie", &jar).header("origin", HOST);
        let status = request
            .json(&json!({"name": "Maya"}))
            .send()
            .await
            .expect("an answer")
            .status();
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    let foreign = [("origin", HOST), ("cookie", jar.as_str())];
    assert!(Socket::open(&server.host(), room, &foreign).await.is_err());
    let own = [("origin", "https://chat.example.org"), ("cookie", jar.as_str())];
    assert!(Socket::open(&server.host(), room, &own).await.is_ok());
}
