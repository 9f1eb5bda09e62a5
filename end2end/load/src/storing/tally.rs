//! Figures out of measurements.

use std::time::Duration;

/// The acks of one measurement.
pub struct Tally {
    elapsed: Duration,
    /// From the message to its ack, shortest first.
    latencies: Vec<Duration>,
}

impl Tally {
    /// What came in `elapsed`.
    pub fn new(elapsed: Duration, mut latencies: Vec<Duration>) -> Self {
        latencies.sort_unstable();
        Self { elapsed, latencies }
    }

    /// Acks a second.
    pub fn per_second(&self) -> f64 {
        rate(self.latencies.len(), self.elapsed)
    }

    /// The time within which `percent` of the acks came, in milliseconds.
    pub fn percentile_ms(&self, percent: usize) -> f64 {
        let at = (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(at).map_or(f64::NAN, Duration::as_secs_f64) * 1_000.0
    }
}

/// How many a second.
pub fn rate(count: usize, elapsed: Duration) -> f64 {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    f64::from(count) / elapsed.as_secs_f64()
}

/// The middle one.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted = Vec::from_iter(figures);
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_of_what_was_measured() {
        let tally = Tally::new(
            Duration::from_secs(2),
            (1..=200).rev().map(Duration::from_millis).collect(),
        );
        assert!((tally.per_second() - 100.0).abs() < 1e-9);
        assert!((tally.percentile_ms(50) - 101.0).abs() < 1e-9);
        assert!((tally.percentile_ms(99) - 199.0).abs() < 1e-9);
        assert!((median([5.0, 1.0, 3.0]) - 3.0).abs() < 1e-9);
    }
}
