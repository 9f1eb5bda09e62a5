//! A connection that has switched protocols and is a socket now, as whoever accepted it hands it over.

use std::time::Duration;

use admission::Permit;
use bytes::Bytes;
use hyper::upgrade::Upgraded;
use tokio::{net::TcpStream, time::Instant};

/// Bytes that win back a second of patience. Slower than any network that a chat is of use on.
const SECOND: u64 = 1024;

/// A connection without what it was served through.
pub struct Switched {
    /// The connection itself.
    pub stream: TcpStream,
    /// What was read from it and belongs to nobody yet.
    pub early: Bytes,
    /// The connection's place, to be given back with it.
    pub permit: Option<Permit>,
    /// How long its reader is waited for.
    pub patience: Patience,
}

/// Takes out of an upgraded connection what it was made of. Only who accepts connections knows what that is; it says so
/// with each request.
#[derive(Clone, Copy)]
pub struct TakeApart(pub fn(Upgraded) -> Option<Switched>);

/// How long a reader is waited for that takes nothing, or next to nothing. Time runs only while something waits to be
/// taken, and what is taken wins it back: neither a reader that takes nothing nor one that takes a byte now and then holds
/// a connection for long.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    within: Duration,
    left: Duration,
}

impl Patience {
    /// No longer than `within`.
    #[must_use]
    pub const fn new(within: Duration) -> Self {
        Self { within, left: within }
    }

    /// The same, but no longer than `within`.
    #[must_use]
    pub fn at_most(self, within: Duration) -> Self {
        Self::new(self.within.min(within))
    }

    /// When it ends, if nothing is taken from now on.
    #[must_use]
    pub fn end(&self) -> Instant {
        Instant::now() + self.left
    }

    /// Notes that something was waited for that would have ended at `end`.
    pub fn waited(&mut self, end: Instant) {
        self.left = end.saturating_duration_since(Instant::now());
    }

    /// Notes that so many bytes were taken.
    pub fn won(&mut self, bytes: u64) {
        let won = Duration::from_millis(bytes.saturating_mul(1_000) / SECOND);
        self.left = self.left.saturating_add(won).min(self.within);
    }
}
