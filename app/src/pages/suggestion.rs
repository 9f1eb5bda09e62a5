//! Names for those who have none in mind.

use wire::domain::Timestamp;

use crate::words::say;

/// A friendly name; another one with nearly every millisecond.
pub(super) fn name(now: Timestamp) -> String {
    // Knuth's multiplicative hash spreads neighbouring moments.
    let spread = now.millis().cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
    let pick = |list: &'static str, index: u64| {
        let names: Vec<&str> = list.split(", ").collect();
        names[usize::try_from(index).unwrap_or_default() % names.len()]
    };
    let (adjective, animal) = (pick(say!(adjectives), spread), pick(say!(animals), spread / 16));
    say!(suggestion, adjective = adjective, animal = animal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbouring_moments_suggest_many_names() {
        let names: std::collections::BTreeSet<_> = (0..100).map(|ms| name(Timestamp::from_millis(ms))).collect();
        assert!(names.len() > 60, "{}", names.len());
    }
}
