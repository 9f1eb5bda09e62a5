//! Readers that do not read: what waits for them is bounded, nobody else waits, and they can resume.

use std::time::Duration;

use tokio::time::sleep;
use wire::protocol::close;

use super::{Arena, Outcome};
use crate::{
    client::Mode,
    crowd::{Crowd, Plan},
};

/// Readers of each room that do not read.
const DEAF: usize = 16;

/// Said in each room while they do not: 12 kB each, several times what the kernel keeps for a connection.
const MESSAGES: u64 = 1_600;

/// Bytes by which the server may grow. All that waits for the deaf in each room would be 300 MB.
const GROWTH_MAX: u64 = 100 << 20;

/// After so long without taking anything a reader is given up.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(22);

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let server = arena.server().await;
    let plan = |of: Plan| Plan { length: 3_900, ..of };
    let mut note = String::new();
    let mut outcome = Outcome::default();
    for of in [Plan::stored(1, DEAF + 3), Plan::live(1, DEAF + 3)] {
        let crowd = Crowd::gather(&server.api(), &server.host(), &plan(of), &mut rng).await;
        let (deaf, awake): (Vec<_>, Vec<_>) = crowd.clients().enumerate().partition(|(n, _)| *n >= 4);
        assert_eq!(deaf.len(), DEAF);
        for (_, client) in &deaf {
            client.set(Mode::Deaf);
        }
        let before = server.memory();
        for (_, client) in &awake {
            client.set(Mode::Write);
        }
        let mut most = before;
        while crowd.acked() < MESSAGES {
            crowd.acked_more(100).await;
            most = most.max(server.memory());
        }
        for (_, client) in &awake {
            client.set(Mode::Rest);
        }
        sleep(GIVEN_UP_AFTER).await;
        most = most.max(server.memory());
        let grown = most - before;
        arena.progress(&format!("the server grew by {} kB", grown / 1024));
        assert!(grown < GROWTH_MAX, "the server grew by {grown} bytes");
        for (_, client) in &deaf {
            client.set(Mode::Rest);
            let status = client.until(|status| status.last_close.is_some()).await;
            let known = [Some(close::TOO_SLOW), Some(1006)];
            assert!(
                known.contains(&status.last_close),
                "closed with {:?}",
                status.last_close
            );
        }
        note = format!(
            "{note}{}grew by {} MB at most",
            if note.is_empty() { "" } else { ", " },
            grown / 1_000_000
        );
        outcome.times += deaf.len() as u64;
        outcome.verdict += crowd.judge(&server).await;
    }
    outcome.note = note;
    outcome
}
