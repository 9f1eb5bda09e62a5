//! The database dies and comes back: no ack meanwhile, writing again within 5 s of its return.

use std::time::Duration;

use tokio::{
    task::block_in_place,
    time::{Instant, sleep},
};

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
    program::Database,
};

/// How long it is away.
const AWAY_MS: std::ops::Range<u64> = 0..2_000;

/// From its return to the first ack.
const READY_WITHIN: Duration = Duration::from_secs(5);

pub(super) async fn run(arena: &Arena) -> Outcome {
    let Database::Postgres(cluster) = &arena.setup.database else {
        return Outcome::default();
    };
    let mut rng = arena.rng();
    let server = arena.server().await;
    let crowd = Crowd::gather(&server.api(), &server.host(), &Plan::stored(8, 5), &mut rng).await;
    crowd.set(Mode::Write);
    let times = arena.scale.rounds * 2;
    let mut longest = Duration::ZERO;
    for _ in 0..times {
        crowd.acked_more(200).await;
        block_in_place(|| cluster.kill());
        let before = crowd.acked();
        let ready = server.api().visit("/readyz").await;
        assert!(
            ready.is_some_and(|status| status == 503),
            "without a database: {ready:?}"
        );
        sleep(Duration::from_millis(rng.u64(AWAY_MS))).await;
        assert_eq!(crowd.acked(), before, "acked without a database");
        block_in_place(|| cluster.restart());
        let back = Instant::now();
        crowd.acked_more(1).await;
        longest = longest.max(back.elapsed());
        arena.progress(&format!("writing again after {:.1} s", back.elapsed().as_secs_f64()));
    }
    assert!(
        longest <= READY_WITHIN,
        "only after {longest:?} somebody could write again"
    );
    Outcome {
        times,
        verdict: crowd.judge(&server).await,
        note: format!("writing again after {:.1} s at most", longest.as_secs_f64()),
    }
}
