//! A chat is ended while people write: one state for all, nothing is readable after, and no byte of it is left.

use std::time::Duration;

use app::room_client::Link;
use futures_util::future::join_all;
use reqwest::StatusCode;
use sqlx::{Connection, PgConnection};
use tokio::time::{sleep, timeout};
use wire::protocol::close;

use super::{Arena, Outcome};
use crate::{
    checker::check,
    client::Mode,
    crowd::{Crowd, Plan, Room},
    program::{Program, is_in},
};

/// Sockets of an ended room are closed by then.
const CLOSED_WITHIN: Duration = Duration::from_secs(2);

/// Its words are gone by then.
const GONE_WITHIN: Duration = Duration::from_secs(60);

/// Four rooms are ended in each: what can go wrong does so once in some hundred.
const ROUNDS: u64 = 3;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let server = arena.server().await;
    let api = server.api();
    let mut outcome = Outcome::default();
    for _ in 0..arena.scale.rounds * ROUNDS {
        for plan in [Plan::stored(2, 6), Plan::live(2, 6)] {
            let stored = plan.stored;
            let crowd = Crowd::gather(&api, &server.host(), &plan, &mut rng).await;
            crowd.set(Mode::Write);
            crowd.acked_more(200).await;
            for room in crowd.rooms {
                if stored {
                    assert!(is_left(&server, &room).await, "the search finds what is there");
                }
                let ended = api.end(&room.room).await;
                assert_eq!(ended, Some(StatusCode::NO_CONTENT));
                let closed = join_all(room.clients.iter().map(|client| {
                    client.until(|status| status.link == Link::Closed && status.last_close == Some(close::ENDED))
                }));
                if timeout(CLOSED_WITHIN, closed).await.is_err() {
                    let codes = room.clients.iter().map(|client| client.status.borrow().last_close);
                    panic!("not all were told of the end: {:?}", Vec::from_iter(codes));
                }
                for client in &room.clients {
                    let refusal = api.refusal(&room.room.id, &client.seat.token).await;
                    assert_eq!(refusal, Some((StatusCode::GONE, "ended".to_owned())));
                }
                let gone = async {
                    while is_left(&server, &room).await {
                        sleep(Duration::from_millis(50)).await;
                    }
                };
                assert!(timeout(GONE_WITHIN, gone).await.is_ok(), "its words are not gone");
                outcome.times += 1;
                outcome.verdict += check(&room.leave(None).await);
            }
        }
    }
    outcome.note = "closed within 2 s, words gone".into();
    outcome
}

/// Whether anything is left of a room's words: bytes in SQLite's files, rows in Postgres, whose files are its own affair.
async fn is_left(server: &Program, room: &Room) -> bool {
    let Some(url) = server.url() else {
        return is_in(&server.visible_data(), std::slice::from_ref(&room.canary));
    };
    let mut database = PgConnection::connect(url).await.expect("it runs");
    sqlx::query_scalar::<_, bool>("SELECT EXISTS (SELECT FROM entry WHERE room_id = $1)")
        .bind(room.room.id.as_str())
        .fetch_one(&mut database)
        .await
        .expect("counted")
}
