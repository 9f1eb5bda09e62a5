//! The database commits, and the connection breaks before it can say so, while people come, go, are removed and creators
//! change their minds: whatever became of it, the tables and the log tell the same, and nobody who is not there has a place.

use std::{sync::Arc, time::Duration};

use private_postgres::Proxy;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Connection, PgConnection, query_scalar};
use tokio::time::{sleep, timeout};
use wire::domain::ParticipantId;

use super::{Arena, Outcome};
use crate::{
    api::{Api, answer},
    client::Mode,
    crowd::{Crowd, Plan},
    program::{Database, Program, Setup},
};

/// Answers that are cut in a round.
const CUTS: u64 = 40;

/// Rooms, and people who stay in each.
const ROOMS: usize = 4;
const PEOPLE: usize = 4;

/// Who comes and does not connect leaves after this.
const GRACE: &str = "--leave-after=500ms";

/// All who only came have left by then, and all is as the log tells it.
const AGREED_WITHIN: Duration = Duration::from_secs(20);

/// People of whom the log tells something else than the tables do, rooms that count others than those who are inside,
/// locks that the log does not tell of.
const LIES: &str = "SELECT \
     (SELECT COUNT(*) FROM participant AS who WHERE inside <> COALESCE((SELECT kind = 'joined' FROM entry \
         WHERE room_id = who.room_id AND participant_id = who.id AND kind IN ('joined', 'left', 'removed') \
         ORDER BY seq DESC LIMIT 1), FALSE)) + \
     (SELECT COUNT(*) FROM participant AS who WHERE removed <> EXISTS (SELECT FROM entry \
         WHERE room_id = who.room_id AND participant_id = who.id AND kind = 'removed')) + \
     (SELECT COUNT(*) FROM room WHERE inside <> (SELECT COUNT(*) FROM participant WHERE room_id = room.id AND inside)) + \
     (SELECT COUNT(*) FROM room WHERE locked <> COALESCE((SELECT ((frame || '}')::jsonb #>> '{change,locked}')::boolean \
         FROM entry WHERE room_id = room.id AND kind = 'changed' ORDER BY seq DESC LIMIT 1), FALSE))";

pub(super) async fn run(arena: &Arena) -> Outcome {
    let Database::Postgres(cluster) = &arena.setup.database else {
        return Outcome::default();
    };
    let mut rng = arena.rng();
    let proxy = Arc::new(Proxy::start(cluster.socket()).await);
    let setup = Setup {
        through: Some(Arc::clone(&proxy)),
        flags: vec![GRACE.to_owned()],
        ..arena.setup.clone()
    };
    let server = Program::start(&setup).await;
    let api = server.api();
    let crowd = Crowd::gather(&api, &server.host(), &Plan::stored(ROOMS, PEOPLE), &mut rng).await;
    let mut visitors = vec![Vec::new(); ROOMS];
    let (times, mut unknown, mut started) = (arena.scale.rounds * CUTS, 0, 0);
    while proxy.broken() < times {
        // In half of them nobody writes: then what is cut is what somebody does here.
        crowd.set(if rng.bool() { Mode::Write } else { Mode::Rest });
        let room = rng.usize(0..ROOMS);
        proxy.swallow_next_commit();
        let starts = rng.u8(0..8) == 0;
        let done = if starts {
            let create = api.request(Method::POST, "create").json(&json!({"storeHistory": true}));
            answer(create).await.is_some_and(|(status, _)| status.is_success())
        } else {
            act(&api, &crowd.rooms[room].room, &mut visitors[room], &mut rng).await
        };
        started += i64::from(starts && done);
        unknown += u64::from(!done);
    }
    crowd.set(Mode::Rest);
    agree(&server, started).await;
    arena.progress(&format!("{unknown} were told that the store had failed"));
    Outcome {
        times: proxy.broken(),
        verdict: crowd.judge(&server).await,
        note: "members, places, settings and entries agree".into(),
    }
}

/// Something that changes a room; whether its caller was told so.
async fn act(
    api: &Api,
    room: &crate::api::NewRoom,
    visitors: &mut Vec<ParticipantId>,
    rng: &mut fastrand::Rng,
) -> bool {
    let (path, body): (&str, Value) = match (rng.u8(0..6), visitors.last()) {
        (0, _) => ("lock", json!({})),
        (1, _) => ("lock", json!({"locked": false})),
        (2, Some(visitor)) => ("remove", json!({"participantId": visitor})),
        _ => ("join", json!({"name": "Visitor"})),
    };
    let request = api.request(Method::POST, &format!("{}/{path}", room.id)).json(&body);
    // Joining by the creator's token is joining as a guest: nobody is known by it.
    let told = answer(request.bearer_auth(&room.creator_token)).await;
    let Some((status, joined)) = told.filter(|(status, _)| status.is_success()) else {
        return false;
    };
    if path == "join" {
        let id = joined["participant"]["id"].as_str().map(str::to_owned);
        visitors.extend(id.and_then(|id| ParticipantId::parse(id).ok()));
    }
    status.is_success()
}

/// Waits until nobody is inside who is not there, and no room open of which nobody knows; looks whether the tables and the
/// log tell the same.
async fn agree(server: &Program, started: i64) {
    let mut database = PgConnection::connect(server.url().expect("a database"))
        .await
        .expect("it runs");
    let mut number =
        async |sql: &'static str| -> i64 { query_scalar(sql).fetch_one(&mut database).await.expect("a number") };
    let stay = i64::try_from(ROOMS * PEOPLE).expect("few");
    let known = i64::try_from(ROOMS).expect("few") + started;
    let gone = async {
        while number("SELECT COUNT(*) FROM participant WHERE inside").await != stay
            || number("SELECT COUNT(*) FROM room WHERE ended_at IS NULL").await != known
        {
            sleep(Duration::from_millis(50)).await;
        }
    };
    let gone = timeout(AGREED_WITHIN, gone).await;
    assert!(
        gone.is_ok(),
        "somebody who is not there, or a room that nobody knows, has a place"
    );
    assert_eq!(number(LIES).await, 0, "the log tells something else than the tables");
}
