//! Rates as people write them: `60/1m`.

use admission::Rate;

use super::duration;

/// So many at once, and so many again over a span of time.
pub(super) fn rate(text: &str) -> Result<Rate, String> {
    let form = || "write a number and a span of time: 60/1m".to_owned();
    let (count, per) = text.split_once('/').ok_or_else(form)?;
    let count = count.trim().parse().map_err(|_| form())?;
    Ok(Rate::new(count, duration::between(1_000, 86_400_000)(per.trim())?))
}

#[cfg(test)]
mod tests {
    use std::{num::NonZeroU32, time::Duration};

    use super::*;

    #[test]
    fn rates_are_a_number_and_a_span() {
        let count = NonZeroU32::new(60).expect("some");
        assert_eq!(rate("60/1m"), Ok(Rate::new(count, Duration::from_secs(60))));
        for wrong in ["", "60", "0/1m", "-1/1m", "60/1y", "60/0s", "60/2d"] {
            assert!(rate(wrong).is_err(), "{wrong}");
        }
    }
}
