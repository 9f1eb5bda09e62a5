//! Whether the peer is still there.

use std::{pin::Pin, time::Duration};

use tokio::time::{Instant, Sleep, sleep};

/// How long a peer may be silent before it is asked for a sign of life. Under the 30 s after which the hastiest proxies
/// and mobile networks forget an idle connection.
const PING_AFTER: Duration = Duration::from_secs(25);

/// How long it may take to give one.
const GONE_AFTER: Duration = Duration::from_secs(8);

/// What there is to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// Nothing: the peer was heard of.
    Wait,
    /// Ask for a sign of life.
    Ping,
    /// Give up.
    Gone,
}

/// A timer that is set rarely: being heard of only notes the time.
#[derive(Debug)]
pub(super) struct Heartbeat {
    timer: Pin<Box<Sleep>>,
    heard: Instant,
    pinged: bool,
}

impl Heartbeat {
    pub(super) fn new() -> Self {
        Self {
            timer: Box::pin(sleep(PING_AFTER)),
            heard: Instant::now(),
            pinged: false,
        }
    }

    /// Notes a sign of life.
    pub(super) fn heard(&mut self) {
        self.heard = Instant::now();
        self.pinged = false;
    }

    /// Waits until there is something to do. Cancel safe.
    pub(super) async fn next(&mut self) -> Beat {
        self.timer.as_mut().await;
        let now = Instant::now();
        let (beat, next) = match self.heard + PING_AFTER {
            _ if self.pinged => (Beat::Gone, now + GONE_AFTER),
            due if due > now => (Beat::Wait, due),
            _ => (Beat::Ping, now + GONE_AFTER),
        };
        self.pinged = beat == Beat::Ping;
        self.timer.as_mut().reset(next);
        beat
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_silent_peer_is_gone_after_33_seconds() {
        let start = Instant::now();
        let mut heartbeat = Heartbeat::new();
        assert_eq!(heartbeat.next().await, Beat::Ping);
        assert_eq!(start.elapsed().as_secs(), 25);
        assert_eq!(heartbeat.next().await, Beat::Gone);
        assert_eq!(start.elapsed().as_secs(), 33);
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_is_heard_of_is_left_alone() {
        let mut heartbeat = Heartbeat::new();
        sleep(Duration::from_secs(20)).await;
        heartbeat.heard();
        assert_eq!(heartbeat.next().await, Beat::Wait);
        assert_eq!(heartbeat.next().await, Beat::Ping);
        heartbeat.heard();
        assert_eq!(heartbeat.next().await, Beat::Wait);
    }
}
