//! A disk that is full, in a mount of its own.

use std::{env, fs, path::Path, process::Command, slice::from_ref, time::Duration};

use clock::Clock;
use futures_util::future::join_all;
use store::LogError;
use tokio::time::{sleep, timeout};
use wire::{domain::RoomId, protocol::EndReason};

use super::{CANARY, canaries};
use crate::{
    contract::all,
    world::{Commands, World, says},
};

/// The environment variable that says where the full disk is.
const DISK: &str = "FULL_DISK";

#[test]
fn a_full_disk_is_survived() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mount_and_test = r#"mount -t tmpfs -o size=32m tmpfs "$FULL_DISK" && exec "$0" "$@""#;
    let test = Command::new("unshare")
        .args(["--map-root-user", "--mount", "sh", "-c", mount_and_test])
        .arg(env::current_exe().expect("this program"))
        .args([
            "--exact",
            "sqlite::full_disk::rooms_end_and_are_purged",
            "--ignored",
            "--nocapture",
        ])
        .env(DISK, folder.path())
        .output()
        .expect("this test mounts a disk of its own: it needs `unshare` (Debian: `apt install util-linux`)");
    let said = String::from_utf8_lossy(&test.stdout) + String::from_utf8_lossy(&test.stderr);
    assert!(test.status.success() && said.contains("1 passed"), "{said}");
}

/// Says more and more until the store takes no more; how much it took.
async fn fill(world: &World, room: &RoomId) -> usize {
    let maya = world.participant("Maya").id;
    let text = format!("{CANARY} {}", "☕".repeat(3_900));
    let mut acked = 0;
    loop {
        let ids = Vec::from_iter((0..10).map(|n| format!("m{acked}-{n}")));
        let told = join_all(ids.iter().map(|id| world.log.append(room, says(&maya, id, &text)))).await;
        acked += told.iter().filter(|told| told.is_ok()).count();
        if let Some(error) = told.into_iter().find_map(Result::err) {
            assert!(matches!(error, LogError::Store(_) | LogError::Lost(_)), "{error}");
            return acked;
        }
    }
}

/// What finds the disk full makes the store give its reserve up, and fails. What comes next has it, and the sweeper and
/// the clients always come again: so no write fails twice.
async fn second_time_lucky<T>(write: impl AsyncFn() -> Result<T, LogError>) {
    if let Err(error) = write().await {
        assert!(matches!(error, LogError::Store(_) | LogError::Lost(_)), "{error}");
        write().await.expect("there is a reserve");
    }
}

/// Asks until the store says that it is ready, or that it is not, as nobody writes. No event tells of it.
async fn within_5_s(world: &World, ready: bool) {
    let told = async {
        while world.upkeep.ping().await.is_ok() != ready {
            sleep(Duration::from_millis(20)).await;
        }
    };
    assert!(timeout(Duration::from_secs(5), told).await.is_ok(), "ready: {}", !ready);
}

#[ignore = "for the full disk that the other test mounts"]
#[tokio::test(flavor = "multi_thread")]
async fn rooms_end_and_are_purged() {
    let disk = env::var(DISK).expect("the full disk");
    let data = Path::new(&disk).join("data");
    let url = format!("sqlite:{}", data.join("rooms.db").display());
    let world = World::open(url, tempfile::tempdir().expect("a folder"), true, 1).await;
    let (talkative, other) = (world.room().await, world.room().await);
    let acked = fill(&world, &talkative).await;
    assert!(acked > 1_000, "{acked}");
    assert_eq!(
        all(&*world.log, &talkative).await.len(),
        acked,
        "what was acked is there, and nothing else"
    );

    assert!(world.upkeep.ping().await.is_err(), "it is not ready");

    // What is held back is not for words: either it is there, or they are turned away.
    let maya = world.participant("Maya").id;
    let held_back = || data.join("rooms.db-reserve").exists();
    assert_eq!(
        world.log.append(&other, says(&maya, "m1", "hello")).await.is_ok(),
        held_back()
    );
    let at = world.clock.now();
    second_time_lucky(async || world.log.end(&talkative, at, EndReason::Ended).await).await;
    second_time_lucky(async || world.log.purge(from_ref(&talkative)).await).await;
    second_time_lucky(async || world.log.scrub().await).await;
    second_time_lucky(async || world.upkeep.purged(from_ref(&talkative)).await).await;
    assert_eq!(canaries(&data), 0);
    within_5_s(&world, true).await;

    // There is place again, and it is found within moments.
    while world.log.append(&other, says(&maya, "m1", "hello")).await.is_err() {
        tokio::task::yield_now().await;
    }
    assert_eq!(all(&*world.log, &other).await.len(), 1);
    // Somebody else fills the disk, and nobody writes.
    within_5_s(&world, true).await;
    let filler = Path::new(&disk).join("filler");
    fs::write(&filler, vec![1; 40_000_000]).expect_err("the disk is full");
    within_5_s(&world, false).await;
    fs::remove_file(&filler).expect("removed");
    within_5_s(&world, true).await;

    assert!(fill(&world, &other).await > 1_000, "all of the disk is free again");
}
