//! What one address may do, and what it may not.

use std::time::Duration;

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_tungstenite::tungstenite::Error;

use crate::harness::{Socket, TestRoom, TestServer, answer, say};

const CREATE: &str = "/api/chat/instant/create";
const NOBODY: &str = "/api/chat/instant/AAAAAAAAAAAA";

/// What somebody behind a proxy on this machine gets.
async fn from(address: &str, request: RequestBuilder) -> Response {
    let request = request.header("x-forwarded-for", address);
    request.send().await.expect("an answer")
}

async fn refused(response: Response) -> Value {
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let wait: u32 = response.headers()["retry-after"]
        .to_str()
        .expect("ascii")
        .parse()
        .expect("seconds");
    let problem: Value = response.json().await.expect("JSON");
    assert_eq!(problem["code"], "rate_limited");
    assert_eq!(problem["retryAfter"], wait);
    problem
}

#[tokio::test]
async fn rooms_are_started_at_a_pace() {
    let server = TestServer::with(&["--create-limit=2/1h"]).await;
    for _ in 0..2 {
        assert_eq!(
            from("192.0.2.1", server.post(CREATE)).await.status(),
            StatusCode::CREATED
        );
    }
    let problem = refused(from("192.0.2.1", server.post(CREATE)).await).await;
    assert_eq!(
        problem["detail"],
        "A lot is coming from your network right now. Please try again in 30 minutes."
    );
    assert_eq!(
        from("192.0.2.2", server.post(CREATE)).await.status(),
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn the_create_dialog_and_the_join_card_get_the_same_words() {
    let server = TestServer::with(&["--create-limit=1/1h", "--join-limit=1/1h"]).await;
    let room = server.create(true).await;
    server.join(&room, "Maya").await;
    let forms = [
        (
            "/form/create",
            "name=&store_history=true".to_owned(),
            "/start".to_owned(),
        ),
        (
            "/form/join",
            format!("chat={}&name=Noor", room.id),
            format!("/instant-chat/{}", room.id),
        ),
    ];
    for (path, fields, page) in forms {
        let form = || {
            let form = server
                .post(path)
                .header("content-type", "application/x-www-form-urlencoded");
            form.body(fields.clone())
        };
        // As wasm asks, and as a browser without it does.
        let (status, error) = answer(form().header("accept", "application/json")).await;
        assert_eq!(
            (status, &error["code"]),
            (StatusCode::TOO_MANY_REQUESTS, &json!("rate_limited")),
            "{path}"
        );
        assert!(
            error["detail"]
                .as_str()
                .is_some_and(|detail| detail.ends_with(" minutes.")),
            "{error}"
        );
        let plain = form().header("accept", "text/html").send().await.expect("an answer");
        // The page after it says how long, too: seconds, of the hour that the limit counts.
        let location = plain.headers()["location"].to_str().expect("a path");
        let after = location.strip_prefix(&format!("{page}?problem=rate_limited&after="));
        let seconds: u64 = after.and_then(|after| after.parse().ok()).expect(location);
        assert!((3_500..=3_600).contains(&seconds), "{location}");
    }
}

#[tokio::test]
async fn a_class_behind_one_address_joins_within_a_minute() {
    // The defaults.
    let server = TestServer::with(&[
        "--request-limit=1200/1m",
        "--create-limit=60/1m",
        "--join-limit=120/1m",
        "--connect-limit=600/1m",
        "--miss-limit=60/1m",
    ])
    .await;
    let room = server.create(true).await;
    for n in 0..50 {
        let page = server.get(&format!("/instant-chat/{}", room.id)).send().await;
        assert_eq!(page.expect("a page").status(), StatusCode::OK);
        let (guest, socket) = server.enter(&room, &format!("Pupil {n}")).await;
        // Somebody's phone changes from one network to the other.
        socket.vanish();
        server.connect(&room, &guest).await;
    }
}

#[tokio::test]
async fn who_guesses_ids_may_look_no_more() {
    let server = TestServer::with(&["--miss-limit=2/1h"]).await;
    let room = server.create(true).await;
    for path in [NOBODY, "/instant-chat/AAAAAAAAAAAA", "/api/chat/instant/no-id"] {
        let miss = from("192.0.2.1", server.get(path)).await;
        assert_eq!(miss.status(), StatusCode::NOT_FOUND, "{path}");
    }
    // Not even at what is there: the answer would tell.
    for path in [
        format!("/api/chat/instant/{}", room.id),
        format!("/instant-chat/{}", room.id),
    ] {
        refused(from("192.0.2.1", server.get(&path)).await).await;
        assert_eq!(from("192.0.2.2", server.get(&path)).await.status(), StatusCode::OK);
    }
    let join = server
        .post("/form/join")
        .header("content-type", "application/x-www-form-urlencoded");
    let join = join
        .body(format!("chat={}&name=Eve", room.id))
        .header("accept", "application/json");
    assert_eq!(from("192.0.2.1", join).await.status(), StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn sockets_are_no_way_around_that() {
    let server = TestServer::with(&["--miss-limit=1/1h", "--connect-limit=3/1h"]).await;
    let open = async |address: &'static str| {
        Socket::open(&server.host(), "AAAAAAAAAAAA", &[("x-forwarded-for", address)]).await
    };
    for expected in ["unknown_chat", "unknown_chat", "rate_limited"] {
        let mut socket = open("192.0.2.1").await.expect("a socket");
        socket
            .send(json!({"type": "join_instant_chat", "token": "tokentokentoken1"}))
            .await;
        assert_eq!(socket.until_closed().await.0[0]["code"], expected);
    }
    let status = |error: Box<Error>| match *error {
        Error::Http(response) => response.status().as_u16(),
        other => panic!("{other}"),
    };
    for _ in 0..3 {
        open("192.0.2.2").await.expect("a socket");
    }
    assert_eq!(
        open("192.0.2.2").await.map_err(status).err(),
        Some(429),
        "sockets are counted"
    );
}

#[tokio::test]
async fn who_belongs_to_a_room_is_not_shut_out_by_what_a_neighbour_guesses() {
    let server = TestServer::with(&["--miss-limit=2/1h"]).await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let maya = server.join(&room, "Maya").await;
    for _ in 0..3 {
        from("192.0.2.1", server.get(NOBODY)).await;
    }
    let details = |room: &TestRoom| server.get(&format!("/api/chat/instant/{}", room.id));
    let page = |cookie: &str| {
        let page = server.get(&format!("/instant-chat/{}", room.id));
        page.header("cookie", format!("chat-{}={cookie}", room.id))
    };
    // Her token, in each way in which it comes; the creator's, too.
    for request in [
        details(&room).bearer_auth(&maya.token),
        page(&maya.token),
        details(&room).bearer_auth(&room.creator_token),
    ] {
        assert_eq!(from("192.0.2.1", request).await.status(), StatusCode::OK);
    }
    // No token, one of another room, one of nobody: as before.
    for request in [
        details(&room),
        details(&other).bearer_auth(&maya.token),
        details(&room).bearer_auth("tokentokentoken1"),
        server.get(NOBODY).bearer_auth(&maya.token),
        page("tokentokentoken1"),
    ] {
        let refused = from("192.0.2.1", request).await;
        assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    }
    let first = async |room: &TestRoom, headers: &[(&'static str, &str)], token: Option<&str>| {
        let headers = [&[("x-forwarded-for", "192.0.2.1")], headers].concat();
        let mut socket = Socket::open(&server.host(), &room.id, &headers)
            .await
            .expect("a socket");
        socket.send(json!({"type": "join_instant_chat", "token": token})).await;
        socket.next().await
    };
    assert_eq!(first(&room, &[], Some(&maya.token)).await["type"], "welcome");
    let cookie = format!("chat-{}={}", room.id, maya.token);
    assert_eq!(first(&room, &[("cookie", &cookie)], None).await["type"], "welcome");
    for (room, token) in [
        (&room, None),
        (&room, Some("tokentokentoken1")),
        (&other, Some(&*maya.token)),
    ] {
        assert_eq!(first(room, &[], token).await["code"], "rate_limited");
    }
}

#[tokio::test]
async fn files_are_counted_by_themselves() {
    let site = tempfile::tempdir().expect("a folder");
    std::fs::write(site.path().join("icon.svg"), "<svg/>").expect("written");
    let flag = format!("--site-root={}", site.path().display());
    let server = TestServer::with(&[&flag, "--file-limit=3/1h"]).await;
    for _ in 0..3 {
        let file = from("192.0.2.1", server.get("/icon.svg")).await;
        assert_eq!(file.status(), StatusCode::OK);
    }
    refused(from("192.0.2.1", server.get("/icon.svg")).await).await;
    assert_eq!(
        from("192.0.2.1", server.get("/")).await.status(),
        StatusCode::OK,
        "no file"
    );
    assert_eq!(
        from("192.0.2.2", server.get("/icon.svg")).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_flood_of_requests_is_refused_in_words() {
    let server = TestServer::with(&["--request-limit=2/1h"]).await;
    for path in ["/", "/nowhere"] {
        from("192.0.2.1", server.get(path)).await;
    }
    refused(from("192.0.2.1", server.get(NOBODY)).await).await;
    for path in ["/", "/nowhere"] {
        let page = from("192.0.2.1", server.get(path).header("accept", "text/html")).await;
        assert_eq!(page.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(page.headers()["content-type"], "text/plain; charset=utf-8");
        assert!(
            page.text()
                .await
                .expect("text")
                .ends_with("Please try again in 30 minutes.")
        );
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(
            from("192.0.2.1", server.get(path)).await.status(),
            StatusCode::OK,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_forged_address_is_of_no_use() {
    let server = TestServer::with(&["--create-limit=1/1h", "--trusted-proxies=192.0.2.0/24"]).await;
    // We are no trusted proxy here.
    assert_eq!(
        from("198.51.100.1", server.post(CREATE)).await.status(),
        StatusCode::CREATED
    );
    refused(from("198.51.100.2", server.post(CREATE)).await).await;

    let server = TestServer::with(&["--create-limit=1/1h"]).await;
    assert_eq!(
        from("198.51.100.1", server.post(CREATE)).await.status(),
        StatusCode::CREATED
    );
    for forged in [
        "203.0.113.5, 198.51.100.1",
        "127.0.0.1, 198.51.100.1",
        "::ffff:198.51.100.1",
    ] {
        refused(from(forged, server.post(CREATE)).await).await;
    }
    assert_eq!(
        from("2001:db8:1:2::1", server.post(CREATE)).await.status(),
        StatusCode::CREATED
    );
    refused(from("2001:db8:1:2:3::4", server.post(CREATE)).await).await;
    // No loopback exemption.
    assert_eq!(
        server.post(CREATE).send().await.expect("an answer").status(),
        StatusCode::CREATED
    );
    refused(server.post(CREATE).send().await.expect("an answer")).await;
}

#[tokio::test]
async fn headers_that_come_drop_by_drop_are_not_waited_for() {
    let server = TestServer::with(&["--head-within=100ms"]).await;
    for beginning in ["", "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
        let mut slow = TcpStream::connect(server.host()).await.expect("a connection");
        slow.write_all(beginning.as_bytes()).await.expect("sent");
        let drip = async {
            let mut rest = [0; 16];
            let (mut reader, mut writer) = slow.split();
            let dripping = async {
                while writer.write_all(b"a").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::select! {
                ended = reader.read(&mut rest) => ended.unwrap_or(0),
                () = dripping, if !beginning.is_empty() => 0,
            }
        };
        // Nothing, or the status 408.
        timeout(Duration::from_secs(5), drip)
            .await
            .expect("the connection was cut");
    }
}

#[tokio::test]
async fn who_asks_again_after_a_while_is_answered_on_the_same_connection() {
    const WITHIN: Duration = Duration::from_millis(200);
    let server = TestServer::with(&["--head-within=200ms"]).await;
    let mut kept = TcpStream::connect(server.host()).await.expect("a connection");
    let mut ask = async |request: &str| {
        kept.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = [0; 1024];
        let read = timeout(Duration::from_secs(5), kept.read(&mut answer)).await;
        String::from_utf8_lossy(&answer[..read.expect("in time").unwrap_or(0)]).into_owned()
    };
    let whole = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    for _ in 0..2 {
        assert!(ask(whole).await.starts_with("HTTP/1.1 200"));
        // What does not happen cannot be awaited.
        tokio::time::sleep(3 * WITHIN).await;
    }
    assert_eq!(ask("GET /healthz HTTP/1.1\r\nHost:").await, "", "half a request is cut");
}

#[tokio::test]
async fn one_address_says_so_many_bytes_in_all_rooms_together() {
    let server = TestServer::with(&["--text-limit=10000/1h"]).await;
    let rooms = [server.create(true).await, server.create(false).await];
    let said = async |room: &TestRoom, who: &str, address: &str, client_id: &str| {
        let message = json!({"clientId": client_id, "body": {"v": 1, "kind": "text", "text": "x".repeat(4_000)}});
        let path = format!("/api/chat/instant/{}/messages", room.id);
        from(address, server.post(&path).bearer_auth(who).json(&message)).await
    };
    for (n, room) in rooms.iter().enumerate() {
        let noor = server.join(room, "Noor").await;
        let first = said(room, &noor.token, "192.0.2.1", "m1").await;
        assert_eq!(first.status(), StatusCode::CREATED, "{n}");
    }
    for room in &rooms {
        let maya = server.join(room, "Maya").await;
        refused(said(room, &maya.token, "192.0.2.1", "m1").await).await;
        let neighbour = said(room, &maya.token, "192.0.2.2", "m1").await;
        assert_eq!(neighbour.status(), StatusCode::CREATED);
        // What is said already is no news.
        let retry = said(room, &maya.token, "192.0.2.1", "m1").await;
        assert_eq!(retry.status(), StatusCode::CREATED);
        let mut socket = Socket::open(&server.host(), &room.id, &[("x-forwarded-for", "192.0.2.1")])
            .await
            .expect("a socket");
        socket.join(json!({"token": maya.token})).await;
        socket.send(say("m2", &"x".repeat(4_000))).await;
        let error = socket.next_of("error").await;
        assert_eq!(
            (&error["code"], &error["clientId"]),
            (&json!("rate_limited"), &json!("m2"))
        );
        socket.say("m3", "Something short").await;
    }
}
