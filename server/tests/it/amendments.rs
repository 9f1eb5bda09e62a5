//! Edits, deletions, reactions: what they do, and who may not. Programs of before say the first two by a kind of body, and are
//! understood.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Guest, Socket, TestRoom, TestServer, answer, files};

fn says(body: Value) -> Value {
    Value::from_iter([("body", body)])
}

fn text(words: &str) -> Value {
    json!({"v": 1, "kind": "text", "text": words})
}

fn edit(target: u64, body: Value) -> Value {
    Value::from_iter([("op", "edit".into()), ("target", target.into()), ("body", body)])
}

fn delete(target: u64) -> Value {
    json!({"op": "delete", "target": target})
}

/// As programs say it that know no `op`.
mod before {
    use serde_json::{Value, json};

    pub(super) fn edit(target: u64, words: &str) -> Value {
        json!({"body": {"v": 1, "kind": "edit", "target": target, "text": words}})
    }

    pub(super) fn delete(target: u64) -> Value {
        json!({"body": {"v": 1, "kind": "delete", "target": target}})
    }
}

fn react(target: u64, emoji: &str) -> Value {
    json!({"body": {"v": 1, "kind": "reaction", "target": target, "emoji": emoji, "on": true}})
}

async fn post(server: &TestServer, room: &TestRoom, who: &Guest, id: &str, mut message: Value) -> (StatusCode, Value) {
    let path = format!("/api/chat/instant/{}/messages", room.id);
    message["clientId"] = id.into();
    answer(server.post(&path).bearer_auth(&who.token).json(&message)).await
}

/// The code with which a message is refused, over REST and over a socket.
async fn refused(
    server: &TestServer,
    room: &TestRoom,
    who: &Guest,
    socket: &mut Socket,
    message: Value,
) -> (u16, String) {
    let (status, problem) = post(server, room, who, "refused", message.clone()).await;
    let mut frame = message;
    (frame["type"], frame["clientId"]) = ("instant_chat_message".into(), "refused".into());
    socket.send(frame).await;
    let error = socket.next_of("error").await;
    assert_eq!(
        (&error["code"], &error["clientId"]),
        (&problem["code"], &json!("refused"))
    );
    (status.as_u16(), problem["code"].as_str().expect("a code").to_owned())
}

/// What an entry says, without what every one has.
fn said(entry: &Value) -> Value {
    let mut said = entry.as_object().expect("an entry").clone();
    for field in ["type", "seq", "at", "from", "clientId"] {
        assert!(said.remove(field).is_some(), "{field}");
    }
    said.into()
}

fn all_said(page: &Value) -> Vec<Value> {
    page["entries"].as_array().expect("entries").iter().map(said).collect()
}

#[tokio::test]
async fn all_hear_of_an_edit_and_nobody_reads_the_old_words() {
    let server = TestServer::with(&["--message-burst=1000"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, mut noors) = server.enter(&room, "Noor").await;
        for (way, sent) in [
            ("today's", edit as fn(u64, Value) -> Value),
            ("before", |target, body| {
                before::edit(target, body["text"].as_str().expect("words"))
            }),
        ] {
            let id = |of: &str| format!("{of} {way}").replace([' ', '\''], "-");
            let target = mayas.say(&id("m"), "old words").await;
            noors.entries_until("old words").await;
            let (status, entry) = post(&server, &room, &maya, &id("e"), sent(target, text("new words\n"))).await;
            assert_eq!(status, StatusCode::CREATED, "{entry}");
            assert_eq!(said(&entry), edit(target, text("new words")), "{way}");
            assert_eq!(noors.entries(1).await[0], entry);
            // Sent again, it is the same entry.
            let (_, again) = post(&server, &room, &maya, &id("e"), sent(target, text("new words"))).await;
            assert_eq!(again, entry);

            let (_, page) = server.history(&room, &noor, &format!("?after={}", target - 1)).await;
            let edited = json!({"edited": true, "body": text("new words")});
            assert_eq!(all_said(&page), [edited, edit(target, text("new words"))]);
            assert_eq!(page["entries"][0]["clientId"], id("m"));

            // Of the edit, nothing is left with the next one.
            post(&server, &room, &maya, &id("f"), sent(target, text("newer words"))).await;
            noors.entries(1).await;
            let (_, page) = server.history(&room, &noor, &format!("?after={}", target - 1)).await;
            assert_eq!(
                all_said(&page),
                [
                    json!({"edited": true, "body": text("newer words")}),
                    json!({"op": "edit", "target": target}),
                    edit(target, text("newer words")),
                ]
            );
        }
    }
}

#[tokio::test]
async fn an_edit_is_the_whole_new_body() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let answering = |words: &str| json!({"v": 1, "kind": "text", "text": words, "replyTo": 1});
    let mut answer = says(answering("yes"));
    // That something was edited is the server's word.
    (answer["edited"], answer["body"]["edited"]) = (true.into(), true.into());
    let (_, entry) = post(&server, &room, &maya, "m1", answer).await;
    assert_eq!(said(&entry), says(answering("yes")));
    let seq = entry["seq"].as_u64().expect("a seq");
    let now = async || {
        let (_, page) = server
            .history(&room, &maya, &format!("?after={}&limit=1", seq - 1))
            .await;
        said(&page["entries"][0])
    };
    // Who only says other words leaves it an answer.
    post(&server, &room, &maya, "e1", before::edit(seq, "no")).await;
    assert_eq!(now().await, json!({"edited": true, "body": answering("no")}));
    post(&server, &room, &maya, "e2", edit(seq, text("never"))).await;
    assert_eq!(now().await, json!({"edited": true, "body": text("never")}));
}

#[tokio::test]
async fn a_deleted_message_is_deleted_for_all() {
    let server = TestServer::with(&["--message-burst=1000"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, mut noors) = server.enter(&room, "Noor").await;
        for (way, sent) in [("a", delete as fn(u64) -> Value), ("b", before::delete)] {
            let target = mayas.say(&format!("m{way}"), way).await;
            mayas.entries_until(way).await;
            let id = format!("d{way}");
            let (status, entry) = post(&server, &room, &maya, &id, sent(target)).await;
            assert_eq!(status, StatusCode::CREATED, "{entry}");
            assert_eq!(said(&entry), delete(target));
            noors.entries_until(way).await;
            assert_eq!(noors.entries(1).await[0], entry);
            let (_, page) = server.history(&room, &noor, &format!("?after={}", target - 1)).await;
            let left = json!({"deleted": true, "body": {"v": 1, "kind": "deleted"}});
            assert_eq!(all_said(&page), [left, delete(target)]);
            let (status, again) = post(&server, &room, &maya, &id, sent(target)).await;
            assert_eq!((status, again), (StatusCode::CREATED, entry));
            let gone = (404, "unknown_entry".to_owned());
            for message in [
                edit(target, text("words")),
                delete(target),
                before::edit(target, "words"),
                before::delete(target),
            ] {
                assert_eq!(refused(&server, &room, &maya, &mut mayas, message).await, gone);
            }
        }
    }
}

/// Uploads a picture: the body of a message that shows it, and its id.
async fn picture(server: &TestServer, room: &TestRoom, who: &Guest) -> (Value, String) {
    let at = format!("/api/chat/instant/{}/media", room.id);
    let upload = server
        .post(&at)
        .bearer_auth(&who.token)
        .body(files::large_drawing(1_024));
    let (status, uploaded) = answer(upload).await;
    assert_eq!(status, StatusCode::CREATED, "{uploaded}");
    let id = uploaded["mediaId"].as_str().expect("an id").to_owned();
    let shows =
        json!({"v": 1, "kind": "image", "mediaId": id, "width": uploaded["width"], "height": uploaded["height"]});
    (shows, id)
}

#[tokio::test]
async fn a_picture_is_gone_with_its_small_copy_when_no_message_shows_it_any_more() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let kept = || {
        let folder = server.data_dir().join("media").join(&room.id);
        std::fs::read_dir(folder).map_or(0, Iterator::count)
    };
    for (n, takes) in [delete, |seq| edit(seq, text("words")), before::delete]
        .into_iter()
        .enumerate()
    {
        let (shows, id) = picture(&server, &room, &maya).await;
        let (_, entry) = post(&server, &room, &maya, &format!("m{n}"), says(shows.clone())).await;
        assert_eq!(
            said(&entry),
            json!({"media": [id], "body": shows}),
            "its header says what it shows"
        );
        let seq = entry["seq"].as_u64().expect("a seq");
        assert_eq!(kept(), 2, "the picture and its small copy");
        let (status, problem) = post(&server, &room, &maya, "e1", before::edit(seq, "words")).await;
        assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("invalid_message")));
        // Another description, of the same picture.
        let mut described = shows;
        described["alt"] = "A drawing".into();
        let mut describe = edit(seq, described.clone());
        describe["media"] = json!([id]);
        let (status, entry) = post(&server, &room, &maya, &format!("a{n}"), describe.clone()).await;
        assert_eq!((status, said(&entry)), (StatusCode::CREATED, describe));
        assert_eq!(kept(), 2);

        let (status, _) = post(&server, &room, &maya, &format!("d{n}"), takes(seq)).await;
        assert_eq!(status, StatusCode::CREATED);
        assert_eq!(kept(), 0);
        for version in ["", "?size=small"] {
            let path = format!("/api/chat/instant/{}/media/{id}{version}", room.id);
            let (status, problem) = answer(server.get(&path).bearer_auth(&maya.token)).await;
            assert_eq!((status.as_u16(), &problem["code"]), (404, &json!("unknown_media")));
        }
    }
}

#[tokio::test]
async fn a_header_names_what_the_body_shows_and_nothing_else() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let (shows, id) = picture(&server, &room, &maya).await;
    let other = "A".repeat(id.len());
    for (media, body) in [
        (json!([other]), shows.clone()),
        (json!([id, id]), shows.clone()),
        (json!([id]), text("no picture")),
    ] {
        let message = json!({"media": media, "body": body});
        let told = refused(&server, &room, &maya, &mut mayas, message).await;
        assert_eq!(told, (422, "invalid_message".to_owned()), "{media}");
    }
    let (status, entry) = post(&server, &room, &maya, "m1", json!({"media": [id], "body": shows})).await;
    assert_eq!(status, StatusCode::CREATED, "{entry}");
}

#[tokio::test]
async fn a_reaction_is_told_in_one_spelling_and_taken_back() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    let (noor, mut noors) = server.enter(&room, "Noor").await;
    let target = mayas.say("m1", "words").await;
    noors.entries_until("words").await;
    let (status, _) = post(&server, &room, &noor, "r1", react(target, "\u{2764}")).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(said(&noors.entries(1).await[0]), react(target, "\u{2764}\u{fe0f}"));
    let mut back = react(target, "\u{2764}");
    back["body"]["on"] = false.into();
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
        let target = mayas.say("m1", "words").await;
        noors.entries_until("words").await;
        for message in [
            edit(target, text("other words")),
            delete(target),
            before::edit(target, "other words"),
            before::delete(target),
        ] {
            let told = refused(&server, &room, &noor, &mut noors, message).await;
            assert_eq!(told, (403, "not_yours".to_owned()));
        }
        let (_, page) = server.history(&room, &noor, &format!("?after={}", target - 1)).await;
        assert_eq!(all_said(&page), [says(text("words"))]);
    }
}

#[tokio::test]
async fn what_is_no_message_here_is_not_amended() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    let (room, other) = (server.create(true).await, server.create(true).await);
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let elsewhere = server.join(&other, "Maya").await;
    for n in 0..6 {
        server
            .post_message(&other, &elsewhere.token, &format!("m{n}"), "over there")
            .await;
    }
    let target = mayas.say("m1", "words").await;
    let (_, edited) = post(&server, &room, &maya, "e1", edit(target, text("other words"))).await;
    let edited = edited["seq"].as_u64().expect("a seq");
    // A join, an edit, what is in another room only, nothing.
    for target in [1, edited, edited + 1, 0, 1 << 40] {
        for message in [
            edit(target, text("x")),
            delete(target),
            before::edit(target, "x"),
            before::delete(target),
        ] {
            let (status, problem) = post(&server, &room, &maya, "x", message).await;
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
    let target = mayas.say("m1", "words").await;
    let (noor, mut noors) = server.enter(&room, "Noor").await;
    for message in [edit(target, text("x")), delete(target), before::edit(target, "x")] {
        let told = refused(&server, &room, &noor, &mut noors, message).await;
        assert_eq!(told, (404, "unknown_entry".to_owned()));
    }
}

#[tokio::test]
async fn what_is_no_amendment_is_refused() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let target = mayas.say("m1", "words").await;
    for (message, code) in [
        (react(target, "<b>"), "invalid_reaction"),
        (react(target, "👍👍"), "invalid_reaction"),
        (react(target, ""), "invalid_reaction"),
        (edit(target, text("  ")), "invalid_message"),
        (edit(target, text("\u{200b}")), "invalid_message"),
        (edit(target, json!({"v": 1, "kind": "hologram"})), "invalid_message"),
        (edit(target, json!({"v": 1, "kind": "deleted"})), "invalid_message"),
        (json!({"op": "edit", "target": target}), "invalid_message"),
        (json!({"op": "edit", "body": text("x")}), "invalid_message"),
        (json!({"op": "delete"}), "invalid_message"),
        (json!({"op": "delete", "target": -1}), "invalid_message"),
        (json!({"op": "pin", "target": target}), "invalid_message"),
        (json!({}), "invalid_message"),
        (before::edit(target, "  "), "invalid_message"),
        (
            says(json!({"v": 1, "kind": "edit", "target": target})),
            "invalid_message",
        ),
        (says(json!({"v": 1, "kind": "deleted"})), "invalid_message"),
        (says(json!({"v": 1, "kind": "delete"})), "invalid_message"),
        (says(json!({"v": 1, "kind": "delete", "target": -1})), "invalid_message"),
    ] {
        let told = refused(&server, &room, &maya, &mut mayas, message.clone()).await;
        assert_eq!(told, (422, code.to_owned()), "{message}");
    }
}

#[tokio::test]
async fn what_a_reaction_or_an_answer_is_about_is_a_matter_of_its_readers() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let target = mayas.say("m1", "words").await;
        post(&server, &room, &maya, "d1", delete(target)).await;
        for (n, about) in [target, 1, 1 << 40].into_iter().enumerate() {
            let answer = says(json!({"v": 1, "kind": "text", "text": "Yes", "replyTo": about}));
            for (id, message) in [(format!("r{n}"), react(about, "👍")), (format!("a{n}"), answer)] {
                let (status, entry) = post(&server, &room, &maya, &id, message.clone()).await;
                assert_eq!((status, said(&entry)), (StatusCode::CREATED, message));
            }
        }
    }
}

#[tokio::test]
async fn an_ended_chat_is_not_amended() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let (_, entry) = server.post_message(&room, &maya.token, "m1", "words").await;
    server.end(&room, &room.creator_token).await;
    let target = entry["seq"].as_u64().expect("a seq");
    for message in [react(target, "👍"), edit(target, text("x")), delete(target)] {
        let (status, problem) = post(&server, &room, &maya, "x", message).await;
        assert_eq!((status.as_u16(), &problem["code"]), (410, &json!("ended")));
    }
}
