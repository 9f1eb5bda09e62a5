//! Reactions, edits, deletions: what they do, and who may not.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Guest, Socket, TestRoom, TestServer, answer, files};

fn edit(target: u64, text: &str) -> Value {
    json!({"v": 1, "kind": "edit", "target": target, "text": text})
}

fn delete(target: u64) -> Value {
    json!({"v": 1, "kind": "delete", "target": target})
}

fn react(target: u64, emoji: &str) -> Value {
    json!({"v": 1, "kind": "reaction", "target": target, "emoji": emoji, "on": true})
}

async fn post(server: &TestServer, room: &TestRoom, who: &Guest, id: &str, body: Value) -> (StatusCode, Value) {
    let path = format!("/api/chat/instant/{}/messages", room.id);
    let message = json!({"clientId": id, "body": body});
    answer(server.post(&path).bearer_auth(&who.token).json(&message)).await
}

/// The code with which a body is refused, over REST and over a socket.
async fn refused(server: &TestServer, room: &TestRoom, who: &Guest, socket: &mut Socket, body: Value) -> (u16, String) {
    let (status, problem) = post(server, room, who, "refused", body.clone()).await;
    socket
        .send(json!({"type": "instant_chat_message", "clientId": "refused", "body": body}))
        .await;
    let error = socket.next_of("error").await;
    assert_eq!(
        (&error["code"], &error["clientId"]),
        (&problem["code"], &json!("refused"))
    );
    (status.as_u16(), problem["code"].as_str().expect("a code").to_owned())
}

fn bodies(entries: &[Value]) -> Vec<&Value> {
    entries.iter().map(|entry| &entry["body"]).collect()
}

#[tokio::test]
async fn all_hear_of_an_edit_and_nobody_reads_the_old_words() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, mut noors) = server.enter(&room, "Noor").await;
        let said = mayas.say("m1", "old words").await;
        noors.entries_until("old words").await;
        let (status, entry) = post(&server, &room, &maya, "e1", edit(said, "new words\n")).await;
        assert_eq!(status, StatusCode::CREATED, "{entry}");
        assert_eq!(entry["body"], edit(said, "new words"));
        assert_eq!(noors.entries(1).await[0], entry);
        // Sent again, it is the same entry.
        let (_, again) = post(&server, &room, &maya, "e1", edit(said, "new words")).await;
        assert_eq!(again, entry);

        let (_, page) = server.history(&room, &noor, &format!("?after={}", said - 1)).await;
        let entries = page["entries"].as_array().expect("entries");
        let new = json!({"v": 1, "kind": "text", "text": "new words", "edited": true});
        assert_eq!(bodies(entries), [&new, &edit(said, "new words")]);
        assert_eq!(entries[0]["clientId"], "m1");
    }
}

#[tokio::test]
async fn an_answer_stays_one_when_it_is_edited() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let answer = json!({"v": 1, "kind": "text", "text": "yes", "replyTo": 1, "edited": true});
    let (_, said) = post(&server, &room, &maya, "m1", answer).await;
    let seq = said["seq"].as_u64().expect("a seq");
    // That something was edited is the server's word.
    assert_eq!(
        said["body"],
        json!({"v": 1, "kind": "text", "text": "yes", "replyTo": 1})
    );
    post(&server, &room, &maya, "e1", edit(seq, "no")).await;
    let (_, page) = server
        .history(&room, &maya, &format!("?after={}&limit=1", seq - 1))
        .await;
    assert_eq!(
        page["entries"][0]["body"],
        json!({"v": 1, "kind": "text", "text": "no", "replyTo": 1, "edited": true})
    );
}

#[tokio::test]
async fn a_deleted_message_is_deleted_for_all() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, mut noors) = server.enter(&room, "Noor").await;
        let said = mayas.say("m1", "words").await;
        mayas.entries_until("words").await;
        let (status, entry) = post(&server, &room, &maya, "d1", delete(said)).await;
        assert_eq!(status, StatusCode::CREATED, "{entry}");
        noors.entries_until("words").await;
        assert_eq!(noors.entries(1).await[0], entry);
        let (_, page) = server.history(&room, &noor, &format!("?after={}", said - 1)).await;
        assert_eq!(
            bodies(page["entries"].as_array().expect("entries")),
            [&json!({"v": 1, "kind": "deleted"}), &delete(said)]
        );
        let (status, again) = post(&server, &room, &maya, "d1", delete(said)).await;
        assert_eq!((status, again), (StatusCode::CREATED, entry));
        let gone = (404, "unknown_entry".to_owned());
        for body in [edit(said, "words"), delete(said), react(said, "👍")] {
            assert_eq!(refused(&server, &room, &maya, &mut mayas, body).await, gone);
        }
    }
}

#[tokio::test]
async fn a_deleted_picture_is_gone_with_its_small_copy() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let at = format!("/api/chat/instant/{}/media", room.id);
    let upload = server
        .post(&at)
        .bearer_auth(&maya.token)
        .body(files::large_drawing(1_024));
    let (status, uploaded) = answer(upload).await;
    assert_eq!(status, StatusCode::CREATED, "{uploaded}");
    let id = uploaded["mediaId"].as_str().expect("an id");
    let shows =
        json!({"v": 1, "kind": "image", "mediaId": id, "width": uploaded["width"], "height": uploaded["height"]});
    let (_, said) = post(&server, &room, &maya, "m1", shows).await;
    let seq = said["seq"].as_u64().expect("a seq");
    let shelved = || {
        let folder = server.data_dir().join("media").join(&room.id);
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    };
    assert_eq!(shelved(), 2, "the picture and its small copy");
    let (status, problem) = post(&server, &room, &maya, "e1", edit(seq, "words")).await;
    assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("invalid_message")));

    let (status, _) = post(&server, &room, &maya, "d1", delete(seq)).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(shelved(), 0);
    for version in ["", "?size=small"] {
        let get = server.get(&format!("{at}/{id}{version}")).bearer_auth(&maya.token);
        let (status, problem) = answer(get).await;
        assert_eq!((status.as_u16(), &problem["code"]), (404, &json!("unknown_media")));
    }
}

#[tokio::test]
async fn a_reaction_is_told_in_one_spelling_and_taken_back() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let (noor, mut noors) = server.enter(&room, "Noor").await;
    let said = mayas.say("m1", "words").await;
    noors.entries_until("words").await;
    let (status, _) = post(&server, &room, &noor, "r1", react(said, "\u{2764}")).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(noors.entries(1).await[0]["body"], react(said, "\u{2764}\u{fe0f}"));
    let mut back = react(said, "\u{2764}");
    back["on"] = false.into();
    post(&server, &room, &noor, "r2", back).await;
    assert_eq!(noors.entries(1).await[0]["body"]["on"], false);
}

#[tokio::test]
async fn nobody_changes_what_somebody_else_said() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (_, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, mut noors) = server.enter(&room, "Noor").await;
        let said = mayas.say("m1", "words").await;
        noors.entries_until("words").await;
        for body in [edit(said, "other words"), delete(said)] {
            let told = refused(&server, &room, &noor, &mut noors, body).await;
            assert_eq!(told, (403, "not_yours".to_owned()));
        }
        let (_, page) = server.history(&room, &noor, &format!("?after={}", said - 1)).await;
        assert_eq!(page["entries"].as_array().map(Vec::len), Some(1));
        assert_eq!(page["entries"][0]["body"]["text"], "words");
    }
}

#[tokio::test]
async fn what_is_no_message_here_is_not_amended() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let elsewhere = server.join(&other, "Maya").await;
    for n in 0..5 {
        server
            .post_message(&other, &elsewhere.token, &format!("m{n}"), "over there")
            .await;
    }
    let said = mayas.say("m1", "words").await;
    let (_, reaction) = post(&server, &room, &maya, "r1", react(said, "👍")).await;
    let reaction = reaction["seq"].as_u64().expect("a seq");
    // A join, an amendment, what is in another room only, nothing.
    for target in [1, reaction, reaction + 1, 0, 1 << 40] {
        for body in [edit(target, "x"), delete(target), react(target, "👍")] {
            let (status, problem) = post(&server, &room, &maya, "x", body).await;
            assert_eq!(
                (status.as_u16(), &problem["code"]),
                (404, &json!("unknown_entry")),
                "{target}"
            );
        }
    }
}

#[tokio::test]
async fn what_was_said_before_one_came_to_a_live_room_is_not_amended() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let said = mayas.say("m1", "words").await;
    let (noor, mut noors) = server.enter(&room, "Noor").await;
    for body in [react(said, "👍"), edit(said, "x"), delete(said)] {
        let told = refused(&server, &room, &noor, &mut noors, body).await;
        assert_eq!(told, (404, "unknown_entry".to_owned()));
    }
}

#[tokio::test]
async fn what_is_no_amendment_is_refused() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let said = mayas.say("m1", "words").await;
    for (body, code) in [
        (react(said, "<b>"), "invalid_reaction"),
        (react(said, "👍👍"), "invalid_reaction"),
        (react(said, ""), "invalid_reaction"),
        (edit(said, "  "), "invalid_message"),
        (json!({"v": 1, "kind": "edit", "target": said}), "invalid_message"),
        (json!({"v": 1, "kind": "deleted"}), "invalid_message"),
        (json!({"v": 1, "kind": "delete"}), "invalid_message"),
        (json!({"v": 1, "kind": "delete", "target": -1}), "invalid_message"),
    ] {
        let told = refused(&server, &room, &maya, &mut mayas, body.clone()).await;
        assert_eq!(told, (422, code.to_owned()), "{body}");
    }
}

#[tokio::test]
async fn an_ended_chat_is_not_amended() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let (_, said) = server.post_message(&room, &maya.token, "m1", "words").await;
    server.end(&room, &room.creator_token).await;
    let said = said["seq"].as_u64().expect("a seq");
    for body in [react(said, "👍"), edit(said, "x"), delete(said)] {
        let (status, problem) = post(&server, &room, &maya, "x", body).await;
        assert_eq!((status.as_u16(), &problem["code"]), (410, &json!("ended")));
    }
}
