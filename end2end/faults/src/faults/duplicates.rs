//! The same message, fifty times at once, with a kill in the midst, and again after it: one entry.

use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::sleep;
use wire::domain::ClientId;

use super::{Arena, Outcome};
use crate::{
    api::Api,
    checker::check,
    crowd::{Crowd, Plan, Room},
    history::{Ack, Message, Record},
};

/// Sends at once.
const SENDS: usize = 50;

pub(super) async fn run(arena: &Arena) -> Outcome {
    let mut rng = arena.rng();
    let mut server = arena.server().await;
    let api = server.api();
    let mut crowd = Crowd::gather(&api, &server.host(), &Plan::stored(1, 2), &mut rng).await;
    let room = crowd.rooms.remove(0);
    let mut sender = Record::default();
    let times = arena.scale.rounds * 4;
    for n in 0..times {
        let message = Message {
            from: room.clients[0].seat.who.clone(),
            client_id: ClientId::parse(format!("again-{n}")).expect("an id"),
        };
        sender.sent.push(message.clone());
        let kill = async {
            sleep(Duration::from_millis(rng.u64(0..15))).await;
            server.kill().await;
        };
        let (early, ()) = tokio::join!(send(&api, &room, &message), kill);
        server.restart().await;
        let late = send(&api, &room, &message).await;
        assert_eq!(late.len(), SENDS, "some were refused");
        sender.acks.extend(early);
        sender.acks.extend(late);
    }
    room.clients[1]
        .until(|status| status.link == app::room_client::Link::Open)
        .await;
    let end = sender.acks.iter().map(|ack| ack.seq).max().expect("acks");
    for client in &room.clients {
        client.until(|status| status.cursor >= end).await;
    }
    let mut history = room.leave(Some(&api)).await;
    // It read nothing itself: what the others read is held against its acks.
    sender.readings.clone_from(&history.clients[0].readings);
    history.clients.push(sender);
    Outcome {
        times: times * 2 * SENDS as u64,
        verdict: check(&history),
        note: String::new(),
    }
}

/// Sends a message many times at once; the acks that came.
async fn send(api: &Api, room: &Room, message: &Message) -> Vec<Ack> {
    let (seat, words) = (&room.clients[0].seat, &room.clients[0].seat.words);
    let words = words.of(&message.client_id);
    let said = (0..SENDS).map(|_| api.say(&seat.room, &seat.token, &message.client_id, &words));
    let epoch = room.clients[0].status.borrow().epoch.clone().expect("welcomed");
    join_all(said)
        .await
        .into_iter()
        .flatten()
        .map(|seq| Ack {
            message: message.clone(),
            epoch: epoch.clone(),
            seq,
        })
        .collect()
}
