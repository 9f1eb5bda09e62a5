//! Whether peers are still there: one round a second for all sockets, and no timer for any of them.

use std::{
    array,
    sync::{
        Arc, Weak,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use parking_lot::Mutex;
use tokio::time::{MissedTickBehavior, interval};

/// Rounds after which a silent peer is asked for a sign of life. Under the 30 s after which the hastiest proxies and
/// mobile networks forget an idle connection.
const PING_AFTER: u32 = 25;

/// Rounds that it may take to give one.
const GONE_AFTER: u32 = 8;

/// How long a round takes.
const ROUND: Duration = Duration::from_secs(1);

/// More than the rounds that a socket is ever put off by.
const ROUNDS: usize = 32;

/// What there is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beat {
    /// Nothing before this round: the peer was heard of.
    Wait(u32),
    /// Ask for a sign of life.
    Ping,
    /// Give up.
    Gone,
}

/// When a peer was last heard of, and asked, in rounds.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    heard: AtomicU32,
    asked: AtomicU32,
}

impl Pulse {
    fn beat(&self, now: u32) -> Beat {
        let (heard, asked) = (self.heard.load(Ordering::Relaxed), self.asked.load(Ordering::Relaxed));
        if asked > heard {
            Beat::Gone
        } else if now < heard + PING_AFTER {
            Beat::Wait(heard + PING_AFTER)
        } else {
            self.asked.store(now, Ordering::Relaxed);
            Beat::Ping
        }
    }
}

/// A socket, as it is looked after here.
pub(super) trait Alive: Send + Sync + 'static {
    /// How long it was silent.
    fn pulse(&self) -> &Pulse;

    /// Its peer is to be asked, or is gone.
    fn beat(&self, beat: Beat);
}

/// A wheel: the sockets that are to be looked at in each of the next rounds. That a peer was heard of is only noted; the
/// socket is put off when its round comes.
pub struct Heartbeats {
    now: AtomicU32,
    rounds: Mutex<[Vec<Weak<dyn Alive>>; ROUNDS]>,
}

impl Default for Heartbeats {
    fn default() -> Self {
        Self {
            now: AtomicU32::new(0),
            rounds: Mutex::new(array::from_fn(|_| Vec::new())),
        }
    }
}

impl Heartbeats {
    /// Looks after a socket for as long as it is kept elsewhere.
    pub(super) fn look_after(&self, socket: &Arc<dyn Alive>) {
        self.heard(socket.pulse());
        let now = self.now.load(Ordering::Relaxed);
        self.put(Arc::downgrade(socket), now + PING_AFTER);
    }

    /// Notes a sign of life.
    pub(super) fn heard(&self, pulse: &Pulse) {
        pulse.heard.store(self.now.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    fn put(&self, socket: Weak<dyn Alive>, round: u32) {
        if let Some(place) = self.rounds.lock().get_mut(round as usize % ROUNDS) {
            place.push(socket);
        }
    }

    /// Makes its rounds. Runs until it is dropped.
    pub async fn run(&self) {
        let mut rounds = interval(ROUND);
        // After a standstill, none is left out.
        rounds.set_missed_tick_behavior(MissedTickBehavior::Burst);
        loop {
            rounds.tick().await;
            self.make_round();
        }
    }

    fn make_round(&self) {
        let now = self.now.fetch_add(1, Ordering::Relaxed) + 1;
        let due = self.rounds.lock().get_mut(now as usize % ROUNDS).map(std::mem::take);
        for socket in due.into_iter().flatten() {
            let Some(alive) = socket.upgrade() else { continue };
            match alive.pulse().beat(now) {
                Beat::Wait(until) => self.put(socket, until),
                beat @ Beat::Ping => {
                    alive.beat(beat);
                    self.put(socket, now + GONE_AFTER);
                }
                beat @ Beat::Gone => alive.beat(beat),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Instant, sleep};

    use super::*;

    #[derive(Default)]
    struct Peer {
        pulse: Pulse,
        beats: Mutex<Vec<(u64, Beat)>>,
        start: Option<Instant>,
    }

    impl Alive for Peer {
        fn pulse(&self) -> &Pulse {
            &self.pulse
        }

        fn beat(&self, beat: Beat) {
            let after = self.start.map_or(0, |start| start.elapsed().as_secs());
            self.beats.lock().push((after, beat));
        }
    }

    /// Heartbeats that run, and somebody who is looked after by them.
    async fn looked_after() -> (Arc<Heartbeats>, Arc<Peer>) {
        let heartbeats = Arc::new(Heartbeats::default());
        tokio::spawn({
            let heartbeats = Arc::clone(&heartbeats);
            async move { heartbeats.run().await }
        });
        sleep(Duration::from_millis(10_500)).await;
        let peer = Arc::new(Peer {
            start: Some(Instant::now()),
            ..Peer::default()
        });
        let socket: Arc<dyn Alive> = peer.clone();
        heartbeats.look_after(&socket);
        (heartbeats, peer)
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_peer_is_asked_after_25_seconds_and_gone_after_33() {
        let (_heartbeats, peer) = looked_after().await;
        sleep(Duration::from_secs(100)).await;
        assert_eq!(
            *peer.beats.lock(),
            [(24, Beat::Ping), (32, Beat::Gone)],
            "in whole seconds, begun ones left out"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn one_that_is_heard_of_is_left_alone() {
        let (heartbeats, peer) = looked_after().await;
        for _ in 0..20 {
            sleep(Duration::from_secs(20)).await;
            heartbeats.heard(&peer.pulse);
        }
        assert!(peer.beats.lock().is_empty());
        sleep(Duration::from_secs(26)).await;
        assert_eq!(peer.beats.lock().pop().map(|(_, beat)| beat), Some(Beat::Ping));
        heartbeats.heard(&peer.pulse);
        sleep(Duration::from_secs(24)).await;
        assert!(peer.beats.lock().is_empty(), "it has answered");
        sleep(Duration::from_secs(2)).await;
        assert_eq!(peer.beats.lock().pop().map(|(_, beat)| beat), Some(Beat::Ping));
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_not_kept_elsewhere_is_forgotten() {
        let (heartbeats, peer) = looked_after().await;
        drop(peer);
        sleep(Duration::from_secs(30)).await;
        assert!(heartbeats.rounds.lock().iter().all(Vec::is_empty));
    }
}
