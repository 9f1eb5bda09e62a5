//! Bots that open links change nothing: nobody joins, nothing is logged, and nobody is told.

use futures_util::future::join_all;
use wire::links::room_path;

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
};

/// Visits in a round.
const VISITS: u64 = 50;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let server = arena.server().await;
    let api = server.api();
    let crowd = Crowd::gather(&api, &server.host(), &Plan::stored(1, 3), &mut rng).await;
    crowd.set(Mode::Write);
    crowd.acked_more(50).await;
    assert!(crowd.settle().await);
    let room = crowd.rooms[0].room.id.clone();
    let token = crowd.rooms[0].clients[0].seat.token.clone();
    let (_, before) = api.history(&room, &token).await;
    let times = arena.scale.rounds * VISITS;
    let (page, details) = (room_path(&room), format!("/api/chat/instant/{room}"));
    let visits = (0..times).map(|n| api.visit(if n % 2 == 0 { &page } else { &details }));
    for answer in join_all(visits).await {
        assert!(answer.is_some_and(|status| status.is_success()), "{answer:?}");
    }
    let (_, after) = api.history(&room, &token).await;
    assert_eq!(before, after, "somebody came who did not join");
    Outcome {
        times,
        verdict: crowd.judge(&server).await,
        note: "nobody came".into(),
    }
}
