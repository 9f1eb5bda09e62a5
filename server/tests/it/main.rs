//! The real server on a free port, driven by real clients.

mod amendments;
mod arrows;
mod bucket;
mod chat;
mod client;
mod closing;
mod connections;
mod creator;
#[cfg(target_os = "linux")]
mod decoders;
mod docs;
mod embed;
mod events;
mod floods;
mod goodbyes;
mod harness;
mod history;
mod identity;
mod limits;
mod media;
mod newer;
mod order;
mod origins;
mod pages;
mod papers;
mod presence;
mod process;
mod rest;
mod retries;
mod saving;
mod space;
mod stopping;
mod sweeping;
mod upgrades;
mod uploads;
mod watching;
