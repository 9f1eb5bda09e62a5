//! How often something may be done.

use std::{num::NonZeroU32, str::FromStr, time::Duration};

use governor::Quota;
use wire::protocol::Allowance;

use super::duration;

/// So many at once, and so many again over a span of time: `60/1m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: NonZeroU32,
    per: Duration,
}

impl Rate {
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

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || "write a number and a span of time: 60/1m".to_owned();
        let (count, per) = text.split_once('/').ok_or_else(form)?;
        Ok(Self {
            count: count.trim().parse().map_err(|_| form())?,
            per: duration::between(1_000, 86_400_000)(per.trim())?,
        })
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
    fn rates_are_a_number_and_a_span() {
        let rate: Rate = "60/1m".parse().expect("a rate");
        assert_eq!(rate.per(), Duration::from_secs(60));
        let quota = Quota::from(rate);
        assert_eq!(quota.burst_size().get(), 60);
        assert_eq!(quota.replenish_interval(), Duration::from_secs(1));
        for wrong in ["", "60", "0/1m", "-1/1m", "60/1y", "60/0s", "60/2d"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
