//! What the sockets of one room are to hear: its newest part.

use std::collections::VecDeque;

use wire::{domain::Seq, protocol::EndReason};

use super::{
    batch::{Batch, Frame},
    cursor::Cursor,
};

/// Entries kept for sockets that are a little behind. More than a full room's burst within one round trip; who is
/// further behind reads the log.
const RING_FRAMES: usize = 128;
/// Bytes of entries kept for one room, so that a room of long messages costs no more than 256 KiB.
const RING_BYTES: usize = 256 * 1024;
/// Typing signals kept. A socket that is further behind has missed them: they are of no use later.
const SIGNALS: usize = 32;
/// Changes of who is connected that are kept. A socket that is further behind is told who is, as a list.
const CHANGES: usize = 32;

/// The newest entries and signals of a room, while somebody reads them.
#[derive(Debug, Default)]
pub(crate) struct Feed {
    /// Entries that follow each other; the last one is `tail`.
    ring: VecDeque<Frame>,
    /// Bytes in `ring`.
    bytes: usize,
    /// The newest entry that the feed has seen.
    tail: Seq,
    /// The newest signals; the last one is the `signalled`th.
    signals: VecDeque<Frame>,
    /// Signals so far.
    signalled: u64,
    /// The newest changes of who is connected; the last one is the `presence`th.
    changes: VecDeque<Frame>,
    /// Changes so far.
    presence: u64,
    /// Set once; never lost, as it is state and no message.
    ended: Option<EndReason>,
    /// How many read it. For nobody, nothing is kept.
    readers: usize,
}

/// What was new for a socket.
#[derive(Debug, Default)]
pub struct Taken {
    /// To be sent, in this order.
    pub frames: Vec<Frame>,
    /// The entries that follow the cursor are not in the feed any more: read them from the log.
    pub behind: bool,
    /// Changes of who is connected are not in the feed any more: whoever sends `frames` sends a list after them.
    pub(crate) missed_presence: bool,
    /// The room is over. What is in `frames` is all that there is left to send.
    pub ended: Option<EndReason>,
}

impl Feed {
    /// Counts one reader more.
    pub(crate) fn join(&mut self) {
        self.readers += 1;
    }

    /// One reader less. For nobody, nothing is kept.
    pub(crate) fn leave(&mut self) {
        self.readers -= 1;
        if self.readers == 0 {
            (self.ring, self.signals, self.changes, self.bytes) = Default::default();
        }
    }

    /// Whether anybody reads it.
    pub(crate) fn is_read(&self) -> bool {
        self.readers > 0
    }

    /// How many entries are kept.
    #[cfg(test)]
    pub(crate) fn frames(&self) -> usize {
        self.ring.len()
    }

    /// Adds the entry `seq`. One that does not follow the last starts the ring anew: a ring has no holes.
    pub(super) fn push(&mut self, seq: Seq, frame: Frame) {
        if seq != self.tail.next() {
            self.ring.clear();
            self.bytes = 0;
        }
        self.tail = seq;
        self.bytes += frame.len();
        self.ring.push_back(frame);
        while self.ring.len() > RING_FRAMES || self.bytes > RING_BYTES {
            self.bytes -= self.ring.pop_front().map_or(0, |frame| frame.len());
        }
    }

    pub(super) fn signal(&mut self, frame: Frame) {
        self.signalled += 1;
        self.signals.push_back(frame);
        if self.signals.len() > SIGNALS {
            self.signals.pop_front();
        }
    }

    pub(super) fn change(&mut self, frame: Frame) {
        self.presence += 1;
        self.changes.push_back(frame);
        if self.changes.len() > CHANGES {
            self.changes.pop_front();
        }
    }

    /// The first reason stays.
    pub(super) fn end(&mut self, reason: EndReason) {
        self.ended.get_or_insert(reason);
    }

    /// How the room came to its end.
    pub(crate) const fn ended(&self) -> Option<EndReason> {
        self.ended
    }

    /// A cursor that has everything behind it.
    pub(super) const fn end_of_all(&self) -> Cursor {
        Cursor {
            seq: self.tail,
            ..self.end_of_signals()
        }
    }

    /// A cursor that has all signals behind it and all entries before it.
    pub(crate) const fn end_of_signals(&self) -> Cursor {
        Cursor {
            seq: Seq::START,
            signalled: self.signalled,
            presence: self.presence,
        }
    }

    /// The entries that follow `cursor`, which moves behind them.
    pub(crate) fn take_entries(&self, cursor: &mut Cursor) -> Taken {
        let mut taken = Taken {
            ended: self.ended,
            ..Taken::default()
        };
        let missing = usize::try_from(self.tail.0.saturating_sub(cursor.seq.0)).unwrap_or(usize::MAX);
        taken.behind = missing > self.ring.len();
        if !taken.behind {
            taken.frames.extend(newest(&self.ring, missing).cloned());
            cursor.seq = cursor.seq.max(self.tail);
        }
        taken
    }

    /// What follows `cursor`, which moves behind it. Who has to read the log first is told of who is connected after it.
    pub(crate) fn take(&self, cursor: &mut Cursor) -> Taken {
        let mut taken = self.take_entries(cursor);
        if !taken.behind {
            let unheard = since(&self.signals, self.signalled - cursor.signalled);
            taken.frames.extend(unheard.cloned());
            let changes = self.presence - cursor.presence;
            taken.missed_presence = changes > self.changes.len() as u64;
            if !taken.missed_presence {
                taken.frames.extend(since(&self.changes, changes).cloned());
            }
            cursor.presence = self.presence;
        }
        cursor.signalled = self.signalled;
        taken
    }

    /// What followed `cursor`, for all sockets that are there. Where what is kept begins later, the batch does.
    pub(super) fn batch(&self, cursor: Cursor) -> Batch {
        let missing = usize::try_from(self.tail.0.saturating_sub(cursor.seq.0)).unwrap_or(usize::MAX);
        let entries = missing.min(self.ring.len());
        let changes = usize::try_from(self.presence - cursor.presence).unwrap_or(usize::MAX);
        let changes = changes.min(self.changes.len());
        let from = Cursor {
            seq: Seq(self.tail.0 - entries as u64),
            presence: self.presence - changes as u64,
            ..cursor
        };
        let signals = since(&self.signals, self.signalled - cursor.signalled);
        let frames = newest(&self.ring, entries)
            .chain(signals.clone())
            .chain(newest(&self.changes, changes));
        Batch::new(from, self.end_of_all(), entries, signals.count(), frames)
    }
}

/// The last `count` frames, or all if there are fewer.
fn newest(frames: &VecDeque<Frame>, count: usize) -> impl Iterator<Item = &Frame> + Clone {
    frames.iter().skip(frames.len().saturating_sub(count))
}

/// The same, of frames that were counted.
fn since(frames: &VecDeque<Frame>, counted: u64) -> impl Iterator<Item = &Frame> + Clone {
    newest(frames, usize::try_from(counted).unwrap_or(usize::MAX))
}
