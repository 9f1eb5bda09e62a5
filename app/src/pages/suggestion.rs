//! Names for those who have none in mind.

use crate::domain::Timestamp;

const ADJECTIVES: [&str; 16] = [
    "Amber", "Brave", "Calm", "Clever", "Cosy", "Gentle", "Happy", "Honest", "Jolly", "Kind", "Lucky", "Merry",
    "Quiet", "Sunny", "Swift", "Wise",
];
const ANIMALS: [&str; 16] = [
    "Badger", "Beaver", "Finch", "Fox", "Hare", "Heron", "Lynx", "Magpie", "Marten", "Mole", "Otter", "Owl", "Robin",
    "Seal", "Swan", "Wren",
];

/// A friendly name; another one with nearly every millisecond.
pub(super) fn name(now: Timestamp) -> String {
    // Knuth's multiplicative hash spreads neighbouring moments.
    let spread = now.millis().cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
    let pick = |list: [&'static str; 16], index: u64| list[usize::try_from(index % 16).unwrap_or_default()];
    format!("{} {}", pick(ADJECTIVES, spread), pick(ANIMALS, spread / 16))
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
