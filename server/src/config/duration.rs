//! Spans of time as people write them: `500ms`, `30s`, `10m`, `24h`, `7d`.

use std::time::Duration;

const UNITS: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

/// A parser of spans from `least` to `most` milliseconds.
pub(super) fn between(least: u64, most: u64) -> impl Fn(&str) -> Result<Duration, String> + Clone {
    move |text| {
        let millis = parse(text).ok_or("write a number and a unit: 500ms, 30s, 10m, 24h or 7d")?;
        if (least..=most).contains(&millis) {
            Ok(Duration::from_millis(millis))
        } else {
            Err(format!("must be from {} to {}", print(least), print(most)))
        }
    }
}

fn parse(text: &str) -> Option<u64> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(digits);
    let (_, millis) = UNITS.iter().find(|(name, _)| *name == unit.trim())?;
    number.parse::<u64>().ok()?.checked_mul(*millis)
}

fn print(millis: u64) -> String {
    let (unit, size) = UNITS
        .iter()
        .rev()
        .find(|(_, size)| millis.is_multiple_of(*size))
        .unwrap_or(&UNITS[0]);
    format!("{}{unit}", millis / size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_as_they_are_written() {
        for (text, millis) in [("500ms", 500), ("30s", 30_000), ("10 m", 600_000), ("24h", 86_400_000)] {
            assert_eq!(parse(text), Some(millis), "{text}");
        }
        for wrong in [
            "",
            "s",
            "30",
            "-1s",
            "1.5h",
            "1y",
            "99999999999999999999d",
            "999999999999999999d",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn spans_outside_the_bounds_are_refused_with_the_bounds() {
        let parser = between(1_000, 90_000);
        assert_eq!(parser("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(parser("91s"), Err("must be from 1s to 90s".into()));
    }
}
