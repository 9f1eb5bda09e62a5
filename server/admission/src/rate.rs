//! How often something may be done.

use std::{num::NonZeroU32, time::Duration};

use governor::Quota;
use wire::protocol::Allowance;

/// So many at once, and so many again over a span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: NonZeroU32,
    per: Duration,
}

impl Rate {
    /// `count` at once, and as many again over `per`.
    #[must_use]
    pub const fn new(count: NonZeroU32, per: Duration) -> Self {
        Self { count, per }
    }

    /// `count` a second over time, and `burst` at once.
    #[must_use]
    pub fn per_second(count: NonZeroU32, burst: NonZeroU32) -> Self {
        let each = Duration::from_secs(1) / count.get();
        Self::new(burst, each * burst.get())
    }

    /// The time in which a whole allowance comes back.
    #[must_use]
    pub const fn per(&self) -> Duration {
        self.per
    }

    /// So many times as much in the same time.
    #[must_use]
    pub const fn times(&self, times: NonZeroU32) -> Self {
        Self {
            count: self.count.saturating_mul(times),
            per: self.per,
        }
    }
}

impl From<Rate> for Allowance {
    fn from(Rate { count, per }: Rate) -> Self {
        Self {
            count: count.get(),
            per_ms: u64::try_from(per.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

impl From<Rate> for Quota {
    fn from(Rate { count, per }: Rate) -> Self {
        // Only a span shorter than a nanosecond each would be none.
        let each = (per / count.get()).max(Duration::from_nanos(1));
        Self::with_period(each)
            .unwrap_or(Self::per_second(count))
            .allow_burst(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_comes_back_evenly() {
        let minute = Duration::from_secs(60);
        let rate = Rate::new(NonZeroU32::new(60).expect("some"), minute);
        assert_eq!(rate.per(), minute);
        let quota = Quota::from(rate);
        assert_eq!(quota.burst_size().get(), 60);
        assert_eq!(quota.replenish_interval(), Duration::from_secs(1));
    }
}
