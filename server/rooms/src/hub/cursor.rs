//! How far a socket has got.

use wire::domain::Seq;

/// Where in a room's feed a socket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub(super) seq: Seq,
    /// Signals that it has heard.
    pub(super) signalled: u64,
    /// Changes of who is connected that it has.
    pub(super) presence: u64,
}

impl Cursor {
    /// The last entry that the socket has.
    #[must_use]
    pub const fn seq(&self) -> Seq {
        self.seq
    }

    /// Goes on after `seq`: where a socket begins, or how far it has read from the log.
    pub const fn start_after(&mut self, seq: Seq) {
        self.seq = seq;
    }

    /// Whether nothing up to `other` is missing.
    pub(super) fn has(&self, other: &Self) -> bool {
        self.seq >= other.seq && self.signalled >= other.signalled && self.presence >= other.presence
    }
}
