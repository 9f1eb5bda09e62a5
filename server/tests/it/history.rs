//! A cursor, and what follows it.

use serde_json::{Value, json};

use crate::harness::{TestServer, say};

fn words(entries: &[Value]) -> Vec<&str> {
    entries
        .iter()
        .filter_map(|entry| entry["body"]["text"].as_str())
        .collect()
}

#[tokio::test]
async fn who_comes_late_to_a_stored_room_reads_all_of_it() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    mayas.say("m1", "before").await;
    let (noor, mut noors) = server.enter(&room, "Noor").await;
    let entries = noors.entries(3).await;
    assert_eq!(words(&entries), ["before"]);
    let (_, page) = server.history(&room, &noor, "").await;
    assert_eq!(page["entries"].as_array().expect("entries"), &entries);
    assert_eq!(page["nextAfter"], 3);
}

#[tokio::test]
async fn who_comes_late_to_a_live_room_hears_nothing_of_what_was_said_before() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    mayas.say("m1", "before").await;
    let (noor, mut noors) = server.enter(&room, "Noor").await;
    mayas.say("m2", "after").await;
    let entries = noors.entries_until("after").await;
    assert_eq!(words(&entries), ["after"]);
    for query in ["", "?after=0", "?before=100"] {
        let (_, page) = server.history(&room, &noor, query).await;
        assert_eq!(
            words(page["entries"].as_array().expect("entries")),
            ["after"],
            "{query}"
        );
    }
    // Nor by claiming to have been there.
    let mut again = server.socket(&room).await;
    again
        .join(json!({"token": noor.token, "epoch": noors.welcome["epoch"], "after": 0}))
        .await;
    assert_eq!(again.welcome["resync"], true);
    assert_eq!(words(&again.entries_until("after").await), ["after"]);
}

#[tokio::test]
async fn who_was_cut_off_gets_what_they_missed_and_no_more() {
    let server = TestServer::start().await;
    for store_history in [true, false] {
        let room = server.create(store_history).await;
        let (maya, mut mayas) = server.enter(&room, "Maya").await;
        let (_, mut noors) = server.enter(&room, "Noor").await;
        let seen = mayas.say("m1", "one").await;
        let epoch = mayas.welcome["epoch"].clone();
        mayas.vanish();
        noors.say("n1", "two").await;
        noors.say("n2", "three").await;
        let mut back = server.socket(&room).await;
        back.join(json!({"token": maya.token, "epoch": epoch, "after": seen}))
            .await;
        assert_eq!(back.welcome.get("resync"), None);
        let missed = back.entries(2).await;
        assert_eq!(words(&missed), ["two", "three"]);
        assert_eq!(missed[0]["seq"], seen + 1);
    }
}

#[tokio::test]
async fn a_live_room_starts_over_with_the_server_and_says_so() {
    let server = TestServer::start().await;
    let room = server.create(false).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let seen = mayas.say("m1", "Hello").await;
    let epoch = mayas.welcome["epoch"].clone();
    let server = server.restart().await;
    let mut back = server.socket(&room).await;
    back.join(json!({"token": maya.token, "epoch": epoch, "after": seen}))
        .await;
    assert_eq!(back.welcome["resync"], true);
    assert_ne!(back.welcome["epoch"], epoch);
    assert_eq!(back.welcome["seq"], 0);
    assert_eq!(back.say("m2", "again").await, 1);
}

#[tokio::test]
async fn a_stored_room_goes_on_after_a_restart() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let seen = mayas.say("m1", "one").await;
    let epoch = mayas.welcome["epoch"].clone();
    let server = server.restart().await;
    let mut back = server.socket(&room).await;
    back.join(json!({"token": maya.token, "epoch": epoch, "after": seen}))
        .await;
    assert_eq!(back.welcome.get("resync"), None);
    assert_eq!(back.say("m1", "one").await, seen, "a retry across the restart");
    assert_eq!(back.say("m2", "two").await, seen + 1);
}

#[tokio::test]
async fn a_cursor_that_cannot_be_is_told_to_resync() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let (maya, mayas) = server.enter(&room, "Maya").await;
    let epoch = mayas.welcome["epoch"].clone();
    for join in [
        json!({"token": maya.token, "epoch": epoch, "after": 99}),
        json!({"token": maya.token, "epoch": "another", "after": 1}),
        json!({"token": maya.token, "after": 1}),
    ] {
        let mut socket = server.socket(&room).await;
        socket.join(join).await;
        assert_eq!(socket.welcome["resync"], true);
        assert_eq!(socket.entries(1).await[0]["seq"], 1);
    }
}

#[tokio::test]
async fn a_long_history_comes_whole_and_in_order_while_people_go_on_writing() {
    let server = TestServer::with(&["--message-burst=1000", "--messages-per-second=1000"]).await;
    let room = server.create(true).await;
    let (_, mut mayas) = server.enter(&room, "Maya").await;
    for n in 0..350 {
        mayas.send(say(&format!("m{n}"), "Hello")).await;
    }
    mayas.entries(351).await;
    let noor = server.join(&room, "Noor").await;
    let writing = async {
        for n in 350..450 {
            mayas.send(say(&format!("m{n}"), "Hello")).await;
        }
    };
    let (mut noors, ()) = tokio::join!(server.connect(&room, &noor), writing);
    let entries = noors.entries(452).await;
    let seqs: Vec<_> = entries
        .iter()
        .map(|entry| entry["seq"].as_u64().expect("a seq"))
        .collect();
    assert_eq!(seqs, (1..=452).collect::<Vec<_>>());
}

#[tokio::test]
async fn history_is_read_in_pages() {
    let server = TestServer::start().await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    for n in 1..=5 {
        server
            .post_message(&room, &maya.token, &format!("m{n}"), &n.to_string())
            .await;
    }
    let (_, page) = server.history(&room, &maya, "?after=1&limit=2").await;
    assert_eq!(words(page["entries"].as_array().expect("entries")), ["1", "2"]);
    assert_eq!(page["nextAfter"], 3);
    let (_, page) = server.history(&room, &maya, "?before=6&limit=2").await;
    assert_eq!(words(page["entries"].as_array().expect("entries")), ["3", "4"]);
    let (_, page) = server.history(&room, &maya, "?after=6").await;
    assert_eq!(page["entries"], json!([]));
    assert_eq!(page["nextAfter"], 6);
}

#[tokio::test]
async fn long_texts_come_on_short_pages_and_all_of_them_come() {
    let server = TestServer::with(&["--messages-per-second=1000", "--message-burst=1000"]).await;
    let room = server.create(true).await;
    let maya = server.join(&room, "Maya").await;
    let long = "\u{1F600}".repeat(4_000);
    for n in 0..20 {
        server.post_message(&room, &maya.token, &format!("m{n}"), &long).await;
    }
    let seqs = |page: &Value| -> Vec<u64> {
        let entries = page["entries"].as_array().expect("entries");
        entries.iter().filter_map(|entry| entry["seq"].as_u64()).collect()
    };
    let (mut after, mut read) = (0, Vec::new());
    loop {
        let (_, page) = server.history(&room, &maya, &format!("?after={after}&limit=200")).await;
        assert!(
            page.to_string().len() < 100_000,
            "a reader that takes nothing holds so much"
        );
        after = page["nextAfter"].as_u64().expect("a place");
        match seqs(&page) {
            none if none.is_empty() => break,
            some => read.extend(some),
        }
    }
    assert_eq!(read, (1..=21).collect::<Vec<_>>());
    let (_, page) = server.history(&room, &maya, "?before=22&limit=200").await;
    assert_eq!(seqs(&page), [17, 18, 19, 20, 21], "the last ones");
}
