//! What is drawn of a recording.

use std::fmt::Write;

#[cfg(any(feature = "hydrate", test))]
use wire::domain::Waveform;

/// Bars of a whole recording: as many as a [`Waveform`] has room for.
#[cfg(any(feature = "hydrate", test))]
const BARS: usize = 64;

/// The loudest bar, as in a [`Waveform`].
pub(crate) const LOUDEST: u8 = 31;

/// From one bar to the next, in the units of the drawing.
pub(crate) const STEP: usize = 3;

/// Quieter than this (decibels below the loudest that there is) is silence, louder than that fills the bar.
#[cfg(any(feature = "hydrate", test))]
const RANGE_DB: (f32, f32) = (-48.0, -8.0);

/// How loud samples are, 0 to [`LOUDEST`]. They are a browser's bytes: 128 is silence.
#[cfg(any(feature = "hydrate", test))]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 31"
)]
pub(crate) fn loudness(samples: &[u8]) -> u8 {
    let squares: f32 = samples
        .iter()
        .map(|sample| (f32::from(*sample) / 128.0 - 1.0).powi(2))
        .sum();
    let mean = squares / samples.len().max(1) as f32;
    let decibels = 10.0 * mean.max(f32::MIN_POSITIVE).log10();
    let part = (decibels - RANGE_DB.0) / (RANGE_DB.1 - RANGE_DB.0);
    (part.clamp(0.0, 1.0) * f32::from(LOUDEST)).round() as u8
}

/// A whole recording in a few bars, each as loud as the loudest of its time.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn waveform(levels: &[u8]) -> Option<Waveform> {
    let count = levels.len().clamp(1, BARS);
    let bars = (0..count).map(|bar| {
        let (from, to) = (bar * levels.len() / count, (bar + 1) * levels.len() / count);
        levels[from..to].iter().copied().max().unwrap_or_default().min(LOUDEST)
    });
    Waveform::try_from(bars.collect::<Vec<u8>>()).ok()
}

/// Draws bars around the middle line of a box that is [`STEP`] wide for each and 32 high. Silence is a dot.
pub(crate) fn path(bars: &[u8]) -> String {
    let mut path = String::with_capacity(bars.len() * 16);
    for (index, bar) in bars.iter().enumerate() {
        let (x, half) = (index * STEP + 1, usize::from(bar.min(&LOUDEST) / 2));
        // Writing into a text cannot fail.
        let _ = write!(path, "M{x}.5 {}v{}", 16 - half.min(14), (2 * half.min(14)).max(1));
    }
    path
}

/// A time as players show it: `0:07`, `10:00`.
pub(crate) fn clock(millis: u32) -> String {
    let seconds = millis / 1_000;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_nothing_and_a_shout_is_all() {
        assert_eq!(loudness(&[128; 64]), 0);
        assert_eq!(loudness(&[]), 0);
        assert_eq!(loudness(&[0, 255, 0, 255]), LOUDEST);
        let (soft, loud) = (loudness(&[124, 132, 124, 132]), loudness(&[96, 160, 96, 160]));
        assert!(0 < soft && soft < loud && loud < LOUDEST, "{soft} {loud}");
    }

    #[test]
    fn a_long_recording_keeps_its_loudest_moments() {
        let mut levels = vec![1; 6_400];
        levels[3_210] = 30;
        let bars = Vec::from(waveform(&levels).expect("64 bars"));
        assert_eq!(bars.len(), BARS);
        assert_eq!(bars.iter().filter(|bar| **bar == 30).count(), 1);
        assert_eq!(bars[32], 30);
    }

    #[test]
    fn a_short_one_has_a_bar_for_each_moment() {
        assert_eq!(Vec::from(waveform(&[3, 99]).expect("two")), [3, LOUDEST]);
        assert_eq!(Vec::from(waveform(&[]).expect("one")), [0]);
    }

    #[test]
    fn bars_stand_around_the_middle() {
        assert_eq!(path(&[0, 10, 31]), "M1.5 16v1M4.5 11v10M7.5 2v28");
    }

    #[test]
    fn times() {
        assert_eq!([clock(0), clock(7_999), clock(600_000)], ["0:00", "0:07", "10:00"]);
    }
}
