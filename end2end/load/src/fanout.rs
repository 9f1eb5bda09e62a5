//! What it costs to deliver: the server's CPU time for each frame that reaches a member, and the memory of a socket that
//! is inside and hears nothing.
//!
//! Beside it a bare loop that does nothing but read frames and write them to everybody on the same path, all that came at
//! once in one write. No server that delivers over TCP needs less.

pub mod bare;
mod crowd;
mod process;

use std::time::Duration;

use crowd::{Crowd, Say};
use process::Process;
use tokio::time::sleep;

use crate::storing::median;

/// Measurements of each kind; the median counts. They take turns, so that a slow minute of the machine hits all.
const TAKES: usize = 3;

/// Before it is measured: everybody is warm, and the rooms are as busy as they get.
const WARM_UP: Duration = Duration::from_secs(1);

/// How long one measurement takes.
const TAKE: Duration = Duration::from_secs(3);

/// Name, rooms, members of each, messages that each room has under way.
const SCENES: [(&str, usize, usize, usize); 3] = [
    ("50 rooms of 20, busy", 50, 20, 4),
    ("the same, one message at a time", 50, 20, 1),
    ("a hall of 500", 1, 500, 4),
];

/// Who delivers.
#[derive(Clone, Copy)]
enum Server {
    Bare,
    Ours { stored: bool },
}

const SERVERS: [Server; 3] = [
    Server::Bare,
    Server::Ours { stored: false },
    Server::Ours { stored: true },
];

/// Measures all and prints a table.
pub async fn run() {
    println!(
        "| rooms | bare, µs | live, µs | stored, µs | live / bare | stored / bare | KiB a socket: bare | live | stored |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, rooms, members, window) in SCENES {
        let mut takes = [const { Vec::new() }; SERVERS.len()];
        for _ in 0..TAKES {
            for (server, takes) in SERVERS.into_iter().zip(&mut takes) {
                takes.push(measure(server, rooms, members, window).await);
            }
        }
        let micros = takes
            .each_ref()
            .map(|takes| median(takes.iter().map(|(micros, _)| *micros)));
        let kib = takes.each_ref().map(|takes| median(takes.iter().map(|(_, kib)| *kib)));
        let ([bare, live, stored], [of_bare, of_live, of_stored]) = (micros, kib);
        println!(
            "| {name} | {bare:.2} | {live:.2} | {stored:.2} | {:.2} | {:.2} | {of_bare:.1} | {of_live:.1} | {of_stored:.1} |",
            live / bare,
            stored / bare,
        );
    }
}

/// CPU time of a delivery in µs, and memory of a socket in KiB.
async fn measure(server: Server, rooms: usize, members: usize, window: usize) -> (f64, f64) {
    let process = match server {
        Server::Bare => Process::bare(),
        Server::Ours { .. } => Process::ours(),
    };
    let address = process.address;
    let tickets = match server {
        Server::Bare => crowd::paths(rooms, members),
        Server::Ours { stored } => crowd::joined(address, rooms, members, stored).await,
    };
    let before = process.kib();
    let crowd = Crowd::enter(address, tickets).await;
    // What is told about coming in is told.
    sleep(WARM_UP).await;
    let kib = (process.kib() - before) / (rooms * members) as f64;
    crowd.say(Say::Always(window));
    sleep(WARM_UP).await;
    let (copies, cpu) = (crowd.copies(), process.cpu());
    sleep(TAKE).await;
    let (copies, cpu) = (crowd.copies() - copies, process.cpu() - cpu);
    crowd.say(Say::NoMore);
    (cpu.as_secs_f64() * 1e6 / copies as f64, kib)
}
