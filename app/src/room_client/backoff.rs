//! How long to wait before the next try.

/// The first wait, before jitter, in milliseconds.
const FIRST_MS: u32 = 500;
/// No wait is longer, in milliseconds: somebody may be looking at the page.
const LONGEST_MS: u32 = 15_000;

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

#[cfg(test)]
mod tests {
    use super::*;

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
}
