//! What only Postgres can be asked: several servers on one database, and a database that goes away.

mod pooler;

use std::{sync::Arc, time::Duration};

use futures_util::future::join_all;
use private_postgres::{Cluster, Commits, Proxy};
use store::{LogError, PAGE_MAX, Page};
use tokio::time::timeout;
use wire::domain::{RoomId, Seq};

use crate::{
    contract::{all, seqs},
    world::{self, Admission, Commands, World, says},
};

/// Another server on the same database.
async fn another(world: &World) -> World {
    let folder = tempfile::tempdir().expect("a temporary folder");
    World::open(world.url.clone(), folder, true, 2).await
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_prepare_the_tables_once() {
    let url = Cluster::shared().database().await;
    let open = |seed| World::open(url.clone(), tempfile::tempdir().expect("a folder"), true, seed);
    for world in join_all((0..4).map(open)).await {
        let room = world.room().await;
        assert!(world.log.position(&room).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_write_one_log() {
    let here = world::postgres().await;
    let there = another(&here).await;
    let rooms = [
        here.room().await,
        here.room().await,
        here.room().await,
        here.room().await,
    ];
    let writers = (0..20_usize).map(|writer| {
        let world = if writer % 2 == 0 { &here } else { &there };
        let log = Arc::clone(&world.log);
        let (who, token) = (world.participant("Maya"), world.token());
        let mut rooms = rooms.clone();
        // Each meets the rooms in another order: who locked them as they come would wait for each other in a ring.
        rooms.rotate_left(writer % 4);
        tokio::spawn(async move {
            for room in &rooms {
                let admission = log.admit(room, &who, &token, 100).await.expect("answered");
                assert_eq!(admission, Admission::Entered);
            }
            for n in 0..20 {
                let appends = rooms
                    .iter()
                    .map(|room| log.append(room, says(&who.id, &format!("m{n}"), "hello")));
                assert!(
                    join_all(appends)
                        .await
                        .iter()
                        .all(|told| told.as_ref().is_ok_and(|told| told.fresh))
                );
            }
        })
    });
    assert!(join_all(Vec::from_iter(writers)).await.iter().all(Result::is_ok));
    for room in &rooms {
        let entries = all(&*here.log, room).await;
        assert_eq!(seqs(&entries), Vec::from_iter(1..=420));
        assert_eq!(all(&*there.log, room).await, entries);
        let heard = [seqs(&here.heard.of(room)), seqs(&there.heard.of(room))];
        assert!(
            heard.iter().all(|heard| heard.len() == 210 && heard.is_sorted()),
            "each hears its own, in order"
        );
        assert_eq!(
            here.registry.room(room).await.expect("read").expect("the room").inside,
            20
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_retry_at_another_server_is_the_same_message() {
    let here = world::postgres().await;
    let there = another(&here).await;
    let room = here.room().await;
    let maya = here.participant("Maya").id;
    let sends = (0..50).map(|n| {
        let world = if n % 2 == 0 { &here } else { &there };
        world.log.append(&room, says(&maya, "m1", "hello"))
    });
    let told = Vec::from_iter(join_all(sends).await.into_iter().map(|told| told.expect("appended")));
    assert_eq!(told.iter().filter(|told| told.fresh).count(), 1);
    assert!(told.iter().all(|told| told.seq == Seq(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_was_away_is_used_again_at_once() {
    let cluster = Cluster::start(Commits::InMemory);
    let world = world::in_postgres(&cluster).await;
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    let mut acked = vec![];
    for round in 0..3 {
        let ids = Vec::from_iter((0..50).map(|n| format!("r{round}-{n}")));
        let appends = join_all(ids.iter().map(|id| world.log.append(&room, says(&maya, id, "hello"))));
        // In the second round the database dies: before them, in their midst or after.
        let (told, ()) = tokio::join!(appends, async {
            if round == 1 {
                tokio::task::block_in_place(|| cluster.kill());
            }
        });
        acked.extend(
            ids.into_iter()
                .zip(told)
                .filter_map(|(id, told)| Some((id, told.ok()?.seq))),
        );
        if round == 1 {
            let refused = world.log.append(&room, says(&maya, "away", "hello")).await;
            assert!(
                matches!(refused, Err(LogError::Store(_) | LogError::Lost(_))),
                "{refused:?}"
            );
            assert!(matches!(world.upkeep.ping().await, Err(LogError::Store(_))));
            tokio::task::block_in_place(|| cluster.restart());
            let back = async {
                while world.log.append(&room, says(&maya, "back", "hello")).await.is_err()
                    || world.upkeep.ping().await.is_err()
                {
                    tokio::task::yield_now().await;
                }
            };
            timeout(Duration::from_secs(5), back).await.expect("ready within 5 s");
        }
    }
    let entries = all(&*world.log, &room).await;
    assert_eq!(seqs(&entries), Vec::from_iter(1..=entries.len() as u64));
    assert_eq!(world.heard.of(&room), entries);
    for (id, seq) in acked {
        let told = world.log.append(&room, says(&maya, &id, "hello")).await.expect("known");
        assert_eq!((told.seq, told.fresh), (seq, false), "acked and kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_that_nobody_noticed_costs_nobody_an_error() {
    let cluster = Cluster::start(Commits::InMemory);
    let world = world::in_postgres(&cluster).await;
    let room = world.room().await;
    let maya = world.participant("Maya").id;
    world
        .log
        .append(&room, says(&maya, "m1", "before"))
        .await
        .expect("appended");
    tokio::task::block_in_place(|| {
        cluster.kill();
        cluster.restart();
    });
    world
        .log
        .append(&room, says(&maya, "m2", "after"))
        .await
        .expect("appended");
    assert_eq!(seqs(&all(&*world.log, &room).await), [1, 2]);
}

/// Waits until the observer has heard as much as the log has.
async fn heard_all(world: &World, room: &RoomId) {
    let entries = world.log.read(room, Page::After(Seq(0), PAGE_MAX)).await.expect("open");
    while world.heard.of(room).len() < entries.len() {
        world.heard.more().await;
    }
    assert_eq!(world.heard.of(room), world::read(&entries));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_lost_answer_hid_is_found_out() {
    let direct = world::postgres().await;
    let room = direct.room().await;
    let maya = direct.participant("Maya").id;
    let proxy = Proxy::start(Cluster::shared().socket()).await;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let through = World::open(proxy.url(&direct.url), folder, true, 2).await;
    through
        .log
        .append(&room, says(&maya, "m1", "hello"))
        .await
        .expect("appended");

    // The database commits, and the connection breaks before it can say so: a message is known by its name.
    proxy.swallow_next_commit();
    let told = through
        .log
        .append(&room, says(&maya, "m2", "is it there?"))
        .await
        .expect("found");
    assert_eq!((told.seq, proxy.broken()), (Seq(2), 1));
    heard_all(&through, &room).await;
    assert_eq!(through.heard.of(&room).len(), 2);

    // The connection breaks first: the database commits nothing, and is asked again.
    proxy.break_before_next_commit();
    let told = through
        .log
        .append(&room, says(&maya, "m3", "and this?"))
        .await
        .expect("appended");
    assert_eq!((told.seq, proxy.broken()), (Seq(3), 2));
    heard_all(&through, &room).await;

    // Whoever comes or goes is not known by a name. Whether it happened, the log and the registry say the same.
    let (who, token) = (through.participant("Omar"), through.token());
    proxy.swallow_next_commit();
    let unknown = through.log.admit(&room, &who, &token, 9).await;
    assert!(matches!(unknown, Err(LogError::Lost(_))), "{unknown:?}");
    heard_all(&through, &room).await;
    assert_eq!(through.heard.of(&room).len(), 4);
    assert!(
        through
            .registry
            .member(&room, &token)
            .await
            .expect("asked")
            .is_some_and(|member| member.inside)
    );
    proxy.break_before_next_commit();
    let unknown = through.log.release(&room, &who.id).await;
    assert!(matches!(unknown, Err(LogError::Lost(_))), "{unknown:?}");
    assert!(
        through.log.release(&room, &who.id).await.expect("answered"),
        "it had not happened"
    );
    assert!(!through.log.release(&room, &who.id).await.expect("answered"));
    heard_all(&through, &room).await;
    assert_eq!(through.heard.of(&room).len(), 5);
}
