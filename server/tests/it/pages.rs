//! Pages, their headers, and forms without scripts.

use reqwest::{Response, StatusCode};
use serde_json::json;

use crate::harness::TestServer;

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

async fn page(server: &TestServer, path: &str) -> Response {
    server
        .get(path)
        .header("accept", "text/html")
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_page_travels_compressed_to_who_understands_it() {
    let server = TestServer::start().await;
    let asked = server
        .get("/")
        .header("accept-encoding", "br, gzip")
        .send()
        .await
        .expect("an answer");
    assert_eq!(header(&asked, "content-encoding"), "br");
    assert_eq!(header(&asked, "vary"), "accept-encoding");
    let compressed = asked.bytes().await.expect("a body").len();
    let plain = page(&server, "/").await;
    assert_eq!(header(&plain, "content-encoding"), "");
    assert!(compressed * 2 < plain.bytes().await.expect("a body").len());
}

#[tokio::test]
async fn a_page_s_scripts_are_those_with_its_nonce() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let mut nonces = Vec::new();
    for path in [
        "/".to_owned(),
        "/start".to_owned(),
        format!("/instant-chat/{}", room.id),
        "/nowhere".to_owned(),
    ] {
        let response = page(&server, &path).await;
        let policy = header(&response, "content-security-policy").to_owned();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'nonce-"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") && policy.contains("frame-ancestors 'none'"));
        assert!(policy.contains(&format!("ws://{}", server.host())));
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .expect("a nonce")
            .to_owned();
        let html = response.text().await.expect("a page");
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().expect("a tag");
            assert!(tag.contains(&nonce), "{path}: <script{tag}>");
        }
        nonces.push(nonce);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 4, "each page has its own");
}

#[tokio::test]
async fn every_response_says_what_it_may_do() {
    let server = TestServer::with(&["--public-url=https://chat.example.org"]).await;
    for path in [
        "/",
        "/healthz",
        "/api/chat/instant/AAAAAAAAAAAA",
        "/nowhere",
        "/instant-chat/AAAAAAAAAAAA",
    ] {
        let response = page(&server, path).await;
        assert_eq!(header(&response, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header(&response, "referrer-policy"), "no-referrer");
        assert_eq!(header(&response, "cross-origin-opener-policy"), "same-origin");
        assert_eq!(header(&response, "cross-origin-resource-policy"), "same-origin");
        assert!(header(&response, "permissions-policy").contains("camera=()"));
        assert!(header(&response, "strict-transport-security").starts_with("max-age="));
        assert_eq!(header(&response, "cache-control"), "no-store");
        assert!(header(&response, "content-security-policy").contains("frame-ancestors 'none'"));
    }
    let plain = TestServer::start().await;
    assert_eq!(header(&page(&plain, "/").await, "strict-transport-security"), "");
}

#[tokio::test]
async fn pages_have_the_right_status() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let path = format!("/instant-chat/{}", room.id);
    let status = async |path: &str| page(&server, path).await.status().as_u16();
    assert_eq!(status("/").await, 200);
    assert_eq!(status(&path).await, 200);
    assert_eq!(status("/nowhere").await, 404);
    assert_eq!(status("/pkg/nowhere.js").await, 404);
    assert_eq!(status("/instant-chat/AAAAAAAAAAAA").await, 404);
    assert_eq!(status("/instant-chat/not-an-id").await, 404);
    let response = page(&server, &path).await;
    assert!(header(&response, "x-robots-tag").contains("noindex"));
    server.end(&room, &room.creator_token).await;
    assert_eq!(status(&path).await, 410);
    assert_eq!(
        server.post("/nowhere").send().await.expect("an answer").status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

#[tokio::test]
async fn a_link_that_something_was_taken_along_with_leads_to_the_chat() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let path = format!("/instant-chat/{}", room.id);
    for behind in [
        ".",
        "%20",
        ",",
        ")",
        "!",
        "%E2%80%A6",
        "%E3%80%82",
        "%22",
        "_",
        "-",
        "/",
        ").%20Come",
        ".",
    ] {
        let response = page(&server, &format!("{path}{behind}")).await;
        assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT, "{behind}");
        // Without a fragment of its own, so that browsers keep theirs: an owner link's token.
        assert_eq!(header(&response, "location"), path, "{behind}");
    }
    for other in ["x", "/qr.svg", "?a=b"] {
        let response = page(&server, &format!("{path}{other}")).await;
        assert!(!response.status().is_redirection(), "{other}");
    }
    let posted = server.post(&format!("{path}.")).send().await.expect("an answer");
    assert!(!posted.status().is_redirection());
    assert_eq!(server.join(&room, "Maya").await.seq, 1, "and nothing has happened");
}

#[tokio::test]
async fn a_room_s_link_is_drawn() {
    let server = TestServer::start().await;
    let response = page(&server, "/instant-chat/AAAAAAAAAAAA/qr.svg").await;
    assert_eq!(header(&response, "content-type"), "image/svg+xml");
    assert_eq!(header(&response, "cache-control"), "private, max-age=86400");
    assert!(response.text().await.expect("a picture").starts_with("<svg"));
    assert_eq!(
        page(&server, "/instant-chat/not-an-id/qr.svg").await.status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn without_scripts_forms_lead_into_a_chat() {
    let server = TestServer::start().await;
    let post = |path: &str, body: String| {
        server
            .post(path)
            .header("accept", "text/html")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", "null")
            .header("sec-fetch-site", "same-origin")
            .body(body)
    };
    let response = post("/form/create", "name=Maya&store_history=true".into())
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::FOUND);
    let path = header(&response, "location").to_owned();
    assert!(path.starts_with("/instant-chat/"), "{path}");
    let cookies: Vec<_> = response
        .headers()
        .get_all("set-cookie")
        .iter()
        .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
        .collect();
    assert_eq!(cookies.len(), 2);
    let response = server
        .get(&path)
        .header("cookie", cookies.join("; "))
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(response.text().await.expect("a page").contains("Maya"));

    let id = path.trim_start_matches("/instant-chat/");
    let response = post("/form/join", format!("chat={id}&name=Noor"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        (response.status(), header(&response, "location")),
        (StatusCode::FOUND, path.as_str())
    );
    assert!(header(&response, "set-cookie").starts_with(&format!("chat-{id}=")));
    let response = post("/form/join", format!("chat={id}&name="))
        .send()
        .await
        .expect("an answer");
    assert_eq!(header(&response, "location"), format!("{path}?problem=invalid_name"));
}

#[tokio::test]
async fn server_functions_answer_programs_with_json() {
    let server = TestServer::start().await;
    let form = |body: &'static str| {
        server
            .post("/form/create")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body)
    };
    let (status, created) = crate::harness::answer(form("name=Maya")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(created["url"].is_string(), "{created}");
    let (status, _) = crate::harness::answer(form("name=\u{202E}")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let long = server
        .post("/form/create")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(json!({"name": "a".repeat(20_000)}).to_string());
    assert_eq!(
        long.send().await.expect("an answer").status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
}
