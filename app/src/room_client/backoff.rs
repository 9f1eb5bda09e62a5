//! How long to wait before the next try.

use wire::domain::Timestamp;

/// The first wait, before jitter, in milliseconds.
const FIRST_MS: u32 = 500;
/// No wait is longer, in milliseconds: somebody may be looking at the page.
const LONGEST_MS: u32 = 15_000;
/// A connection that held for so long (ms) after its welcome was a good one: the next wait is the first again. One that
/// breaks sooner counts as a failure, whatever it said: else a server that welcomes and closes is asked without pause.
const GOOD_MS: i64 = 30_000;

/// Milliseconds to wait before the try after `failures` failed ones. Doubles each time up to a bound; `random`, in
/// 0.0..1.0, picks from the upper half of that range, so that a thousand browsers do not come back in one moment
/// ("equal jitter", Brooker, AWS Architecture Blog, 2015).
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most LONGEST_MS, never negative"
)]
pub fn delay_ms(failures: u32, random: f64) -> u32 {
    let full = FIRST_MS.saturating_mul(1 << failures.min(8)).min(LONGEST_MS);
    let half = full / 2;
    half + (f64::from(half) * random.clamp(0.0, 1.0)) as u32
}

/// The waits between one connection and the next. No connection is made without one, whatever ended the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backoff {
    failures: u32,
    welcomed_at: Option<Timestamp>,
}

impl Backoff {
    /// The connection is welcomed.
    pub fn welcomed(&mut self, now: Timestamp) {
        self.welcomed_at = Some(now);
    }

    /// The connection is over: milliseconds to wait before the next, with `random` in 0.0..1.0.
    pub fn over(&mut self, now: Timestamp, random: f64) -> u32 {
        let welcomed_at = self.welcomed_at.take();
        if welcomed_at.is_some_and(|at| at.plus_millis(GOOD_MS) <= now) {
            self.failures = 0;
        }
        let wait = delay_ms(self.failures, random);
        self.failures = self.failures.saturating_add(1);
        wait
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn waits_double_up_to_a_bound() {
        assert_eq!(delay_ms(0, 0.0), 250);
        assert_eq!(delay_ms(1, 0.0), 500);
        assert_eq!(delay_ms(2, 1.0), 2_000);
        assert_eq!(delay_ms(40, 1.0), LONGEST_MS);
    }

    #[test]
    fn jitter_spreads_over_half_the_wait() {
        let waits: Vec<u32> = (0..10).map(|i| delay_ms(3, f64::from(i) / 10.0)).collect();
        assert!(
            waits.is_sorted() && waits.iter().all(|wait| (2_000..=4_000).contains(wait)),
            "{waits:?}"
        );
        assert!(waits[9] - waits[0] > 1_500, "{waits:?}");
    }

    #[test]
    fn a_welcome_alone_does_not_shorten_the_wait_one_that_held_does() {
        let mut backoff = Backoff::default();
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..6 {
            backoff.welcomed(at(now));
            now += 50;
            waits.push(backoff.over(at(now), 1.0));
        }
        assert_eq!(waits, [500, 1_000, 2_000, 4_000, 8_000, 15_000]);
        backoff.welcomed(at(now));
        assert_eq!(backoff.over(at(now + GOOD_MS - 1), 1.0), 15_000);
        backoff.welcomed(at(now));
        assert_eq!(backoff.over(at(now + GOOD_MS), 1.0), 500);
        // It counts for the connection that held, not for those after it.
        assert_eq!(backoff.over(at(now + 2 * GOOD_MS), 1.0), 1_000);
    }
}
