//! Databases that earlier builds have left, opened by this one. `end2end/dumps/make.py` writes one down, in `tests/dumps`.

use std::{fs, path::PathBuf};

use private_postgres::Cluster;
use reqwest::StatusCode;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, sqlite::SqliteConnectOptions};
use tempfile::TempDir;

use crate::harness::{Guest, TestRoom, TestServer, answer};

fn dump(build: &str, file: &str) -> String {
    let path = PathBuf::from_iter([env!("CARGO_MANIFEST_DIR"), "tests/dumps", build, file]);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every build of which there is a dump.
fn builds() -> Vec<String> {
    let folder = PathBuf::from_iter([env!("CARGO_MANIFEST_DIR"), "tests/dumps"]);
    let folders = fs::read_dir(folder).expect("dumps");
    let names = folders.map(|build| build.expect("a build").file_name().into_string().expect("a name"));
    let builds = Vec::from_iter(names);
    assert!(!builds.is_empty());
    builds
}

async fn in_sqlite(build: &str) -> TestServer {
    let data = TempDir::new().expect("a folder");
    // Tables come in the order of their names.
    let file = SqliteConnectOptions::new()
        .filename(data.path().join("instant-chat.db"))
        .foreign_keys(false);
    let mut database = file.create_if_missing(true).connect().await.expect("a new file");
    let statements = sqlx::raw_sql(AssertSqlSafe(dump(build, "sqlite.sql")));
    statements.execute(&mut database).await.expect("written");
    database.close().await.expect("closed");
    TestServer::on(data, &[]).await
}

async fn in_postgres(build: &str) -> TestServer {
    let url = Cluster::shared().database().await;
    let mut database = PgConnection::connect(&url).await.expect("a new database");
    let statements = sqlx::raw_sql(AssertSqlSafe(dump(build, "postgres.sql")));
    statements.execute(&mut database).await.expect("written");
    database.close().await.expect("closed");
    let data = TempDir::new().expect("a folder");
    TestServer::on(data, &[&format!("--database-url={url}")]).await
}

#[tokio::test]
async fn what_an_earlier_build_kept_in_sqlite_is_read_and_goes_on() {
    for build in builds() {
        goes_on(&in_sqlite(&build).await, &read(&build)["sqlite"]).await;
    }
}

#[tokio::test]
async fn what_an_earlier_build_kept_in_postgres_is_read_and_goes_on() {
    for build in builds() {
        goes_on(&in_postgres(&build).await, &read(&build)["postgres"]).await;
    }
}

/// What a participant of each room read when the database was written down.
fn read(build: &str) -> Value {
    serde_json::from_str(&dump(build, "said.json")).expect("JSON")
}

async fn goes_on(server: &TestServer, said: &Value) {
    for name in ["talk", "empty", "long"] {
        let (room, maya) = known(&said[name]);
        let (_, details) = answer(server.get(&path(&room, "")).bearer_auth(&maya.token)).await;
        for fact in [
            "storeHistory",
            "createdAt",
            "expiresAt",
            "settings",
            "creatorId",
            "participants",
        ] {
            assert_eq!(details[fact], said[name]["details"][fact], "{name}: {fact}");
        }
        let before = said[name]["entries"].as_array().expect("entries");
        let before: Value = before.iter().map(|entry| in_todays_way(entry, before)).collect();
        assert_eq!(all_entries(server, &room, &maya).await, before, "{name}");
    }
    it_is_spoken_in(server, &said["talk"]).await;

    let (live, maya) = known(&said["live"]);
    let (_, page) = server.history(&live, &maya, "").await;
    assert!(!page.to_string().contains("not written down"), "{page}");
    let (status, said_there) = server.post_message(&live, &maya.token, "new", "We go on").await;
    assert_eq!(status, StatusCode::CREATED, "{said_there}");

    let (ended, maya) = known(&said["ended"]);
    assert_eq!(server.history(&ended, &maya, "").await.0, StatusCode::GONE);
    let (talk, maya) = known(&said["talk"]);
    assert_eq!(server.end(&talk, &talk.creator_token).await.0, StatusCode::NO_CONTENT);
    assert_eq!(server.history(&talk, &maya, "").await.0, StatusCode::GONE);
}

/// An entry of a build of before, as it is written today: what a message does, and what became of it, stands before its body.
/// Where it is so already, nothing is changed.
fn in_todays_way(entry: &Value, all: &[Value]) -> Value {
    let mut entry = entry.clone();
    let Some(fields) = entry.as_object_mut() else {
        return entry;
    };
    let mut body = fields.get("body").cloned().unwrap_or_default();
    let plain = |body: &Value| {
        let mut body = body.as_object().cloned().unwrap_or_default();
        body.remove("edited");
        Value::from(body)
    };
    match body["kind"].as_str().unwrap_or_default() {
        kind @ ("edit" | "delete") => {
            fields.insert("op".to_owned(), kind.into());
            fields.insert("target".to_owned(), body["target"].clone());
            fields.remove("body");
            if !body["text"].is_null() {
                let edited = all.iter().find(|message| message["seq"] == body["target"]);
                let edited = edited.expect("the message");
                assert_eq!(edited["body"]["text"], body["text"]);
                fields.insert("body".to_owned(), plain(&edited["body"]));
            }
        }
        "deleted" => drop(fields.insert("deleted".to_owned(), true.into())),
        _ => {}
    }
    if body["edited"] == true {
        fields.insert("edited".to_owned(), true.into());
        fields.insert("body".to_owned(), plain(&body));
    }
    if !body["mediaId"].is_null() {
        fields.insert("media".to_owned(), json!([body["mediaId"].take()]));
    }
    entry
}

/// Old messages are known to retries, and are edited, reacted to and deleted.
async fn it_is_spoken_in(server: &TestServer, said: &Value) {
    let (room, maya) = known(said);
    let entries = said["entries"].as_array().expect("entries");
    let last = entries.last().expect("an entry");
    let first = entries
        .iter()
        .find(|entry| entry["clientId"] == "m0")
        .expect("the first message");
    let (status, again) = server.post_message(&room, &maya.token, "m0", "Hello again").await;
    assert_eq!((status, &again), (StatusCode::CREATED, first), "a retry");

    let amend = async |client_id: &str, mut message: Value| {
        message["clientId"] = client_id.into();
        let call = server.post(&path(&room, "/messages")).bearer_auth(&maya.token);
        let (status, entry) = answer(call.json(&message)).await;
        assert_eq!(status, StatusCode::CREATED, "{entry}");
        entry["seq"].as_u64().expect("a seq")
    };
    let target = first["seq"].clone();
    let next = last["seq"].as_u64().expect("a seq") + 1;
    let words = json!({"v": 1, "kind": "text", "text": "Good morning"});
    let edit = json!({"op": "edit", "target": target, "body": words});
    assert_eq!(amend("e", edit).await, next);
    let reaction = json!({"v": 1, "kind": "reaction", "target": target, "emoji": "👍", "on": true});
    assert_eq!(amend("r", json!({"body": reaction})).await, next + 1);
    let message = |entries: &Value| entries[usize::try_from(target.as_u64().unwrap_or(1) - 1).expect("small")].clone();
    assert_eq!(
        message(&all_entries(server, &room, &maya).await)["body"]["text"],
        "Good morning"
    );
    assert_eq!(amend("d", json!({"op": "delete", "target": target})).await, next + 2);
    let entries = all_entries(server, &room, &maya).await;
    assert_eq!(message(&entries)["body"]["kind"], "deleted");
    assert!(!entries.to_string().contains("Good morning"));
}

fn path(room: &TestRoom, rest: &str) -> String {
    format!("/api/chat/instant/{}{rest}", room.id)
}

/// A room of a dump, and its creator as a participant.
fn known(said: &Value) -> (TestRoom, Guest) {
    let text = |name: &str| said[name].as_str().expect(name).to_owned();
    let room = TestRoom {
        id: text("chatId"),
        creator_token: text("creatorToken"),
    };
    let maya = Guest {
        id: String::new(),
        token: text("token"),
        seq: 1,
    };
    (room, maya)
}

async fn all_entries(server: &TestServer, room: &TestRoom, reader: &Guest) -> Value {
    let mut all = Vec::new();
    let mut after = Value::from(0);
    loop {
        let (status, page) = server.history(room, reader, &format!("?after={after}")).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        let entries = page["entries"].as_array().expect("entries");
        if entries.is_empty() {
            return all.into();
        }
        all.extend(entries.iter().cloned());
        after = page["nextAfter"].clone();
    }
}
