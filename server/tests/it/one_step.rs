//! What changes a chat and what tells of it are one step: where one of them fails, neither has happened.

use reqwest::{Method, StatusCode};
use serde_json::json;
use sqlx::query_scalar;

use crate::harness::{TestRoom, TestServer, answer};

/// No entry but a message gets into the log.
const NOTHING_IS_TOLD: &str = "CREATE TRIGGER untold BEFORE INSERT ON entry WHEN NEW.kind <> 'message' \
     BEGIN SELECT RAISE(ABORT, 'untold'); END";

/// Nobody gets out: what was taken cannot be given back.
const NOBODY_LEAVES: &str = "CREATE TRIGGER kept BEFORE UPDATE OF inside ON participant \
     WHEN OLD.inside AND NOT NEW.inside BEGIN SELECT RAISE(ABORT, 'kept'); END";

/// Rooms and people of which the log says something else than the tables do.
const LIES: &str = "SELECT \
     (SELECT COUNT(*) FROM participant AS who WHERE inside <> COALESCE((SELECT kind = 'joined' FROM entry \
         WHERE room_id = who.room_id AND participant_id = who.id AND kind IN ('joined', 'left', 'removed') \
         ORDER BY seq DESC LIMIT 1), 0)) + \
     (SELECT COUNT(*) FROM participant AS who WHERE removed <> EXISTS (SELECT * FROM entry \
         WHERE room_id = who.room_id AND participant_id = who.id AND kind = 'removed')) + \
     (SELECT COUNT(*) FROM room WHERE inside <> (SELECT COUNT(*) FROM participant WHERE room_id = room.id AND inside)) + \
     (SELECT COUNT(*) FROM room WHERE locked <> COALESCE((SELECT (frame || '}') ->> '$.change.locked' \
         FROM entry WHERE room_id = room.id AND kind = 'changed' ORDER BY seq DESC LIMIT 1), 0))";

async fn number(server: &TestServer, sql: &'static str) -> i64 {
    let number = query_scalar(sql).fetch_one(&mut server.database().await).await;
    number.expect(sql)
}

async fn inside(server: &TestServer) -> i64 {
    number(server, "SELECT SUM(inside) FROM room").await
}

async fn ask(server: &TestServer, room: &TestRoom, path: &str, body: serde_json::Value) -> StatusCode {
    let path = format!("/api/chat/instant/{}/{path}", room.id);
    let request = server.request(Method::POST, &path).bearer_auth(&room.creator_token);
    answer(request.json(&body)).await.0
}

#[tokio::test]
async fn what_cannot_be_told_does_not_happen() {
    let server = TestServer::with(&["--leave-after=1h", "--room-capacity=3"]).await;
    let room = server.create(true).await;
    let (maya, mut mayas) = server.enter(&room, "Maya").await;
    let (_, noors) = server.enter(&room, "Noor").await;
    assert_eq!((number(&server, LIES).await, inside(&server).await), (0, 2));

    // Nobody takes a place of whom nobody hears.
    server.sabotage(NOTHING_IS_TOLD).await;
    server.sabotage(NOBODY_LEAVES).await;
    for n in 0..3 {
        let refused = ask(&server, &room, "join", json!({"name": format!("Sam {n}")})).await;
        assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE);
    }
    let create = json!({"storeHistory": true, "creatorName": "Sam"});
    let refused = answer(server.post("/api/chat/instant/create").json(&create)).await;
    assert_eq!(refused.0, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.1);
    assert_eq!((number(&server, LIES).await, inside(&server).await), (0, 2));
    assert_eq!(number(&server, "SELECT COUNT(*) FROM participant").await, 2);
    assert_eq!(number(&server, "SELECT COUNT(*) FROM room").await, 1);

    // Nobody goes, and nothing changes, of which nobody hears.
    server.sabotage("DROP TRIGGER kept").await;
    mayas.send(json!({"type": "leave_instant_chat"})).await;
    assert_eq!(mayas.until_closed().await.1, Some(1000));
    let remove = json!({"participantId": maya.id});
    for (path, body) in [
        ("remove", remove.clone()),
        ("lock", json!({})),
        ("extend", json!({"hours": 1})),
    ] {
        let refused = ask(&server, &room, path, body).await;
        assert_eq!(refused, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!((number(&server, LIES).await, inside(&server).await), (0, 2), "{path}");
    }

    // When it can be told again, it happens: who said goodbye has left.
    server.sabotage("DROP TRIGGER untold").await;
    let mut noors = noors;
    assert_eq!(
        noors.next_of("instant_chat_user_left").await["participant"]["id"],
        maya.id
    );
    assert_eq!((number(&server, LIES).await, inside(&server).await), (0, 1));
    assert_eq!(ask(&server, &room, "remove", remove).await, StatusCode::NO_CONTENT);
    assert_eq!(ask(&server, &room, "lock", json!({})).await, StatusCode::NO_CONTENT);
    assert_eq!((number(&server, LIES).await, inside(&server).await), (0, 1));
}
