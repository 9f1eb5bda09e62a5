//! The API for programs.

use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::harness::{TestServer, answer};

async fn problem(request: RequestBuilder, status: u16, code: &str) -> Value {
    let response = request.send().await.expect("an answer");
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.status().as_u16(), status);
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["code"], code);
    assert_eq!(problem["status"], status);
    problem
}

#[tokio::test]
async fn a_chat_is_created_with_its_creator_inside_or_without() {
    let server = TestServer::start().await;
    let create = |body: Value| answer(server.post("/api/chat/instant/create").json(&body));
    let (status, made) = create(json!({"creatorName": " Maya ", "storeHistory": true})).await;
    assert_eq!(status, StatusCode::CREATED);
    let id = made["chatId"].as_str().expect("an id");
    assert_eq!(made["url"], format!("http://{}/instant-chat/{id}", server.host()));
    assert_eq!(made["expiresAt"], "2025-11-24T09:26:40Z");
    assert_eq!(made["participant"]["name"], "Maya");
    assert!(made["token"].is_string() && made["creatorToken"].is_string());
    let (_, details) = answer(server.get(&format!("/api/chat/instant/{id}"))).await;
    assert_eq!(
        details,
        json!({"chatId": id, "storeHistory": true, "createdAt": "2025-11-23T09:26:40Z",
            "expiresAt": "2025-11-24T09:26:40Z", "settings": {"locked": false, "textOnly": false, "extended": false},
            "isActive": true, "participantCount": 0, "limits": details["limits"]})
    );
    assert_eq!(details["limits"]["participants"], 50);
    let (_, made) = create(json!({})).await;
    assert_eq!((made.get("participant"), made.get("token")), (None, None));
}

#[tokio::test]
async fn links_begin_with_the_public_address() {
    let server = TestServer::with(&["--public-url=https://chat.example.org"]).await;
    let (_, made) = answer(server.post("/api/chat/instant/create")).await;
    assert!(
        made["url"]
            .as_str()
            .is_some_and(|url| url.starts_with("https://chat.example.org/instant-chat/"))
    );
}

/// An answer, and the cookies that came with it.
async fn with_cookies(request: RequestBuilder) -> (Value, Vec<String>) {
    let response = request.send().await.expect("an answer");
    let cookies = response.headers().get_all("set-cookie").iter();
    let cookies = cookies.map(|value| value.to_str().expect("ascii").to_owned()).collect();
    (response.json().await.expect("JSON"), cookies)
}

#[tokio::test]
async fn a_browser_gets_its_tokens_in_cookies_and_nothing_of_them_in_the_answer() {
    let server = TestServer::start().await;
    let origin = server.url("");
    let room = server.create(true).await;
    let join = format!("/api/chat/instant/{}/join", room.id);
    // How a page's own script calls, and how a form of a page does.
    for (name, value) in [("origin", origin.as_str()), ("sec-fetch-site", "same-origin")] {
        let ask = |path: &str, body: Value| with_cookies(server.post(path).header(name, value).json(&body));
        let create = "/api/chat/instant/create";
        for (path, body, secrets) in [
            (create, json!({"creatorName": "Maya"}), vec!["owner-", "chat-"]),
            (create, json!({}), vec!["owner-"]),
            (&join, json!({"name": "Maya"}), vec!["chat-"]),
        ] {
            let (told, cookies) = ask(path, body).await;
            assert_eq!(cookies.len(), secrets.len(), "{name}: {cookies:?}");
            for (cookie, secret) in cookies.iter().zip(secrets) {
                assert!(cookie.starts_with(secret), "{cookie}");
                let token = cookie.split(['=', ';']).nth(1).expect("a token");
                assert!(!told.to_string().contains(token), "{told}");
            }
        }
        // A page whose cookies are blocked asks for it, and gets it there alone.
        let (told, cookies) = ask(&join, json!({"name": "Maya", "tokenIn": "answer"})).await;
        assert_eq!(cookies, Vec::<String>::new());
        assert!(told["token"].is_string());
        let mut socket = server.socket(&room).await;
        socket.join(json!({"token": told["token"]})).await;
    }
}

#[tokio::test]
async fn no_script_gets_the_token_of_a_cookie_by_asking_for_it() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let ask = |place: &str| {
        server
            .post(&format!("/api/chat/instant/{}/join", room.id))
            .header("origin", server.url(""))
            .header("cookie", format!("chat-{}={}", room.id, maya.token))
            .json(&json!({"name": "Eve", "tokenIn": place}))
    };
    let (_, again) = answer(ask("cookie")).await;
    assert_eq!(again["participant"]["id"], maya.id);
    let (_, other) = answer(ask("answer")).await;
    assert_ne!(other["participant"]["id"], maya.id);
    assert_ne!(other["token"], maya.token);
}

#[tokio::test]
async fn secrets_are_kept_in_cookies_that_scripts_cannot_read() {
    for (flags, secure) in [(vec![], false), (vec!["--public-url=https://chat.example.org"], true)] {
        let server = TestServer::with(&flags).await;
        let create = server
            .post("/api/chat/instant/create")
            .json(&json!({"creatorName": "Maya", "tokenIn": "cookie"}));
        let (made, cookies) = with_cookies(create).await;
        assert_eq!((made.get("token"), made.get("creatorToken")), (None, None));
        assert_eq!(cookies.len(), 2);
        for cookie in cookies {
            assert!(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
                "{cookie}"
            );
            assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_by_code() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let at = |rest: &str| format!("/api/chat/instant/{}{rest}", room.id);
    let message = |body| json!({"clientId": "m1", "body": body});
    let say = |body| {
        server
            .post(&at("/messages"))
            .bearer_auth(&maya.token)
            .json(&message(body))
    };
    let hello = json!({"v": 1, "kind": "text", "text": "Hello"});

    problem(server.get("/api/chat/instant/AAAAAAAAAAAA"), 404, "unknown_chat").await;
    problem(server.get("/api/chat/instant/not-an-id"), 404, "unknown_chat").await;
    problem(
        server.post(&at("/join")).json(&json!({"name": "  "})),
        422,
        "invalid_name",
    )
    .await;
    problem(server.post(&at("/join")).json(&json!({})), 422, "invalid_name").await;
    problem(server.post(&at("/join")).body("name=Maya"), 400, "invalid_request").await;
    let json = ("content-type", "application/json");
    problem(
        server.post(&at("/join")).header(json.0, json.1).body("{"),
        400,
        "invalid_request",
    )
    .await;
    problem(
        server
            .post(&at("/join"))
            .header(json.0, json.1)
            .body("x".repeat(70_000)),
        413,
        "too_large",
    )
    .await;
    problem(server.post(&at("/messages")).json(&message(hello)), 401, "not_joined").await;
    // What is wrong with a message is told to members.
    let none = message(json!(null));
    problem(server.post(&at("/messages")).json(&none), 401, "not_joined").await;
    problem(say(json!(null)), 422, "invalid_message").await;
    problem(server.get(&at("/messages")), 401, "not_joined").await;
    problem(
        server.get(&at("/messages?after=x")).bearer_auth(&maya.token),
        400,
        "invalid_request",
    )
    .await;
    problem(
        say(json!({"v": 2, "kind": "text", "text": "Hello"})),
        422,
        "invalid_message",
    )
    .await;
    problem(say(json!({"v": 1, "kind": "hologram"})), 422, "invalid_message").await;
    let long = problem(
        say(json!({"v": 1, "kind": "text", "text": "a".repeat(4_001)})),
        422,
        "invalid_message",
    )
    .await;
    assert_eq!(long["detail"], "The message is longer than 4000 characters.");
    problem(server.get(&at("/socket")), 400, "invalid_request").await;
}

#[tokio::test]
async fn a_list_of_fields_is_no_object() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let at = |rest: &str| format!("/api/chat/instant/{}{rest}", room.id);
    for (path, list) in [
        ("/api/chat/instant/create", json!(["Eve", true, null])),
        (&at("/join"), json!(["Eve", null])),
        (
            &at("/messages"),
            json!(["m1", {"v": 1, "kind": "text", "text": "Hello"}]),
        ),
        (&at("/lock"), json!([true])),
        (&at("/extend"), json!([1])),
    ] {
        let call = server.post(path).bearer_auth(&maya.token).json(&list);
        problem(call, 400, "invalid_request").await;
    }
    let body = json!([
        1, "text", "Hello", null, null, null, null, null, null, null, null, null, null, null
    ]);
    let call = server.post(&at("/messages")).bearer_auth(&maya.token);
    problem(
        call.json(&json!({"clientId": "m1", "body": body})),
        422,
        "invalid_message",
    )
    .await;
}

#[tokio::test]
async fn a_message_is_answered_with_its_entry_and_a_retry_with_the_first() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let (status, entry) = server.post_message(&room, &maya.token, "m1", "Hello").await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(
        entry,
        json!({"type": "instant_chat_message", "seq": 2, "at": "2025-11-23T09:26:40Z", "from": maya.id,
            "clientId": "m1", "body": {"v": 1, "kind": "text", "text": "Hello"}})
    );
    let (_, again) = server.post_message(&room, &maya.token, "m1", "something else").await;
    assert_eq!(again, entry);
}

#[tokio::test]
async fn a_message_over_rest_is_heard_on_sockets() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    let maya = server.join(&room, "Maya").await;
    server.post_message(&room, &maya.token, "m1", "Hello").await;
    assert_eq!(
        noors.entries_until("Hello").await.last().expect("an entry")["from"],
        maya.id
    );
}

#[tokio::test]
async fn looking_changes_nothing() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    for path in [
        format!("/api/chat/instant/{}", room.id),
        format!("/instant-chat/{}", room.id),
    ] {
        for _ in 0..3 {
            assert_eq!(
                server.get(&path).send().await.expect("an answer").status(),
                StatusCode::OK
            );
        }
    }
    let maya = server.join(&room, "Maya").await;
    assert_eq!(maya.seq, 1, "hers is the first entry");
}
