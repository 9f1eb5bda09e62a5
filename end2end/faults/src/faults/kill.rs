//! kill -9 while everybody writes: what was acked is there, what was not is sent again, nothing is there twice.

use std::time::Duration;

use tokio::time::sleep;

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
};

/// The server dies at a random moment within this after the writing is in full swing.
const MOMENT_MS: std::ops::Range<u64> = 0..150;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let mut server = arena.server().await;
    let host = server.host();
    let stored = Crowd::gather(&server.api(), &host, &Plan::stored(8, 5), &mut rng).await;
    let live = Crowd::gather(&server.api(), &host, &Plan::live(1, 5), &mut rng).await;
    stored.set(Mode::Write);
    live.set(Mode::Write);
    let kills = arena.scale.kills;
    for kill in 1..=kills {
        let goal = arena.scale.acked * kill / kills;
        stored.acked_more(goal.saturating_sub(stored.acked()).max(1)).await;
        sleep(Duration::from_millis(rng.u64(MOMENT_MS))).await;
        server.kill().await;
        server.restart().await;
        if kill % 20 == 0 {
            arena.progress(&format!("{kill} kills, {} acked", stored.acked()));
        }
    }
    live.set(Mode::Rest);
    let mut verdict = stored.judge(&server).await;
    verdict += live.judge(&server).await;
    Outcome {
        times: kills,
        verdict,
        note: String::new(),
    }
}
