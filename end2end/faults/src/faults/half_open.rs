//! Connections that are there and are not: presence tells the others within 35 s.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::{Instant, timeout};

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan, Room},
};

/// What is promised.
const NOTICED_WITHIN: Duration = Duration::from_secs(35);

/// Participants of each room who fall silent.
const SILENT: usize = 4;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let server = arena.server().await;
    let crowd = Crowd::gather(&server.api(), &server.host(), &Plan::stored(5, SILENT + 1), &mut rng).await;
    for room in &crowd.rooms {
        everybody_is_in(room).await;
        room.clients[2..].iter().for_each(|client| client.set(Mode::Deaf));
    }
    let silent = Instant::now();
    let noticed = crowd
        .rooms
        .iter()
        .map(|room| room.clients[0].until(|status| status.online.len() == 1));
    let noticed = timeout(NOTICED_WITHIN, join_all(noticed)).await;
    assert!(noticed.is_ok(), "nobody noticed within {NOTICED_WITHIN:?}");
    let note = format!("noticed after {:.1} s", silent.elapsed().as_secs_f64());
    crowd.set(Mode::Write);
    crowd.acked_more(20).await;
    for room in &crowd.rooms {
        everybody_is_in(room).await;
    }
    Outcome {
        times: (crowd.rooms.len() * SILENT) as u64,
        verdict: crowd.judge(&server).await,
        note,
    }
}

async fn everybody_is_in(room: &Room) {
    room.clients[0].until(|status| status.online.len() == SILENT + 1).await;
}
