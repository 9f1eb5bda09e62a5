//! SIGTERM while everybody writes: sockets are told to come back, and the program is out within 10 s.

use std::time::Duration;

use wire::protocol::close;

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
};

/// After which container runtimes kill.
const OUT_WITHIN: Duration = Duration::from_secs(10);

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let mut server = arena.server().await;
    let stored = Crowd::gather(&server.api(), &server.host(), &Plan::stored(4, 5), &mut rng).await;
    let live = Crowd::gather(&server.api(), &server.host(), &Plan::live(4, 5), &mut rng).await;
    stored.set(Mode::Write);
    live.set(Mode::Write);
    let mut longest = Duration::ZERO;
    for _ in 0..arena.scale.rounds {
        stored.acked_more(100).await;
        live.acked_more(100).await;
        let took = server.stop().await;
        assert!(took < OUT_WITHIN, "out only after {took:?}");
        longest = longest.max(took);
        for client in stored.clients().chain(live.clients()) {
            let status = client.until(|status| status.link != app::room_client::Link::Open).await;
            assert_eq!(status.last_close, Some(close::GOING_AWAY), "the goodbye's code");
        }
        server.restart().await;
        stored.connected().await;
        live.connected().await;
    }
    live.set(Mode::Rest);
    let mut verdict = stored.judge(&server).await;
    verdict += live.judge(&server).await;
    Outcome {
        times: arena.scale.rounds,
        verdict,
        note: format!("out after {:.1} s at most", longest.as_secs_f64()),
    }
}
