//! What the checker says of a server that everything goes through as it should, and of one that is meddled with: a
//! runner that finds nothing must be one that could have.

use std::sync::Arc;

use clap::Parser;
use clock::SystemClock;
use fastrand::Rng;
use faults::{
    api::Api,
    checker::{Verdict, check},
    client::Mode,
    crowd::{Crowd, Plan},
    proxy::{Meddler, Trick},
};
use random::SystemRandom;
use server::{Server, config::Config};

/// Three clients of a room, all of them behind a proxy with this trick.
async fn verdict(trick: Option<Trick>) -> Verdict {
    let data = tempfile::tempdir().expect("a folder");
    let folder = format!("--data-dir={}", data.path().display());
    let flags = [
        "instant-chat",
        "--port=0",
        "--site-root=/nowhere",
        "--message-burst=1000",
        "--room-limit=100000/1s",
        "--socket-limit=100000/1s",
        &folder,
    ];
    let config = Config::try_parse_from(flags).expect("flags");
    let server = Server::start(&config, Arc::new(SystemClock), Arc::new(SystemRandom))
        .await
        .expect("the server starts");
    let host = server.local_addr().to_string();
    let meddler = Meddler::start(host.clone(), trick.unwrap_or(Trick::Drop)).await;

    let mut crowd = Crowd::gather(
        &Api::of(&host),
        &meddler.host,
        &Plan::stored(1, 2),
        &mut Rng::with_seed(1),
    )
    .await;
    crowd.set(Mode::Write);
    crowd.acked_more(20).await;
    if trick.is_some() {
        meddler.play();
    }
    crowd.acked_more(20).await;
    assert!(meddler.played());
    // A sender who was lied to waits for ever for the message: there is no rest to wait for.
    if trick != Some(Trick::Promise) {
        assert!(crowd.settle().await);
    }
    let room = crowd.rooms.remove(0);
    let judged = check(&room.leave(Some(&Api::of(&host))).await);
    assert!(judged.acked >= 40, "{judged:?}");
    judged
}

#[tokio::test]
async fn an_honest_server_is_found_honest() {
    let verdict = verdict(None).await;
    assert!(verdict.is_clean(), "{verdict:?}");
}

#[tokio::test]
async fn a_message_that_was_dropped_on_the_way_is_noticed() {
    let verdict = verdict(Some(Trick::Drop)).await;
    assert!(
        verdict.reordered > 0 && verdict.lost == 0,
        "the browser asks for it again: {verdict:?}"
    );
}

#[tokio::test]
async fn a_message_that_came_twice_is_noticed() {
    let verdict = verdict(Some(Trick::Double)).await;
    assert_eq!((verdict.lost, verdict.doubled, verdict.reordered), (0, 1, 0));
}

#[tokio::test]
async fn messages_that_changed_places_are_noticed() {
    assert!(verdict(Some(Trick::Swap)).await.reordered > 0);
}

#[tokio::test]
async fn other_words_are_noticed() {
    assert!(verdict(Some(Trick::Garble)).await.reordered > 0);
}

#[tokio::test]
async fn an_ack_for_nothing_is_noticed() {
    assert!(verdict(Some(Trick::Promise)).await.lost > 0);
}
