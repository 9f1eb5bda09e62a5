//! The log with senders that each wait for an ack before they send again.

use std::{sync::Arc, time::Duration};

use store::{Act, Draft, Log};

use tokio::{task::JoinSet, time::Instant};

use super::{
    database::{Database, Sender, client_id, words},
    tally::Tally,
};

/// Lets them send for as long as `take`.
pub async fn measure(database: Database, senders: usize, take: Duration) -> Tally {
    let (stores, senders) = database.with(senders).await;
    let started = Instant::now();
    let mut all = JoinSet::new();
    for (number, sender) in senders.into_iter().enumerate() {
        all.spawn(send(Arc::clone(&stores.log), sender, number, started + take));
    }
    let latencies = all.join_all().await.concat();
    // Until the last ack, not only as long as was asked for.
    let elapsed = started.elapsed();
    stores.close().await;
    Tally::new(elapsed, latencies)
}

async fn send(log: Arc<dyn Log>, sender: Sender, number: usize, until: Instant) -> Vec<Duration> {
    let mut latencies = Vec::new();
    while Instant::now() < until {
        let (media, body) = (Vec::new(), words());
        let draft = Draft {
            from: sender.id.clone(),
            client_id: client_id(number, latencies.len()),
            act: Act::Say { media, body },
        };
        let sent = Instant::now();
        log.append(&sender.room, draft).await.expect("acked");
        latencies.push(sent.elapsed());
    }
    latencies
}
