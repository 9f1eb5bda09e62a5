//! The disk is full: messages wait, rooms can be ended and purged, and then what waited is in the log.

use std::{process::Command, time::Duration};

use tokio::time::{sleep, timeout};

use super::{Arena, Outcome};
use crate::{
    checker::{Verdict, check},
    client::{Client, Mode},
    crowd::{Crowd, Plan},
    program::{Program, Setup, is_in},
};

/// The disk. 8 MiB of it are the server's reserve.
const DISK: u64 = 32 << 20;

/// What is deleted must be gone from the disk by then.
const GONE_WITHIN: Duration = Duration::from_secs(60);

pub(super) async fn run(arena: &Arena) -> Outcome {
    if !may_mount() {
        return Outcome {
            note: "skipped: this machine lets nobody mount a disk of their own".into(),
            ..Outcome::default()
        };
    }
    let mut rng = arena.rng();
    let setup = Setup {
        disk: Some(DISK),
        ..arena.setup.clone()
    };
    let server = Program::start(&setup).await;
    let (api, host) = (server.api(), server.host());
    let small = Crowd::gather(&api, &host, &Plan::stored(2, 4), &mut rng).await;
    let mut verdict = Verdict::default();
    for _ in 0..arena.scale.rounds {
        let long = Plan {
            length: 3_900,
            ..Plan::stored(8, 1)
        };
        let large = Crowd::gather(&api, &host, &long, &mut rng).await;
        small.set(Mode::Write);
        small.acked_more(50).await;
        small.set(Mode::Rest);
        large.set(Mode::Write);
        timeout(Duration::from_secs(60), stuck(&large))
            .await
            .expect("the disk fills");
        arena.progress(&format!("full after {} long messages", large.acked()));
        // Some may find place that the server gave up for others; most wait, and lose nothing by it.
        small.set(Mode::Write);

        let canaries = Vec::from_iter(large.rooms.iter().map(|room| room.canary.clone()));
        let is_left = || is_in(&server.visible_data(), &canaries);
        assert!(is_left(), "the search finds what is there");
        for room in &large.rooms {
            while api.end(&room.room).await.is_none_or(|status| !status.is_success()) {
                sleep(Duration::from_millis(100)).await;
            }
        }
        let gone = async {
            while is_left() {
                sleep(Duration::from_millis(100)).await;
            }
        };
        timeout(GONE_WITHIN, gone)
            .await
            .expect("what is deleted leaves a full disk, too");
        small.acked_more(50).await;
        for room in large.rooms {
            verdict += check(&room.leave(None).await);
        }
    }
    verdict += small.judge(&server).await;
    Outcome {
        times: arena.scale.rounds,
        verdict,
        note: "rooms could be ended, their bytes went".into(),
    }
}

/// Waits until nobody gets on any more: each waits for an answer that says so.
async fn stuck(crowd: &Crowd) {
    let mut before = None;
    loop {
        let now = crowd
            .clients()
            .map(|client: &Client| client.status.borrow().acked)
            .sum::<u64>();
        if before == Some(now) {
            return;
        }
        before = Some(now);
        // Longer than any commit takes, and than the server holds a refused client off.
        sleep(Duration::from_millis(1_500)).await;
    }
}

fn may_mount() -> bool {
    Command::new("unshare")
        .args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"])
        .output()
        .is_ok_and(|tried| tried.status.success())
}
