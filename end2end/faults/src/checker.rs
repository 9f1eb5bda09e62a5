//! Tells from histories what went wrong.
//!
//! Asked of every room and each of its logs (a live room has a new one, an epoch, after each restart):
//! - every acked message came to every reader, and once;
//! - no message came twice to a reader, acked or not, under one number or two;
//! - each reader's numbers follow each other without gaps;
//! - all readers, and all acks, mean the same entry by the same number;
//! - what one client sent is in the log in the order in which it sent it, and nothing is there that nobody sent.

use std::{
    collections::{HashMap, HashSet},
    ops::AddAssign,
};

use wire::domain::{Epoch, Seq};

use crate::history::{Content, Message, Reading, Record, RoomHistory};

#[cfg(test)]
mod tests;

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Messages that had to come to every reader, because their sender was told that they are in the log.
    pub acked: u64,
    /// Times that such a message did not come to a reader.
    pub lost: u64,
    /// Times that a message came again, or has two places in a log.
    pub doubled: u64,
    /// Times that a number did not follow the last, meant something else to somebody else, or stood for something that
    /// nobody said then.
    pub reordered: u64,
}

impl Verdict {
    /// Whether all is well.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.lost == 0 && self.doubled == 0 && self.reordered == 0
    }
}

impl AddAssign for Verdict {
    fn add_assign(&mut self, other: Self) {
        self.acked += other.acked;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.reordered += other.reordered;
    }
}

/// Checks one room.
#[must_use]
pub fn check(room: &RoomHistory) -> Verdict {
    let mut check = Check {
        room,
        verdict: Verdict::default(),
        log: HashMap::new(),
        places: HashMap::new(),
    };
    for client in &room.clients {
        check.follow(client);
    }
    check.acks();
    check.order();
    check.losses();
    check.verdict
}

/// What is known so far.
struct Check<'a> {
    room: &'a RoomHistory,
    verdict: Verdict,
    /// What the first who saw it says that a number means.
    log: HashMap<(&'a Epoch, Seq), &'a Content>,
    /// Where each message is.
    places: HashMap<(&'a Epoch, &'a Message), Seq>,
}

impl<'a> Check<'a> {
    /// What one reader saw: does one entry follow the other, and do the others say the same?
    fn follow(&mut self, client: &'a Record) {
        // A stored room's log never starts over.
        if self.room.stored {
            self.verdict.reordered += client.readings.len().saturating_sub(1) as u64;
        }
        for reading in &client.readings {
            let mut last = None;
            let mut seen = HashSet::new();
            for entry in &reading.entries {
                let follows = match last {
                    Some(Seq(last)) => entry.seq.0 == last + 1,
                    None => !self.room.stored || entry.seq.0 == 1,
                };
                if !seen.insert(entry.seq) {
                    self.verdict.doubled += 1;
                } else if !follows {
                    self.verdict.reordered += 1;
                }
                last = Some(entry.seq);
                self.agree(&reading.epoch, entry.seq, &entry.content);
            }
        }
    }

    fn agree(&mut self, epoch: &'a Epoch, seq: Seq, content: &'a Content) {
        if *self.log.entry((epoch, seq)).or_insert(content) != content {
            self.verdict.reordered += 1;
        }
        if let Content::Message(message) = content {
            self.place(epoch, message, seq);
        }
    }

    fn place(&mut self, epoch: &'a Epoch, message: &'a Message, seq: Seq) {
        if *self.places.entry((epoch, message)).or_insert(seq) != seq {
            self.verdict.doubled += 1;
        }
    }

    /// Acks name the same places as readers do.
    fn acks(&mut self) {
        for ack in self.room.clients.iter().flat_map(|client| &client.acks) {
            self.place(&ack.epoch, &ack.message, ack.seq);
            let there = self.log.get(&(&ack.epoch, ack.seq));
            if there.is_some_and(|there| !matches!(there, Content::Message(message) if *message == ack.message)) {
                self.verdict.reordered += 1;
            }
        }
    }

    /// What a client sent is in its order, and is all there is.
    fn order(&mut self) {
        let sent: HashSet<_> = self.room.clients.iter().flat_map(|client| &client.sent).collect();
        let foreign = |content: &&Content| match content {
            Content::Message(message) => !sent.contains(message),
            Content::Garbled(_) => true,
            Content::Joined(_) | Content::Left(_) | Content::Changed => false,
        };
        self.verdict.reordered += self.log.values().copied().filter(|content| foreign(content)).count() as u64;

        let epochs: HashSet<_> = self.log.keys().map(|(epoch, _)| *epoch).collect();
        for (client, epoch) in self
            .room
            .clients
            .iter()
            .flat_map(|client| epochs.iter().map(move |epoch| (client, *epoch)))
        {
            let mut named = HashSet::new();
            let places = client.sent.iter().filter(|message| named.insert(*message));
            let places: Vec<_> = places
                .filter_map(|message| self.places.get(&(epoch, message)))
                .collect();
            self.verdict.reordered += places.windows(2).filter(|pair| pair[0] > pair[1]).count() as u64;
        }
    }

    /// What was acked is with everybody whom it was due to.
    fn losses(&mut self) {
        let mut acked = HashSet::new();
        let newest = self.newest();
        for ack in self.room.clients.iter().flat_map(|client| &client.acks) {
            // A live room's older logs went with the server, which is what it promises.
            if (self.room.stored || Some(&ack.epoch) == newest) && acked.insert(&ack.message) {
                self.verdict.acked += 1;
            }
        }
        if self.room.over {
            return;
        }
        for client in &self.room.clients {
            let Some(reading) = client.readings.last() else {
                self.verdict.lost += acked.len() as u64;
                continue;
            };
            let seen = messages(reading);
            let start = reading.entries.first().map(|entry| entry.seq);
            let due = acked.iter().filter(|message| {
                // A live room begins for each where they came in.
                let place = self.places.get(&(&reading.epoch, **message));
                self.room.stored || place.is_none() || start.is_none() || place >= start.as_ref()
            });
            self.verdict.lost += due.filter(|message| !seen.contains(**message)).count() as u64;
        }
    }

    /// The log that the room has now: the one that most readers are in.
    fn newest(&self) -> Option<&'a Epoch> {
        let mut readers = HashMap::new();
        for reading in self.room.clients.iter().filter_map(|client| client.readings.last()) {
            *readers.entry(&reading.epoch).or_insert(0) += 1;
        }
        readers
            .into_iter()
            .max_by_key(|(_, readers)| *readers)
            .map(|(epoch, _)| epoch)
    }
}

fn messages(reading: &Reading) -> HashSet<&Message> {
    reading
        .entries
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Message(message) => Some(message),
            _ => None,
        })
        .collect()
}
