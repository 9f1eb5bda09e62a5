//! The program itself: its first line, its log, its end, and what it holds after it was killed.

use clap::CommandFactory;
use serde_json::{Value, json};
use server::config::Config;
use tempfile::TempDir;

use crate::harness::{Program, Socket, answer, client, files::sideways_photograph};

/// What an operator may ask for who looks for a fault: everything, of us and of all that we are made of.
const EVERYTHING: &str = "trace,app=trace,server=trace,axum=trace,hyper=trace,hyper_util=trace,leptos=trace,\
                          leptos_axum=trace,object_store=trace,server_fn=trace,sqlx=trace,tokio_tungstenite=trace,\
                          tower_http=trace,tungstenite=trace,[{message}]=trace";

/// A text as it may stand in a line: as it is, as hexadecimal digits, or as a list of bytes.
fn ways_to_print(text: &str) -> [String; 4] {
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let bytes: Vec<_> = text.bytes().map(|byte| byte.to_string()).collect();
    [text.to_owned(), hex.to_uppercase(), hex, bytes.join(", ")]
}

/// Does all that a room is for, in one of each kind. Returns what nobody may read in a log.
async fn talk(program: &Program) -> Vec<String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut secrets: Vec<_> = ["aubergine", "zucchini", "Marguerite", "Leopoldine"]
        .map(str::to_owned)
        .into();
    let client = client();
    let to = |path: &str| format!("http://{}{path}", program.host);
    for store_history in [true, false] {
        let new = json!({"creatorName": "Marguerite", "storeHistory": store_history});
        let made = program.post("/create", None, &new).await;
        let (room, token, creator) = (text(&made["chatId"]), text(&made["token"]), text(&made["creatorToken"]));
        let joined = program
            .post(&format!("/{room}/join"), None, &json!({"name": "Leopoldine"}))
            .await;
        let mut socket = Socket::open(&program.host, &room, &[]).await.expect("a socket");
        socket.join(json!({"token": token})).await;
        let seq = socket.say("m1", "aubergine").await;
        socket
            .send(json!({"type": "instant_chat_typing", "typing": true}))
            .await;
        socket.send(json!({"aubergine": "Marguerite"})).await;
        socket.next_of("error").await;
        let edit = json!({"v": 1, "kind": "edit", "target": seq, "text": "zucchini"});
        let edit = json!({"clientId": "m2", "body": edit});
        program.post(&format!("/{room}/messages"), Some(&token), &edit).await;

        let upload = client
            .post(to(&format!("/api/chat/instant/{room}/media")))
            .bearer_auth(&token);
        let (_, mut shown) = answer(upload.body(sideways_photograph(1))).await;
        let medium = text(&shown["mediaId"]);
        for (field, value) in [("v", json!(1)), ("kind", json!("image")), ("alt", json!("aubergine"))] {
            shown[field] = value;
        }
        let show = json!({"clientId": "m3", "body": shown});
        program.post(&format!("/{room}/messages"), Some(&token), &show).await;
        socket.send(json!({"type": "leave_instant_chat"})).await;
        socket.until_closed().await;

        let link = program
            .post(&format!("/{room}/owner-link"), Some(&creator), &json!({}))
            .await;
        let owner = text(&link["url"]).split_once("#owner=").expect("a token").1.to_owned();
        for (path, form) in [
            ("/form/own", format!("chat={room}&token={owner}")),
            (
                "/form/join",
                format!("chat={room}&name=Marguerite&identity=a.{token}.c"),
            ),
            ("/form/join", format!("chat={room}&name=Leopoldine")),
        ] {
            let form = client.post(to(path)).header("accept", "text/html").body(form);
            let form = form.header("content-type", "application/x-www-form-urlencoded");
            form.send().await.expect("an answer");
        }
        for path in [
            format!("/instant-chat/{room}"),
            format!("/instant-chat/{room}/qr.svg"),
            format!("/api/chat/instant/{room}"),
            format!("/api/chat/instant/{room}/messages?after=x"),
            format!("/api/chat/instant/{room}/messages"),
            format!("/api/chat/instant/{room}/media/{medium}"),
            format!("/api/chat/instant/{room}/export"),
        ] {
            let cookie = format!("chat-{room}={token}; owner-{room}={creator}");
            let get = client.get(to(&path)).header("cookie", cookie).bearer_auth(&token);
            get.send().await.expect("an answer").bytes().await.expect("all of it");
        }
        let events = client
            .get(to(&format!("/api/chat/instant/{room}/events")))
            .bearer_auth(&token);
        let mut events = events.send().await.expect("an answer");
        events.chunk().await.expect("an event");
        program.post(&format!("/{room}/end"), Some(&creator), &json!({})).await;
        let (id, other) = (text(&made["participant"]["id"]), text(&joined["participant"]["id"]));
        secrets.extend([room, token, creator, owner, medium, id, other, text(&joined["token"])]);
    }
    secrets
}

#[tokio::test]
async fn no_id_secret_name_or_word_is_in_the_log() {
    let data = TempDir::new().expect("a folder");
    let program = Program::start(&data).await;
    let secrets = talk(&program).await;
    let log = program.stopped().await;
    assert!(log.contains("a room is over"), "the log was read: {log}");
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let route = "/api/chat/instant/{chatId}/end";
    let request = lines.iter().find(|line| line["span"]["route"] == route);
    let request = request.unwrap_or_else(|| panic!("a request by its route: {log}"));
    assert!(request["span"]["id"].is_string());
    let over = lines.iter().find(|line| line["fields"]["message"] == "a room is over");
    assert_eq!(
        over.expect("a line")["span"]["id"],
        request["span"]["id"],
        "both are of one request"
    );
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret} is in the log:\n{log}");
    }
}

#[tokio::test]
async fn no_level_of_any_target_brings_it_into_the_log() {
    for level in ["trace", EVERYTHING] {
        for format in ["text", "json"] {
            let data = TempDir::new().expect("a folder");
            let variables = [("LOG", level.to_owned()), ("LOG_FORMAT", format.to_owned())];
            let program = Program::with(&data, &variables).await;
            let secrets = talk(&program).await;
            let log = program.stopped().await;
            assert!(log.contains("a room is over"), "the log was read: {log}");
            for way in secrets.iter().flat_map(|secret| ways_to_print(secret)) {
                let line = log.lines().find(|line| line.contains(&way));
                assert_eq!(line, None, "{way}");
            }
        }
    }
}

#[tokio::test]
async fn a_variable_that_is_there_and_empty_says_nothing() {
    let data = TempDir::new().expect("a folder");
    let command = Config::command();
    let names = command
        .get_arguments()
        .filter_map(|setting| setting.get_env()?.to_str());
    let empty: Vec<_> = names.map(|name| (name, String::new())).collect();
    assert!(empty.len() > 30, "all that can be said: {empty:?}");
    let program = Program::with(&data, &empty).await;
    let made = program.post("/create", None, &json!({})).await;
    let link = format!("http://{}/instant-chat/", program.host);
    assert!(made["url"].as_str().is_some_and(|url| url.starts_with(&link)), "{made}");
}

#[tokio::test]
async fn what_was_acked_survives_a_kill() {
    let data = TempDir::new().expect("a folder");
    let program = Program::start(&data).await;
    let made = program
        .post("/create", None, &json!({"creatorName": "Maya", "storeHistory": true}))
        .await;
    let (room, token) = (
        made["chatId"].as_str().expect("an id"),
        made["token"].as_str().expect("a token"),
    );
    let mut socket = Socket::open(&program.host, room, &[]).await.expect("a socket");
    socket.join(json!({"token": token})).await;
    for n in 0..10 {
        socket.say(&format!("m{n}"), "Hello").await;
    }
    program.killed().await;
    let program = Program::start(&data).await;
    let mut back = Socket::open(&program.host, room, &[]).await.expect("a socket");
    back.join(json!({"token": token, "epoch": socket.welcome["epoch"], "after": 1}))
        .await;
    assert_eq!(back.welcome.get("resync"), None);
    let heard = back.entries(10).await;
    assert_eq!(
        heard.iter().filter(|entry| entry["body"]["text"] == "Hello").count(),
        10
    );
}
