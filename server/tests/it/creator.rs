//! What only a chat's creator may do.

use std::time::Duration;

use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::harness::{Guest, TestRoom, TestServer, answer, say};

const HOUR_MILLIS: i64 = 3_600_000;

impl TestServer {
    async fn rule(&self, room: &TestRoom, token: &str, what: &str, body: Value) -> (StatusCode, Value) {
        let path = format!("/api/chat/instant/{}/{what}", room.id);
        answer(self.post(&path).bearer_auth(token).json(&body)).await
    }

    async fn details(&self, room: &TestRoom) -> Value {
        answer(self.get(&format!("/api/chat/instant/{}", room.id))).await.1
    }

    async fn try_join(&self, room: &TestRoom, token: Option<&str>) -> (StatusCode, Value) {
        let join = self.post(&format!("/api/chat/instant/{}/join", room.id));
        let join = join.json(&json!({"name": "Sam"}));
        answer(token.into_iter().fold(join, RequestBuilder::bearer_auth)).await
    }
}

fn code(answer: &(StatusCode, Value)) -> (u16, &str) {
    (answer.0.as_u16(), answer.1["code"].as_str().unwrap_or_default())
}

/// All of the creator's calls, with what they take.
fn rulings(who: &Guest) -> [(&'static str, Value); 5] {
    [
        ("lock", json!({"locked": true})),
        ("text-only", json!({"textOnly": true})),
        ("remove", json!({"participantId": who.id})),
        ("extend", json!({"hours": 1})),
        ("owner-link", json!({})),
    ]
}

#[tokio::test]
async fn a_guest_rules_nothing() {
    let server = TestServer::start().await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let before = server.details(&room).await;
    for (what, body) in rulings(&maya) {
        for token in [&maya.token, &other.creator_token, "wrong-wrong-wrong-wrong"] {
            let refused = server.rule(&room, token, what, body.clone()).await;
            assert_eq!(code(&refused), (403, "not_creator"), "{what}");
        }
        let bare = server
            .post(&format!("/api/chat/instant/{}/{what}", room.id))
            .json(&body);
        assert_eq!(code(&answer(bare).await), (403, "not_creator"), "{what}");
    }
    assert_eq!(server.details(&room).await, before);
    mayas.say("m1", "still here").await;
}

#[tokio::test]
async fn a_locked_chat_takes_nobody_new() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let locked = server.rule(&room, &room.creator_token, "lock", json!({})).await;
        assert_eq!(locked.0, StatusCode::NO_CONTENT);
        let told = mayas.next_of("instant_chat_changed").await;
        assert_eq!(told["change"], json!({"locked": true}));
        assert_eq!(server.details(&room).await["settings"]["locked"], true);
        assert_eq!(code(&server.try_join(&room, None).await), (403, "locked"));
        assert_eq!(server.try_join(&room, Some(&maya.token)).await.0, StatusCode::OK);
        assert_eq!(
            server.try_join(&room, Some(&room.creator_token)).await.0,
            StatusCode::OK
        );
        let again = server.connect(&room, &maya).await;
        assert_eq!(again.welcome["settings"]["locked"], true);
        server
            .rule(&room, &room.creator_token, "lock", json!({"locked": false}))
            .await;
        assert_eq!(server.try_join(&room, None).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn who_is_removed_is_out_within_two_seconds_and_stays_out() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let (sam, mut sams) = server.enter(&room, "Sam").await;
    let path = format!("/api/chat/instant/{}", room.id);
    let mut events = server
        .get(&format!("{path}/events"))
        .bearer_auth(&sam.token)
        .send()
        .await
        .expect("a stream");
    let ruling = json!({"participantId": sam.id});
    for _ in 0..2 {
        let removed = server.rule(&room, &room.creator_token, "remove", ruling.clone()).await;
        assert_eq!(removed.0, StatusCode::NO_CONTENT, "{}", removed.1);
    }
    let (frames, closed) = timeout(Duration::from_secs(2), sams.until_closed())
        .await
        .expect("within 2 s");
    assert_eq!(closed, Some(4003));
    assert_eq!(frames.last().expect("a frame")["code"], "removed");
    let stream = async { while events.chunk().await.is_ok_and(|chunk| chunk.is_some()) {} };
    timeout(Duration::from_secs(2), stream).await.expect("the stream ends");
    let left = mayas.next_of("instant_chat_user_left").await;
    assert_eq!(
        (&left["participant"]["id"], &left["removed"]),
        (&json!(sam.id), &json!(true))
    );

    let server = server.restart().await;
    assert_eq!(code(&server.try_join(&room, Some(&sam.token)).await), (403, "removed"));
    assert_eq!(code(&server.history(&room, &sam, "").await), (403, "removed"));
    assert_eq!(
        code(&server.post_message(&room, &sam.token, "s1", "hello?").await),
        (403, "removed")
    );
    let page = server.get(&format!("/instant-chat/{}", room.id));
    let page = page
        .header("cookie", format!("chat-{}={}", room.id, sam.token))
        .send()
        .await
        .expect("a page");
    assert_eq!(page.status(), StatusCode::FORBIDDEN);
    assert!(
        page.text()
            .await
            .expect("text")
            .contains("You were removed from this chat")
    );
    let mut again = server.socket(&room).await;
    again
        .send(json!({"type": "join_instant_chat", "token": sam.token}))
        .await;
    let (frames, closed) = again.until_closed().await;
    assert_eq!((frames[0]["code"].as_str(), closed), (Some("removed"), Some(4003)));
    let nobody = server
        .rule(
            &room,
            &room.creator_token,
            "remove",
            json!({"participantId": "anon_nobody"}),
        )
        .await;
    assert_eq!(code(&nobody), (404, "unknown_participant"));
}

#[tokio::test]
async fn a_removal_and_a_resume_race_and_the_removal_wins() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    for n in 0..10 {
        let sam = server.join(&room, &format!("Sam {n}")).await;
        let mut socket = server.socket(&room).await;
        let ruling = json!({"participantId": sam.id});
        let (removed, ()) = tokio::join!(
            server.rule(&room, &room.creator_token, "remove", ruling),
            socket.send(json!({"type": "join_instant_chat", "token": sam.token})),
        );
        assert_eq!(removed.0, StatusCode::NO_CONTENT);
        let closed = timeout(Duration::from_secs(2), socket.until_closed())
            .await
            .expect("within 2 s")
            .1;
        assert_eq!(closed, Some(4003));
    }
    assert_eq!(server.details(&room).await["participantCount"], 0);
}

#[tokio::test]
async fn a_chat_of_text_only_takes_no_media() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    server.rule(&room, &room.creator_token, "text-only", json!({})).await;
    let upload = server
        .post(&format!("/api/chat/instant/{}/media", room.id))
        .bearer_auth(&maya.token);
    assert_eq!(code(&answer(upload.body("a picture")).await), (403, "text_only"));
    let mut picture = say("p1", "");
    picture["body"] = json!({"v": 1, "kind": "image", "mediaId": "Vq3nT8-zKw_2Vq3nT8-zKw", "width": 8, "height": 6});
    mayas.send(picture).await;
    let refused = mayas.next_of("error").await;
    assert_eq!(
        (refused["code"].as_str(), refused["clientId"].as_str()),
        (Some("text_only"), Some("p1"))
    );
    mayas.say("m1", "only words").await;
}

#[tokio::test]
async fn a_chat_is_extended_once_and_for_everybody() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let end = server.details(&room).await["expiresAt"].clone();
        for hours in [0, 25] {
            let refused = server
                .rule(&room, &room.creator_token, "extend", json!({"hours": hours}))
                .await;
            assert_eq!(code(&refused), (400, "invalid_request"));
        }
        let (status, extended) = server
            .rule(&room, &room.creator_token, "extend", json!({"hours": 2}))
            .await;
        assert_eq!(status, StatusCode::OK, "{extended}");
        let later = &extended["expiresAt"];
        assert_ne!(*later, end);
        assert_eq!(
            mayas.next_of("instant_chat_changed").await["change"],
            json!({"expiresAt": later})
        );
        let again = server.rule(&room, &room.creator_token, "extend", json!({})).await;
        assert_eq!(code(&again), (409, "already_extended"));
        assert_eq!(server.details(&room).await["expiresAt"], *later);

        // Those who are connected go on past the old end, and no further than the new one.
        server.clock.advance(25 * HOUR_MILLIS);
        mayas.say("m1", "still here").await;
        assert_eq!(server.connect(&room, &maya).await.welcome["expiresAt"], *later);
        server.clock.advance(HOUR_MILLIS);
        let (_, closed) = timeout(Duration::from_secs(2), mayas.until_closed())
            .await
            .expect("within 2 s");
        assert_eq!(closed, Some(4002));
    }
}

#[tokio::test]
async fn an_owner_link_gives_the_creator_s_rights_in_a_cookie_and_says_nothing_to_the_server() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (status, made) = server.rule(&room, &room.creator_token, "owner-link", json!({})).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let url = made["url"].as_str().expect("a link");
    let (address, token) = url.split_once("#owner=").expect("a fragment");
    assert_eq!(address, server.url(&format!("/instant-chat/{}", room.id)));
    assert_ne!(token, room.creator_token);
    let own = |token: &str| {
        let form = format!("chat={}&token={token}", room.id);
        server
            .post("/form/own")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form)
    };
    let owned = own(token).send().await.expect("an answer");
    assert_eq!(owned.status(), StatusCode::OK);
    let cookie = owned.headers()["set-cookie"].to_str().expect("ascii");
    assert!(
        cookie.starts_with(&format!("owner-{}={token};", room.id)) && cookie.contains("HttpOnly"),
        "{cookie}"
    );
    let refused = own("wrong-wrong-wrong-wrong").send().await.expect("an answer");
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(!refused.headers().contains_key("set-cookie"));
    for _ in 1..8 {
        assert_eq!(
            server.rule(&room, token, "owner-link", json!({})).await.0,
            StatusCode::CREATED
        );
    }
    let one_more = server.rule(&room, token, "owner-link", json!({})).await;
    assert_eq!(code(&one_more), (409, "owner_links_spent"));
    assert_eq!(server.end(&room, token).await.0, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn where_one_room_s_change_fails_the_others_go_on() {
    let server = TestServer::start().await;
    let (stuck, other) = (server.create(true).await, server.create(true).await);
    let (_, mut noors) = server.enter(&other, "Noor").await;
    // A store that takes the change and fails at the entry that tells of it, in this room alone.
    server
        .sabotage(&format!(
            "CREATE TRIGGER stuck BEFORE INSERT ON entry \
             WHEN NEW.room_id = '{}' BEGIN SELECT RAISE(ABORT, 'stuck'); END",
            stuck.id
        ))
        .await;
    // At once: they share a transaction, as far as they can.
    let locks = async |room: &TestRoom| server.rule(room, &room.creator_token, "lock", json!({})).await;
    let (refused, locked) = tokio::join!(locks(&stuck), locks(&other));
    assert_eq!(code(&refused), (503, "unavailable"));
    assert_eq!(server.details(&stuck).await["settings"]["locked"], false);
    assert_eq!(locked.0, StatusCode::NO_CONTENT, "{}", locked.1);
    noors.next_of("instant_chat_changed").await;

    server.sabotage("DROP TRIGGER stuck").await;
    assert_eq!(locks(&stuck).await.0, StatusCode::NO_CONTENT);
    assert_eq!(server.details(&stuck).await["settings"]["locked"], true);
}
