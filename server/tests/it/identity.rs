//! People whom a host site knows.

use jsonwebtoken::{EncodingKey, Header, encode};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Socket, TestServer, answer};

const SECRET: &str = "a secret of the host site, long enough";
const FLAGS: [&str; 3] = [
    "--identity-secret=a secret of the host site, long enough",
    "--identity-issuer=https://host.example",
    "--identity-audience=chat",
];

/// The host site's word for a user. The tests' clock stands at 1,763,890,000 seconds.
fn jwt(user: &str, name: Option<&str>, expires_in: i64) -> String {
    let mut claims = json!({"iss": "https://host.example", "aud": "chat", "sub": user,
        "exp": 1_763_890_000 + expires_in});
    if let Some(name) = name {
        claims["name"] = name.into();
    }
    encode(
        &Header::default(),
        &claims,
        &EncodingKey::from_secret(SECRET.as_bytes()),
    )
    .expect("signed")
}

fn form(server: &TestServer, fields: &str) -> RequestBuilder {
    let kind = "application/x-www-form-urlencoded";
    server
        .post("/form/join")
        .header("content-type", kind)
        .body(fields.to_owned())
}

async fn join(server: &TestServer, room: &str, bearer: &str, body: &Value) -> (StatusCode, Value) {
    let path = format!("/api/chat/instant/{room}/join");
    answer(server.post(&path).bearer_auth(bearer).json(body)).await
}

#[tokio::test]
async fn a_user_of_the_host_is_known_by_their_id_wherever_they_are_seen() {
    let server = TestServer::with(&FLAGS).await;
    let room = server.create(true).await;
    let (anonymous, mut theirs) = server.enter(&room, "Maya").await;
    let (status, joined) = join(&server, &room.id, &jwt("user-7", Some("Maya"), 60), &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{joined}");
    let known = json!({"id": "user-7", "name": "Maya", "verified": true});
    assert_eq!(joined["participant"], known);
    let token = joined["token"].as_str().expect("a token");

    theirs.next_of("instant_chat_user_joined").await;
    let entry = theirs.next_of("instant_chat_user_joined").await;
    assert_eq!(entry["participant"], known);
    let mut socket = server.socket(&room).await;
    socket.join(json!({"token": token})).await;
    assert_eq!(socket.welcome["you"], known);
    let people = socket.welcome["participants"].as_array().expect("people");
    let marks: Vec<_> = people
        .iter()
        .map(|person| (&person["id"], person.get("verified")))
        .collect();
    assert_eq!(
        marks,
        [(&json!(anonymous.id), None), (&json!("user-7"), Some(&json!(true)))]
    );

    let path = format!("/api/chat/instant/{}", room.id);
    let (_, details) = answer(server.get(&path).bearer_auth(token)).await;
    assert_eq!(details["verifiedBy"], "host.example");
    assert!(details["participants"].as_array().expect("people").contains(&known));
    let (_, history) = answer(server.get(&format!("{path}/messages")).bearer_auth(token)).await;
    assert_eq!(history["entries"][1]["participant"], known, "and after it was stored");
}

#[tokio::test]
async fn one_user_on_two_devices_is_one_participant() {
    for stored in [true, false] {
        let server = TestServer::with(&[&FLAGS[..], &["--room-capacity=2"]].concat()).await;
        let room = server.create(stored).await;
        server.join(&room, "Noor").await;
        let word = jwt("user-7", None, 60);
        let (_, phone) = join(&server, &room.id, &word, &json!({"name": "Maya"})).await;
        let (status, laptop) = join(&server, &room.id, &word, &json!({"name": "M."})).await;
        assert_eq!(
            status,
            StatusCode::OK,
            "the room is full, but they are inside: {laptop}"
        );
        assert_eq!(laptop["participant"], phone["participant"]);
        assert_eq!(laptop["seq"], phone["seq"], "they came once");
        assert_ne!(laptop["token"], phone["token"]);
        for device in [&phone, &laptop] {
            let token = device["token"].as_str().expect("a token");
            let (status, _) = server.post_message(&room, token, "m1", "Hello").await;
            assert_eq!(status, StatusCode::CREATED);
        }
        // A device that has a token gets no other.
        let token = laptop["token"].as_str().expect("a token");
        let path = format!("/api/chat/instant/{}/join", room.id);
        let cookie = format!("chat-{}={token}", room.id);
        let again = server.post(&path).bearer_auth(&word).header("cookie", &cookie);
        let again = again
            .json(&json!({"tokenIn": "cookie"}))
            .send()
            .await
            .expect("an answer");
        let kept = again.headers()["set-cookie"].to_str().expect("ascii");
        assert!(kept.starts_with(&cookie), "{kept}");
    }
}

#[tokio::test]
async fn a_word_that_does_not_hold_is_a_refusal_and_nobody_comes_in() {
    let server = TestServer::with(&FLAGS).await;
    let room = server.create(true).await;
    let nowhere = TestServer::start().await;
    let elsewhere = nowhere.create(true).await;
    let forged = jwt("user-7", Some("Maya"), 60).replace('.', ".e");
    let impostor = jwt("anon_Vq3nT8-zKw_2", Some("Maya"), 60);
    let join = |server: &TestServer, room: &str| server.post(&format!("/api/chat/instant/{room}/join"));
    for (request, word) in [
        (join(&server, &room.id), forged),
        (join(&server, &room.id), impostor),
        (join(&server, &room.id), jwt("user-7", Some("Maya"), -60)),
        (
            server.post("/api/chat/instant/create"),
            jwt("user-7", Some("Maya"), -60),
        ),
        (join(&server, &room.id), "nonsense".to_owned()),
        // A server that knows no host takes nobody's word either.
        (join(&nowhere, &elsewhere.id), jwt("user-7", Some("Maya"), 60)),
    ] {
        let response = request.bearer_auth(&word).json(&json!({"name": "Maya"})).send().await;
        let response = response.expect("an answer");
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED, "{word}");
        assert_eq!(
            response.headers()["www-authenticate"],
            r#"Bearer error="invalid_token""#
        );
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert!(response.headers().get("set-cookie").is_none());
        let problem: Value = response.json().await.expect("JSON");
        assert_eq!(problem["code"], "invalid_identity");
    }
    let form = form(&server, &format!("chat={}&name=Maya&identity=a.b.c", room.id));
    assert_eq!(form.send().await.expect("an answer").status(), StatusCode::UNAUTHORIZED);
    assert_eq!(server.join(&room, "Noor").await.seq, 1, "hers is the first entry");
}

#[tokio::test]
async fn a_server_may_be_for_known_people_only() {
    for (required, may_create, may_join) in [("none", true, true), ("create", false, true), ("join", false, false)] {
        let flag = format!("--identity-required={required}");
        let server = TestServer::with(&[&FLAGS[..], &[&flag]].concat()).await;
        let word = jwt("user-7", Some("Maya"), 60);
        let (status, problem) = answer(server.post("/api/chat/instant/create")).await;
        assert_eq!(status == StatusCode::CREATED, may_create, "{required}: {problem}");
        if !may_create {
            assert_eq!(problem["code"], "identity_required");
        }
        let create = server.post("/api/chat/instant/create").bearer_auth(&word);
        let (status, made) = answer(create.json(&json!({"creatorName": "Maya"}))).await;
        assert_eq!(status, StatusCode::CREATED, "{made}");
        assert_eq!(made["participant"]["id"], "user-7");
        let (room, token) = (
            made["chatId"].as_str().expect("an id"),
            made["token"].as_str().expect("a token"),
        );
        let path = format!("/api/chat/instant/{room}");
        let (_, details) = answer(server.get(&path).bearer_auth(token)).await;
        assert_eq!(details["creatorId"], "user-7");
        assert_eq!(
            answer(server.get(&path)).await.1.get("creatorId"),
            None,
            "for participants only"
        );
        let guest = server.post(&format!("{path}/join")).json(&json!({"name": "Noor"}));
        assert_eq!(answer(guest).await.0 == StatusCode::OK, may_join, "{required}");
        // Whoever is inside comes back by their token.
        let mut socket = Socket::open(&server.host(), room, &[]).await.expect("it opens");
        socket.join(json!({"token": token})).await;
        assert_eq!(socket.welcome["you"]["verified"], true);
    }
}

#[tokio::test]
async fn a_browser_that_brings_a_word_keeps_what_it_got_for_it() {
    let server = TestServer::with(&FLAGS).await;
    let room = server.create(true).await;
    let word = jwt("user-7", Some("Maya"), 60);
    let request = form(&server, &format!("chat={}&identity={word}", room.id)).header("accept", "text/html");
    let response = request.send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(response.headers()["location"], format!("/instant-chat/{}", room.id));
    assert!(response.headers().contains_key("set-cookie"));
    let (status, _) = join(&server, &room.id, &jwt("user-8", None, 60), &json!({})).await;
    assert_eq!(
        status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a user without a name is asked for one"
    );
}
