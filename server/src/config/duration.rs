//! Spans of time as people write them: `500ms`, `30s`, `10m`, `24h`, `7d`.

use std::time::Duration;

use humantime::{format_duration, parse_duration};

/// A parser of spans from `least` to `most` milliseconds.
pub(super) fn between(least: u64, most: u64) -> impl Fn(&str) -> Result<Duration, String> + Clone {
    let (least, most) = (Duration::from_millis(least), Duration::from_millis(most));
    move |text| {
        let span = parse_duration(text).map_err(|_| "write a number and a unit: 500ms, 30s, 10m, 24h or 7d")?;
        if (least..=most).contains(&span) {
            Ok(span)
        } else {
            Err(format!(
                "must be from {} to {}",
                format_duration(least),
                format_duration(most)
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_they_are_written() {
        let any = between(0, u64::MAX);
        for (text, millis) in [("500ms", 500), ("30s", 30_000), ("10 m", 600_000), ("24h", 86_400_000)] {
            assert_eq!(any(text), Ok(Duration::from_millis(millis)), "{text}");
        }
        for wrong in ["", "s", "30", "-1s", "99999999999999999999d", "999999999999999999d"] {
            assert!(any(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn spans_outside_the_bounds_are_refused_with_the_bounds() {
        let parser = between(1_000, 90_000);
        assert_eq!(parser("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(parser("91s"), Err("must be from 1s to 1m 30s".into()));
    }
}
