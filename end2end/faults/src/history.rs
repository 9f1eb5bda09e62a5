//! What the clients of a room sent, what they were promised, what they saw.

use wire::{
    domain::{ClientId, Epoch, ParticipantId, Seq},
    protocol::{Body, Entry},
};

/// A message, whatever its place in the log.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// Who said it.
    pub from: ParticipantId,
    /// What its sender calls it.
    pub client_id: ClientId,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A message, as it was sent.
    Message(Message),
    /// A message with other words than its sender's.
    Garbled(Message),
    /// Somebody came.
    Joined(ParticipantId),
    /// Somebody left.
    Left(ParticipantId),
    /// The creator changed a setting.
    Changed,
}

impl Content {
    /// What `entry` says, where `words` is what must have been sent under a message's name.
    #[must_use]
    pub fn of(entry: &Entry, words: impl FnOnce(&ClientId) -> String) -> Self {
        match entry {
            Entry::Message {
                from, client_id, body, ..
            } => {
                let message = Message {
                    from: from.clone(),
                    client_id: client_id.clone(),
                };
                match body {
                    Body::Text { text, .. } if text.as_str() == words(client_id) => Self::Message(message),
                    _ => Self::Garbled(message),
                }
            }
            Entry::Joined { participant, .. } => Self::Joined(participant.id.clone()),
            Entry::Left { participant, .. } => Self::Left(participant.id.clone()),
            Entry::Changed { .. } => Self::Changed,
        }
    }
}

/// An entry as it came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its number.
    pub seq: Seq,
    /// What it says.
    pub content: Content,
}

/// One log, read without a break: resumed as often as need be, but never started over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which log.
    pub epoch: Epoch,
    /// All that came, in the order in which it came, also what came twice.
    pub entries: Vec<Seen>,
}

/// A promise to a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    /// Which message is in the log.
    pub message: Message,
    /// In which log.
    pub epoch: Epoch,
    /// Where in it.
    pub seq: Seq,
}

/// What one client did and saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// What it sent, in this order.
    pub sent: Vec<Message>,
    /// What it was promised.
    pub acks: Vec<Ack>,
    /// What it read. Each reading after the first begins where the server said that the log starts over.
    pub readings: Vec<Reading>,
}

impl Record {
    /// Notes an entry of the current reading.
    pub fn see(&mut self, seen: Seen) {
        if let Some(reading) = self.readings.last_mut() {
            reading.entries.push(seen);
        }
    }

    /// Notes where entries come from now on: on from the last, or from a log that starts over.
    pub fn read_on(&mut self, epoch: &Epoch, resync: bool) {
        if resync || self.readings.last().is_none_or(|reading| reading.epoch != *epoch) {
            self.readings.push(Reading {
                epoch: epoch.clone(),
                entries: Vec::new(),
            });
        }
    }
}

/// A room, and all that its clients know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomHistory {
    /// Its log is in the database: it has one epoch, everybody reads it from its first entry, and an ack holds for ever.
    /// The log of a room that is not is as old as the server, and begins late for who comes late.
    pub stored: bool,
    /// It was ended. What was under way then may not have come to everybody.
    pub over: bool,
    /// What its clients did and saw.
    pub clients: Vec<Record>,
}
