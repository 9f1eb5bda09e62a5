//! Everybody reconnects at once: everybody gets in, with everything.

use tokio::time::Instant;

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
};

/// Sockets in a room.
const IN_ROOM: usize = 50;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let mut server = arena.server().await;
    let plan = Plan {
        count: 3,
        // One of them has two tabs.
        ..Plan::stored(arena.scale.herd / IN_ROOM, IN_ROOM - 1)
    };
    let crowd = Crowd::gather(&server.api(), &server.host(), &plan, &mut rng).await;
    crowd.set(Mode::Write);
    crowd.acked_more(arena.scale.herd as u64).await;
    server.kill().await;
    for client in crowd.clients() {
        client.until(|status| status.last_close.is_some()).await;
    }
    server.restart().await;
    let back = Instant::now();
    crowd.connected().await;
    let note = format!("all were back after {:.1} s", back.elapsed().as_secs_f64());
    Outcome {
        times: crowd.clients().count() as u64,
        verdict: crowd.judge(&server).await,
        note,
    }
}
