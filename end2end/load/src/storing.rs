//! What it costs to acknowledge only what is on disk: messages a second, and the time from a message to its ack, through
//! the log as the server uses it.
//!
//! Beside it the floor: the same rows in the same table with the same durability, in batches of as many as there are
//! senders, inserted by a loop that does nothing else. No server that commits before it acknowledges is faster.

mod database;
mod floor;
mod senders;
mod tally;

use std::time::Duration;

use database::Database;
use private_postgres::{Cluster, Commits};
use tally::Tally;
pub use tally::median;

/// How many wait for an ack at any time.
const SENDERS: [usize; 3] = [1, 50, 500];

/// How long one measurement takes.
const TAKE: Duration = Duration::from_secs(3);

/// Measurements of each kind; the median counts. Floor and log take turns, so that a slow minute of the machine hits
/// both.
const TAKES: usize = 5;

/// Measures both databases and prints a table.
pub async fn run() {
    let postgres = Cluster::start(Commits::OnDisk);
    println!("| database | senders | floor, rows/s | acked/s | floor / acked | ack p50, ms | ack p99, ms |");
    println!("|---|---|---|---|---|---|---|");
    for senders in SENDERS {
        row("SQLite", senders, async || Database::sqlite()).await;
    }
    for senders in SENDERS {
        row("Postgres", senders, async || Database::postgres(&postgres).await).await;
    }
}

async fn row(name: &str, senders: usize, fresh: impl AsyncFn() -> Database) {
    let (mut floors, mut tallies) = (Vec::new(), Vec::new());
    for _ in 0..TAKES {
        floors.push(floor::measure(fresh().await, senders, TAKE).await);
        tallies.push(senders::measure(fresh().await, senders, TAKE).await);
    }
    let of = |figure: fn(&Tally) -> f64| median(tallies.iter().map(figure));
    let (floor, acked) = (median(floors), of(Tally::per_second));
    println!(
        "| {name} | {senders} | {floor:.0} | {acked:.0} | {:.2} | {:.2} | {:.2} |",
        floor / acked,
        of(|tally| tally.percentile_ms(50)),
        of(|tally| tally.percentile_ms(99)),
    );
}
