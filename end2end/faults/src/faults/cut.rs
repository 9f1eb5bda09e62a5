//! Connections are reset in the middle of a frame: everybody resumes at their cursor.

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
    proxy::Cutter,
};

/// Cuts in a round.
const CUTS: u64 = 100;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let server = arena.server().await;
    let cutter = Cutter::start(server.host(), rng.fork()).await;
    let stored = Crowd::gather(&server.api(), &cutter.host, &Plan::stored(4, 5), &mut rng).await;
    let live = Crowd::gather(&server.api(), &cutter.host, &Plan::live(4, 5), &mut rng).await;
    stored.set(Mode::Write);
    live.set(Mode::Write);
    while cutter.cuts() < arena.scale.rounds * CUTS {
        stored.acked_more(20).await;
        live.acked_more(20).await;
    }
    cutter.tame();
    live.set(Mode::Rest);
    let mut verdict = stored.judge(&server).await;
    verdict += live.judge(&server).await;
    Outcome {
        times: cutter.cuts(),
        verdict,
        note: String::new(),
    }
}
