//! What only SQLite can be asked: its files.

mod full_disk;
mod readers;

use std::{fs, path::Path, slice::from_ref, sync::Arc};

use clock::Clock;
use futures_util::future::join_all;
use random::Random;
use sqlx::{ConnectOptions, Connection, query, sqlite::SqliteConnectOptions};
use store::{LogError, OpenError, open};
use wire::protocol::EndReason;

use crate::world::{self, Commands, World, amends, says};

const CANARY: &str = "canary-7d1f0c0e";

/// How often the canary stands in any of the world's files.
fn canaries(folder: &Path) -> usize {
    let files = fs::read_dir(folder)
        .expect("the folder")
        .map(|file| fs::read(file.expect("a file").path()));
    files
        .map(|bytes| bytes.expect("readable"))
        .map(|bytes| {
            bytes
                .windows(CANARY.len())
                .filter(|window| *window == CANARY.as_bytes())
                .count()
        })
        .sum()
}

/// A room whose messages and whose participant's name have the canary in them.
async fn room_with_canaries(world: &World) -> wire::domain::RoomId {
    let room = world.room().await;
    let maya = world.participant(&format!("Maya {CANARY}"));
    world
        .log
        .admit(&room, &maya, &world.token(), 10)
        .await
        .expect("admitted");
    // Enough for several transactions of a purge, and one message that fills pages of its own.
    let ids = Vec::from_iter((0..1_200).map(|n| format!("m{n}")));
    for ids in ids.chunks(400) {
        let says = ids
            .iter()
            .map(|id| world.log.append(&room, says(&maya.id, id, &format!("{id} {CANARY}"))));
        assert!(join_all(says).await.iter().all(Result::is_ok));
    }
    world
        .log
        .append(&room, says(&maya.id, "long", &CANARY.repeat(200)))
        .await
        .expect("appended");
    room
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purge_leaves_no_byte_in_any_file() {
    let world = world::sqlite().await;
    let folder = world.folder.path().join("data");
    let (purged, kept) = (room_with_canaries(&world).await, world.room().await);
    let omar = world.participant("Omar").id;
    world
        .log
        .append(&kept, says(&omar, "m1", "this stays"))
        .await
        .expect("appended");
    assert!(canaries(&folder) > 1_200, "the search finds what is there");

    world
        .log
        .end(&purged, world.clock.now(), EndReason::Ended)
        .await
        .expect("ended");
    world.log.purge(from_ref(&purged)).await.expect("purged");
    assert!(canaries(&folder) > 0, "in the write-ahead log");
    world.log.scrub().await.expect("scrubbed");
    assert_eq!(canaries(&folder), 0);
    assert!(world.log.position(&kept).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn amended_messages_leave_no_byte_in_any_file() {
    let world = world::sqlite().await;
    let folder = world.folder.path().join("data");
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    // One fills pages of its own.
    let messages = [
        ("m1", CANARY.to_owned()),
        ("m2", CANARY.repeat(200)),
        ("m3", "stays".to_owned()),
    ];
    for (id, words) in &messages {
        world.log.append(&room, says(&maya, id, words)).await.expect("said");
    }
    world.log.scrub().await.expect("scrubbed");
    for (id, words) in [("e1", CANARY), ("e2", "harmless")] {
        world
            .log
            .append(&room, amends::edit(&maya, id, 1, words))
            .await
            .expect("edited");
    }
    world
        .log
        .append(&room, amends::delete(&maya, "d1", 2))
        .await
        .expect("deleted");
    assert!(canaries(&folder) > 200, "the search finds what is there");
    world.log.scrub().await.expect("scrubbed");
    assert_eq!(canaries(&folder), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_rooms_words_are_in_no_file() {
    let world = world::memory().await;
    let folder = world.folder.path().join("data");
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    world
        .log
        .append(&room, says(&maya, "m1", CANARY))
        .await
        .expect("appended");
    assert_eq!(canaries(&folder), 0);
    world.close().await;
    assert_eq!(canaries(&folder), 0);
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;

    let world = world::sqlite().await;
    world.room().await;
    let folder = world.folder.path().join("data");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files = Vec::from_iter(
        fs::read_dir(&folder)
            .expect("the folder")
            .map(|file| file.expect("a file").path()),
    );
    assert_eq!(
        files.len(),
        5,
        "the database, its write-ahead log, its index, its reserve, its lock: {files:?}"
    );
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

/// Opens the database of `world` once more, by this URL.
async fn again(world: &World, url: &str) -> Result<(), OpenError> {
    let opened = open(
        url,
        Arc::clone(&world.clock) as _,
        world.random.epoch(),
        Arc::clone(&world.heard) as _,
        Arc::<store::RoomMemories>::default(),
        world.bounds,
    )
    .await;
    opened.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_one_server_s_by_whatever_name() {
    let world = world::sqlite().await;
    let mut urls = vec![world.url.clone(), format!("{}?mode=rwc", world.url)];
    #[cfg(unix)]
    {
        let link = world.folder.path().join("link.db");
        std::os::unix::fs::symlink(world.folder.path().join("data/rooms.db"), &link).expect("a link");
        urls.push(format!("sqlite:{}", link.display()));
    }
    for url in &urls {
        let refused = again(&world, url).await.expect_err("somebody has it");
        assert!(matches!(refused, OpenError::InUse), "{refused}");
        assert!(refused.to_string().contains("Stop that one first"), "{refused}");
    }
    world.room().await;
    world.close().await;
    for url in &urls {
        again(&world, url).await.expect("nobody has it any more");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_room_harms_no_other() {
    let world = world::sqlite().await;
    let (damaged, other) = (world.room().await, world.room().await);
    let maya = world.participant("Maya").id;
    for id in ["m1", "m2"] {
        world
            .log
            .append(&damaged, says(&maya, id, "hello"))
            .await
            .expect("said");
    }
    let path = world.folder.path().join("data/rooms.db");
    let mut by_hand = SqliteConnectOptions::new()
        .filename(path)
        .connect()
        .await
        .expect("the file");
    // Its next entries would take the place of others.
    query("UPDATE room SET last_seq = 0 WHERE id = $1")
        .bind(damaged.as_str())
        .execute(&mut by_hand)
        .await
        .expect("damaged");
    by_hand.close().await.expect("closed");

    let ids = Vec::from_iter((0..20).map(|n| format!("n{n}")));
    let turns = ids.iter().flat_map(|id| [(&damaged, id), (&other, id)]);
    let told = join_all(turns.map(|(room, id)| world.log.append(room, says(&maya, id, "hello")))).await;
    for (n, told) in told.iter().enumerate() {
        match told {
            Ok(_) => assert_eq!(n % 2, 1, "there is no place for it"),
            Err(error) => assert!(matches!(error, LogError::Store(_)) && n % 2 == 0, "{error}"),
        }
    }
    let entries = crate::contract::all(&*world.log, &other).await;
    assert_eq!(crate::contract::seqs(&entries), Vec::from_iter(1..=20));
    assert!(world.upkeep.ping().await.is_ok(), "the store is well");
}
