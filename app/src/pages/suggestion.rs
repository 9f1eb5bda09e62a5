//! Names for those who have none in mind.

use crate::{domain::Timestamp, words::pages};

/// A friendly name; another one with nearly every millisecond.
pub(super) fn name(now: Timestamp) -> String {
    // Knuth's multiplicative hash spreads neighbouring moments.
    let spread = now.millis().cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
    let pick = |list: [&'static str; 16], index: u64| list[usize::try_from(index % 16).unwrap_or_default()];
    let words = pages();
    let (adjective, animal) = (pick(words.adjectives, spread), pick(words.animals, spread / 16));
    if words.animal_first {
        format!("{animal} {adjective}")
    } else {
        format!("{adjective} {animal}")
    }
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
