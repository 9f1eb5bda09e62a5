//! The contract. Each test holds for every store.

pub mod amendments;
pub mod appends;
pub mod commands;
pub mod creator;
pub mod ends;
pub mod media;
pub mod members;
pub mod model;
pub mod pages;
pub mod retries;
pub mod rooms;
pub mod space;

use store::{Log, PAGE_MAX, Page};
use wire::{
    domain::{RoomId, Seq},
    protocol::Entry,
};

use crate::world::read;

/// All that the log keeps, page by page as a client reads it.
pub async fn all(log: &dyn Log, room: &RoomId) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    loop {
        let cursor = entries.last().map_or(Seq::START, Entry::seq);
        let page = log
            .read(room, Page::After(cursor, PAGE_MAX))
            .await
            .expect("the room is open");
        if page.is_empty() {
            return entries;
        }
        entries.extend(read(&page));
    }
}

/// The entries' numbers.
pub fn seqs(entries: &[Entry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.seq().0).collect()
}
