//! The runner: breaks the server in every way, and says in a table what became of it.

use std::{
    env,
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex},
};

use clap::{Parser, ValueEnum};
use fastrand::Rng;
use faults::{
    faults::{ALL, Arena, Fault, Outcome, Scale},
    program::{Database, Setup},
};
use private_postgres::{Cluster, Commits};
use tokio::time::Instant;

/// Breaks Instant Chat in every way we can think of, under load, and checks that nothing acked is lost, doubled or
/// reordered.
#[derive(Parser)]
struct Flags {
    /// The server's program. Without it: the one that was built beside this.
    #[arg(long)]
    server: Option<PathBuf>,

    /// A little of everything, in half a minute.
    #[arg(long)]
    short: bool,

    /// On one database only.
    #[arg(long)]
    database: Option<Kind>,

    /// Only faults with this in their name.
    #[arg(long, default_value = "")]
    only: String,

    /// How often the server is killed while everybody writes.
    #[arg(long)]
    kills: Option<u64>,

    /// How many messages are acked meanwhile.
    #[arg(long)]
    acked: Option<u64>,

    /// How often everything else is done.
    #[arg(long)]
    rounds: Option<u64>,

    /// The same seed makes the same choices.
    #[arg(long)]
    seed: Option<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Sqlite,
    Postgres,
}

/// A line of the table.
struct Row {
    database: &'static str,
    fault: &'static str,
    /// None when it failed; it has said why.
    outcome: Option<Outcome>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let flags = Flags::parse();
    let seed = flags.seed.unwrap_or_else(|| fastrand::u64(..));
    let began = Instant::now();
    println!("seed {seed}");
    let mut rows = Vec::new();
    for kind in [Kind::Sqlite, Kind::Postgres] {
        if flags.database.is_none_or(|only| only == kind) {
            rows.extend(all(&flags, kind, seed).await);
        }
    }
    let clean = print(&rows);
    println!("\n{} s, seed {seed}", began.elapsed().as_secs());
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn all(flags: &Flags, kind: Kind, seed: u64) -> Vec<Row> {
    let database = match kind {
        Kind::Sqlite => Database::Sqlite,
        Kind::Postgres => Database::Postgres(Arc::new(Cluster::start(Commits::OnDisk))),
    };
    let setup = Setup {
        program: flags.server.clone().unwrap_or_else(beside_this),
        database,
        flags: Vec::new(),
        disk: None,
        through: None,
    };
    let scale = scale(flags);
    let chosen = ALL.iter().enumerate().filter(|(_, fault)| {
        let possible = if kind == Kind::Sqlite {
            fault.sqlite
        } else {
            fault.postgres
        };
        possible && (scale.patient || !fault.slow) && fault.name.contains(&flags.only)
    });
    let mut rows = Vec::new();
    for (number, fault) in chosen {
        // What one fault chooses does not depend on which others there are.
        let rng = Rng::with_seed(seed.wrapping_add(number as u64));
        rows.push(one(*fault, setup.clone(), scale, rng).await);
    }
    rows
}

async fn one(fault: Fault, setup: Setup, scale: Scale, rng: Rng) -> Row {
    let database = setup.database.name();
    let arena = Arena {
        setup,
        scale,
        name: fault.name,
        rng: Mutex::new(rng),
    };
    let began = Instant::now();
    arena.progress("…");
    // A promise that is not kept is a panic: it has said which.
    let outcome = tokio::spawn(async move { (fault.run)(&arena).await }).await.ok();
    eprintln!(
        "  {database:<9} {:<28} took {:.1} s",
        fault.name,
        began.elapsed().as_secs_f64()
    );
    Row {
        database,
        fault: fault.name,
        outcome,
    }
}

fn scale(flags: &Flags) -> Scale {
    let scale = if flags.short { Scale::SHORT } else { Scale::FULL };
    Scale {
        kills: flags.kills.unwrap_or(scale.kills),
        acked: flags.acked.unwrap_or(scale.acked),
        rounds: flags.rounds.unwrap_or(scale.rounds),
        ..scale
    }
}

fn beside_this() -> PathBuf {
    env::current_exe().expect("this program").with_file_name("instant-chat")
}

/// Prints the table; whether all is well.
fn print(rows: &[Row]) -> bool {
    println!("\n| database | fault | times | acked | lost | doubled | reordered | |");
    println!("|---|---|--:|--:|--:|--:|--:|---|");
    for Row {
        database,
        fault,
        outcome,
    } in rows
    {
        match outcome {
            Some(Outcome { times, verdict, note }) => println!(
                "| {database} | {fault} | {times} | {} | {} | {} | {} | {note} |",
                verdict.acked, verdict.lost, verdict.doubled, verdict.reordered
            ),
            None => println!("| {database} | {fault} | | | | | | **failed** |"),
        }
    }
    rows.iter()
        .all(|row| row.outcome.as_ref().is_some_and(|outcome| outcome.verdict.is_clean()))
}
