//! Who is there, and who has left.

use serde_json::json;
use tokio::time::Instant;

use crate::harness::TestServer;

#[tokio::test]
async fn two_tabs_are_one_participant_and_each_hears_everything_once() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut first) = server.enter(&room, "Maya").await;
    let mut second = server.connect(&room, &maya).await;
    assert_eq!(second.welcome["you"]["id"], maya.id);
    assert_eq!(second.welcome["participants"].as_array().expect("a list").len(), 1);
    first.say("m1", "Hello").await;
    assert_eq!(first.say("m2", "Bye").await, 3);
    let heard = second.entries_until("Bye").await;
    assert_eq!(
        heard
            .iter()
            .map(|entry| entry["seq"].as_u64().expect("a seq"))
            .collect::<Vec<_>>(),
        [1, 2, 3]
    );
}

#[tokio::test]
async fn joining_again_with_the_token_is_the_same_participant() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let path = format!("/api/chat/instant/{}/join", room.id);
    let request = server
        .post(&path)
        .bearer_auth(&maya.token)
        .json(&json!({"name": "Maya"}));
    let (_, again) = crate::harness::answer(request).await;
    assert_eq!(again["participant"]["id"], maya.id);
    assert_eq!(again["token"], maya.token);
    assert_eq!(again["seq"], 1, "no second entry");
}

#[tokio::test]
async fn a_reload_leaves_no_trace() {
    let server = TestServer::with(&["--leave-after=1h"]).await;
    let room = server.create(true).await;
    let (maya, mayas) = server.enter(&room, "Maya").await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    mayas.vanish();
    while noors.next_of("presence").await["off"] != json!([maya.id]) {}
    let mut back = server.connect(&room, &maya).await;
    assert_eq!(back.say("m1", "back").await, 3, "two joins and this");
    noors.entries_until("back").await;
}

#[tokio::test]
async fn who_stays_away_leaves_and_who_returns_is_the_same() {
    let server = TestServer::with(&["--leave-after=50ms"]).await;
    let room = server.create(true).await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    let (maya, mayas) = server.enter(&room, "Maya").await;
    mayas.vanish();
    let left = noors.next_of("instant_chat_user_left").await;
    assert_eq!(left["participant"], json!({"id": maya.id, "name": "Maya"}));
    let mut back = server.connect(&room, &maya).await;
    assert_eq!(back.welcome["you"]["id"], maya.id);
    let joined = noors.next_of("instant_chat_user_joined").await;
    assert_eq!(joined["participant"]["id"], maya.id);
    back.say("m1", "back").await;
}

#[tokio::test]
async fn who_joins_and_never_connects_leaves_too() {
    let server = TestServer::with(&["--leave-after=50ms"]).await;
    let room = server.create(true).await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    let maya = server.join(&room, "Maya").await;
    // On a busy machine Noor may have been missed herself before she connected.
    while noors.next_of("instant_chat_user_left").await["participant"]["id"] != maya.id {}
}

#[tokio::test]
async fn a_goodbye_is_immediate_and_for_all_tabs() {
    let server = TestServer::with(&["--leave-after=1h"]).await;
    let room = server.create(true).await;
    let (_, mut noors) = server.enter(&room, "Noor").await;
    let (maya, mut first) = server.enter(&room, "Maya").await;
    let mut second = server.connect(&room, &maya).await;
    first.send(crate::harness::say("m1", "Bye")).await;
    first.send(json!({"type": "leave_instant_chat"})).await;
    let (last_frames, code) = first.until_closed().await;
    assert_eq!(code, Some(1000));
    assert!(
        last_frames.iter().any(|frame| frame["type"] == "ack"),
        "what was said before is said"
    );
    assert_eq!(second.until_closed().await.1, Some(4003));
    noors.entries_until("Bye").await;
    assert_eq!(
        noors.next_of("instant_chat_user_left").await["participant"]["id"],
        maya.id
    );
}

#[tokio::test]
async fn who_was_inside_at_a_restart_gets_the_time_of_a_reload() {
    let server = TestServer::with(&["--leave-after=300ms"]).await;
    let room = server.create(true).await;
    let (maya, mayas) = server.enter(&room, "Maya").await;
    let (noor, noors) = server.enter(&room, "Noor").await;
    let seen = noors.welcome["seq"].as_u64().expect("a seq");
    let epoch = noors.welcome["epoch"].clone();
    let server = server.restart().await;
    drop((mayas, noors));
    let mut back = server.socket(&room).await;
    back.join(json!({"token": noor.token, "epoch": epoch, "after": seen}))
        .await;
    let next = back.entries(1).await.pop().expect("an entry");
    assert_eq!(next["type"], "instant_chat_user_left");
    assert_eq!(next["participant"]["id"], maya.id);
    assert_eq!(next["seq"], seen + 1, "nobody else came or went");
}

#[tokio::test]
async fn only_participants_are_told_who_is_there() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, _socket) = server.enter(&room, "Maya").await;
    let path = format!("/api/chat/instant/{}", room.id);
    let (_, outside) = crate::harness::answer(server.get(&path)).await;
    assert_eq!(outside["participantCount"], 1);
    assert_eq!(outside.get("participants"), None);
    let (_, inside) = crate::harness::answer(server.get(&path).bearer_auth(&maya.token)).await;
    assert_eq!(inside["participants"], json!([{"id": maya.id, "name": "Maya"}]));
}

/// What somebody inside is sent of one who comes in: frames and bytes.
#[tokio::test]
async fn what_a_join_costs_those_inside_does_not_grow_with_their_number() {
    const GUESTS: usize = 30;
    let (server, start) = (TestServer::start().await, Instant::now());
    let room = server.create(true).await;
    let (_, mut watcher) = server.enter(&room, "Watcher").await;
    let (mut inside, mut costs, mut lists) = (Vec::new(), Vec::new(), 0);
    for _ in 0..GUESTS {
        let (guest, socket) = server.enter(&room, "Guest").await;
        inside.push(socket);
        let mut cost = (0, 0);
        let mut is_on = false;
        while !is_on {
            let mut frame = watcher.next().await;
            is_on = frame["on"].as_array().is_some_and(|on| on.contains(&json!(guest.id)));
            lists += u64::from(frame.as_object_mut().expect("a frame").remove("online").is_some());
            cost = (cost.0 + 1, cost.1 + frame.to_string().len());
        }
        costs.push(cost);
    }
    // That they themselves are there may have been told together with the first.
    for (frames, bytes) in &costs[1..] {
        assert_eq!(*frames, 2, "that they joined, and are there: {costs:?}");
        assert!(
            bytes.abs_diff(costs[1].1) <= 1,
            "but for the number's digits: {costs:?}"
        );
    }
    assert!(lists <= start.elapsed().as_secs() / 60, "lists for old pages: {lists}");
}
