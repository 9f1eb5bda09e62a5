//! What one says, the others hear: once, in one order.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{TestServer, say};

fn seqs(entries: &[Value]) -> Vec<u64> {
    entries
        .iter()
        .map(|entry| entry["seq"].as_u64().expect("a seq"))
        .collect()
}

#[tokio::test]
async fn two_people_chat_in_rooms_of_both_kinds() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, mut noors) = server.enter(&room, "Noor").await;
        assert_eq!(noors.welcome["storeHistory"], store_history);

        let ack = mayas.say("m1", "Hello").await;
        let heard = noors.entries_until("Hello").await.pop().expect("an entry");
        assert_eq!(heard["from"], maya.id);
        assert_eq!(heard["seq"], ack);
        assert_eq!(heard["clientId"], "m1");

        noors.say("n1", "Hello yourself").await;
        let heard = mayas.entries_until("Hello yourself").await;
        assert_eq!(heard.last().expect("an entry")["from"], noor.id);
        assert!(heard.iter().any(|entry| entry["participant"]["name"] == "Noor"));
    }
}

#[tokio::test]
async fn everybody_sees_the_same_order_without_gaps() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let mut sockets = Vec::new();
        for name in ["Maya", "Noor", "Sam"] {
            sockets.push(server.enter(&room, name).await.1);
        }
        // The first one has seen everybody come; what follows is for all the same.
        sockets[0].entries(3).await;
        sockets[1].entries(if store_history { 3 } else { 2 }).await;
        sockets[2].entries(if store_history { 3 } else { 1 }).await;
        let chatting = sockets.into_iter().enumerate().map(|(who, mut socket)| async move {
            for n in 0..10 {
                socket.send(say(&format!("c{n}"), &format!("{who}: {n}"))).await;
            }
            socket.entries(30).await
        });
        let heard = futures_util::future::join_all(chatting).await;
        assert_eq!(seqs(&heard[0]), (4..34).collect::<Vec<_>>());
        assert_eq!(heard[0], heard[1]);
        assert_eq!(heard[1], heard[2]);
        for who in 0..3 {
            let own: Vec<_> = heard[0]
                .iter()
                .filter_map(|entry| entry["body"]["text"].as_str()?.strip_prefix(&format!("{who}: ")))
                .collect();
            assert_eq!(
                own,
                ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
                "a sender's own order"
            );
        }
    }
}

#[tokio::test]
async fn a_message_sent_again_is_the_same_message() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (_, mut mayas) = server.enter(&room, "Maya").await;
        let (_, mut noors) = server.enter(&room, "Noor").await;
        let first = mayas.say("m1", "Hello").await;
        assert_eq!(mayas.say("m1", "Hello").await, first);
        // The same name in another's mouth is another message.
        let other = noors.say("m1", "Hi").await;
        assert_eq!(other, first + 1);
        mayas.say("m2", "Bye").await;
        let heard = noors.entries_until("Bye").await;
        assert_eq!(heard.iter().filter(|entry| entry["body"]["text"] == "Hello").count(), 1);
    }
}

#[tokio::test]
async fn the_same_client_id_many_times_at_once_is_one_message() {
    let server = TestServer::with(&["--message-burst=100"]).await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let attempts = (0..50).map(|_| server.post_message(&room, &maya.token, "m1", "Hello"));
    let answers = futures_util::future::join_all(attempts).await;
    for (status, entry) in &answers {
        assert_eq!(*status, StatusCode::CREATED);
        assert_eq!(entry, &answers[0].1);
    }
    let (_, page) = server.history(&room, &maya, "").await;
    assert_eq!(page["entries"].as_array().expect("entries").len(), 2);
}

#[tokio::test]
async fn bodies_of_unknown_kinds_are_refused_by_name() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut socket) = server.enter(&room, "Maya").await;
    for body in [
        json!({"v": 1, "kind": "hologram"}),
        json!({"v": 1, "kind": "text", "text": " "}),
        json!("Hello"),
    ] {
        socket
            .send(json!({"type": "instant_chat_message", "clientId": "m1", "body": body}))
            .await;
        let error = socket.next_of("error").await;
        assert_eq!(error["code"], "invalid_message");
        assert_eq!(error["clientId"], "m1");
    }
    socket.say("m2", "still here").await;
}

#[tokio::test]
async fn what_shows_nothing_is_not_said() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut socket) = server.enter(&room, "Maya").await;
    let first = socket.say("m1", "Hello").await;
    for blank in [
        "\u{200B}",
        "\u{2800}",
        "\u{3164}",
        "\u{FEFF}",
        "\u{AD}",
        "\u{180B}",
        "\u{E0100}",
        " \u{2060}\n\u{200D}",
    ] {
        let (status, problem) = server.post_message(&room, &maya.token, "m2", blank).await;
        assert_eq!(
            (status.as_u16(), &problem["detail"]),
            (422, &json!("The message is empty.")),
            "{blank:?}"
        );
        let edit = json!({"v": 1, "kind": "edit", "target": first, "text": blank});
        socket
            .send(json!({"type": "instant_chat_message", "clientId": "m3", "body": edit}))
            .await;
        assert_eq!(socket.next_of("error").await["code"], "invalid_message", "{blank:?}");
    }
    let words = "\u{200B}👨‍👩‍👧‍👦\u{200B}";
    let (_, entry) = server.post_message(&room, &maya.token, "m2", words).await;
    assert_eq!(entry["body"]["text"], words, "what shows something is as it was");
}

#[tokio::test]
async fn typing_is_passed_on_and_leaves_no_entry() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    mayas.send(json!({"type": "instant_chat_typing", "typing": true})).await;
    let signal = noors.next_of("instant_chat_typing").await;
    assert_eq!(
        signal,
        json!({"type": "instant_chat_typing", "from": maya.id, "typing": true})
    );
    // Within the same second once is enough; that she stopped is told.
    mayas.send(json!({"type": "instant_chat_typing", "typing": true})).await;
    mayas
        .send(json!({"type": "instant_chat_typing", "typing": false}))
        .await;
    assert_eq!(noors.next_of("instant_chat_typing").await["typing"], false);
    assert_eq!(mayas.say("m1", "Hello").await, 3);
}

#[tokio::test]
async fn who_asks_whether_the_server_is_there_is_told_so_and_it_counts_as_a_frame() {
    let server = TestServer::with(&["--socket-limit=3/1h"]).await;
    let room = server.create(true).await;
    let (_, mut socket) = server.enter(&room, "Maya").await;
    for _ in 0..3 {
        socket.send(json!({"type": "beat"})).await;
        assert_eq!(socket.next_of("beat").await, json!({"type": "beat"}));
    }
    socket.send(json!({"type": "beat"})).await;
    assert_eq!(socket.next_of("error").await["code"], "rate_limited");
}

#[tokio::test]
async fn a_newcomer_is_told_who_is_there() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, _mayas) = server.enter(&room, "Maya").await;
    let (noor, noors) = server.enter(&room, "Noor").await;
    assert_eq!(noors.welcome["you"], json!({"id": noor.id, "name": "Noor"}));
    assert_eq!(
        noors.welcome["participants"],
        json!([{"id": maya.id, "name": "Maya", "online": true}, {"id": noor.id, "name": "Noor", "online": true}])
    );
    assert_eq!(noors.welcome["limits"]["textChars"], 4_000);
}

#[tokio::test]
async fn a_clock_that_jumps_changes_neither_order_nor_who_is_there() {
    const DAY_MILLIS: i64 = 86_400_000;
    let server = TestServer::with(&["--room-ttl=7d"]).await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (noor, noors) = server.enter(&room, "Noor").await;
        let first = mayas.say("m1", "before").await;
        server.clock.advance(DAY_MILLIS);
        assert_eq!(mayas.say("m2", "a day later").await, first + 1);
        // Noor is on the way back: no timer thinks that the time is over.
        noors.vanish();
        server.clock.advance(-2 * DAY_MILLIS);
        assert_eq!(mayas.say("m3", "a day earlier").await, first + 2);
        assert_eq!(mayas.say("m1", "before").await, first, "a retry is still known");
        let mut noors = server.connect(&room, &noor).await;
        noors.say("n1", "back").await;
        let (_, page) = server.history(&room, &maya, "").await;
        let entries = page["entries"].as_array().expect("entries");
        assert_eq!(seqs(entries), [1, 2, 3, 4, 5, 6], "two joins, four messages");
    }
}
