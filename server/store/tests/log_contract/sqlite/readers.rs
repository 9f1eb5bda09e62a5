//! Another process that reads the file.

use std::time::Duration;

use clock::Clock;
use sqlx::{ConnectOptions, Connection, query, sqlite::SqliteConnectOptions};
use store::LogError;
use tokio::time::Instant;
use wire::protocol::EndReason;

use super::{CANARY, canaries, room_with_canaries};
use crate::world::{self, Commands, says};

/// Far less than a reader of minutes, far more than a commit takes.
const SOON: Duration = Duration::from_secs(1);

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_who_reads_delays_a_scrub_and_no_ack() {
    let world = world::sqlite().await;
    let folder = world.folder.path().join("data");
    let (purged, kept) = (room_with_canaries(&world).await, world.room().await);
    let omar = world.participant("Omar").id;
    let file = SqliteConnectOptions::new().filename(folder.join("rooms.db"));
    let mut reader = file.connect().await.expect("the file");
    query("BEGIN").execute(&mut reader).await.expect("begun");
    query("SELECT * FROM entry").fetch_all(&mut reader).await.expect("read");

    let now = world.clock.now();
    world.log.end(&purged, now, EndReason::Ended).await.expect("ended");
    world.log.purge(&[purged]).await.expect("purged");
    let slowest = {
        let acks = async {
            let mut slowest = Duration::ZERO;
            for n in 0..200 {
                let before = Instant::now();
                let said = world.log.append(&kept, says(&omar, &format!("m{n}"), "hello")).await;
                said.expect("acked");
                slowest = slowest.max(before.elapsed());
            }
            slowest
        };
        let scrubs = async {
            while let Err(error) = world.log.scrub().await {
                assert!(matches!(error, LogError::Busy), "{error}");
            }
        };
        tokio::select! {
            slowest = acks => slowest,
            () = scrubs => panic!("what is being read was cut"),
        }
    };
    println!("the slowest ack took {slowest:?}");
    assert!(slowest < SOON, "{slowest:?}");
    assert!(canaries(&folder) > 0, "{CANARY} is in what the reader sees");

    reader.close().await.expect("closed");
    world.log.scrub().await.expect("scrubbed");
    assert_eq!(canaries(&folder), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrub_finds_a_gap_among_those_who_write_and_read() {
    let world = world::sqlite().await;
    let folder = world.folder.path().join("data");
    let (purged, kept) = (room_with_canaries(&world).await, world.room().await);
    let omar = world.participant("Omar").id;
    let now = world.clock.now();
    world.log.end(&purged, now, EndReason::Ended).await.expect("ended");
    world.log.purge(&[purged]).await.expect("purged");
    let writes = async {
        for n in 0.. {
            let said = world.log.append(&kept, says(&omar, &format!("m{n}"), "hello")).await;
            said.expect("acked");
        }
    };
    let reads = async { while world.registry.all_inside().await.is_ok() {} };
    let scrub = async {
        // Tried again as the server tries again.
        while let Err(error) = world.log.scrub().await {
            assert!(matches!(error, LogError::Busy), "{error}");
        }
    };
    let within = tokio::time::timeout(Duration::from_secs(10), async {
        tokio::select! {
            () = writes => unreachable!("they never end"),
            () = reads => unreachable!("they never end"),
            () = scrub => {}
        }
    });
    within.await.expect("within 10 s");
    assert_eq!(canaries(&folder), 0);
}
