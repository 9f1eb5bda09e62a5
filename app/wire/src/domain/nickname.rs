//! What a participant is called.

mod skeleton;

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest name, in grapheme clusters: what a person would count as letters.
#[cfg(not(target_arch = "wasm32"))]
pub const MAX_GRAPHEMES: usize = 40;

/// A grapheme can carry any number of combining marks; this bounds the bytes of a whole name.
#[cfg(not(target_arch = "wasm32"))]
const MAX_BYTES: usize = 400;

/// A participant's name: 1 to 40 grapheme clusters in NFC, nothing that is not seen or changes how its neighbours read,
/// single spaces.
///
/// The server is where names are checked ([`Nickname::parse`]). A browser takes what the server sends, so the Unicode
/// tables stay out of the download.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(min_length = 1, example = "Maya")
)]
#[cfg_attr(not(target_arch = "wasm32"), serde(try_from = "String"))]
#[cfg_attr(target_arch = "wasm32", serde(transparent))]
pub struct Nickname(String);

impl Nickname {
    /// The name as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Nickname {
    /// What the name looks like at a glance: names with one skeleton are easily taken for each other, whatever their
    /// case, accents, spaces, or letters of other scripts. Never shown.
    #[must_use]
    pub fn skeleton(&self) -> String {
        skeleton::of(&self.0)
    }
}

impl fmt::Display for Nickname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// Names stay out of logs.
impl fmt::Debug for Nickname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nickname(…)")
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use check::InvalidNickname;

#[cfg(not(target_arch = "wasm32"))]
mod check {
    use unicode_normalization::UnicodeNormalization;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{MAX_BYTES, MAX_GRAPHEMES, Nickname, fmt};
    use crate::domain::blank::is_blank;

    /// Why a text is no name.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum InvalidNickname {
        /// Nothing that could be seen is left of it.
        Empty,
        /// More than [`MAX_GRAPHEMES`] letters.
        TooLong,
    }

    impl fmt::Display for InvalidNickname {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            match self {
                Self::Empty => f.write_str("Please type a name."),
                Self::TooLong => write!(f, "Please use a name of at most {MAX_GRAPHEMES} letters."),
            }
        }
    }

    impl std::error::Error for InvalidNickname {}

    impl Nickname {
        /// Makes a name of what somebody typed: NFC, without what is not seen, white space folded to single spaces.
        ///
        /// # Errors
        /// [`InvalidNickname`] when nothing visible is left, or more than [`MAX_GRAPHEMES`] grapheme clusters.
        pub fn parse(typed: &str) -> Result<Self, InvalidNickname> {
            // A bound before any work: nobody makes us normalize megabytes.
            if typed.len() > 16 * MAX_BYTES {
                return Err(InvalidNickname::TooLong);
            }
            let seen = |c: &char| c.is_whitespace() || joins(*c) || !(is_blank(*c) || is_mark_of_trust(*c));
            let seen: String = typed.chars().filter(seen).collect();
            // Composed last: what was left out may have stood between a letter and its accent.
            let composed: String = settled(&seen).nfc().collect();
            let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
            if name.is_empty() {
                return Err(InvalidNickname::Empty);
            }
            if name.len() > MAX_BYTES || name.graphemes(true).count() > MAX_GRAPHEMES {
                return Err(InvalidNickname::TooLong);
            }
            Ok(Self(name))
        }
    }

    /// A name that was let in: what is let in by now has no say in what is in a log.
    impl TryFrom<String> for Nickname {
        type Error = InvalidNickname;
        fn try_from(kept: String) -> Result<Self, InvalidNickname> {
            match kept.len() {
                0 => Err(InvalidNickname::Empty),
                1..=MAX_BYTES => Ok(Self(kept)),
                _ => Err(InvalidNickname::TooLong),
            }
        }
    }

    /// Looks like the mark of those whom the host site vouches for.
    const fn is_mark_of_trust(c: char) -> bool {
        matches!(
            c,
            '\u{221A}'
                | '\u{237B}'
                | '\u{2611}'
                | '\u{2705}'
                | '\u{2713}'
                | '\u{2714}'
                | '\u{10102}'
                | '\u{1F5F8}'
                | '\u{1F5F9}'
        )
    }

    /// Invisible, but has to do with what stands beside it: (non-)joiners hold emoji together and belong to Persian and
    /// Indian words, variation selectors choose between a sign and its emoji.
    const fn joins(c: char) -> bool {
        is_joiner(c) || matches!(c, '\u{FE0E}' | '\u{FE0F}')
    }

    const fn is_joiner(c: char) -> bool {
        matches!(c, '\u{200C}' | '\u{200D}')
    }

    /// Whether a variation selector may follow. Letters have no emoji, but for some in boxes, which are far up.
    fn may_be_emoji(c: char) -> bool {
        let is_letter = c.is_alphabetic() && c < '\u{1F000}';
        !joins(c) && !is_letter
    }

    /// Leaves out what would join and has nothing beside it that it could.
    fn settled(text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        let mut rest = text.chars();
        while let Some(c) = rest.next() {
            let before = kept.chars().next_back().filter(|c| !c.is_whitespace());
            let after = rest.clone().next().filter(|c| !c.is_whitespace() && !joins(*c));
            let has_its_place = match c {
                _ if is_joiner(c) => before.is_some_and(|before| !is_joiner(before)) && after.is_some(),
                _ if joins(c) => before.is_some_and(may_be_emoji),
                _ => true,
            };
            if has_its_place {
                kept.push(c);
            }
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str) -> Result<String, InvalidNickname> {
        Nickname::parse(typed).map(|name| name.to_string())
    }

    #[test]
    fn white_space_is_folded() {
        assert_eq!(parse("  Maya \t\n  Lin "), Ok("Maya Lin".into()));
    }

    #[test]
    fn direction_tricks_and_controls_are_removed() {
        assert_eq!(parse("\u{202E}Ma\u{0007}ya\u{2066}"), Ok("Maya".into()));
    }

    #[test]
    fn nobody_marks_themselves_as_verified() {
        for sign in ["✓", "✔\u{FE0F}", "✅", "☑", "🗸", "🗹", "√", "⍻"] {
            let name = parse(&format!("Maya {sign}")).expect("a name");
            assert_eq!(name, "Maya", "{sign}");
        }
    }

    #[test]
    fn what_shows_nothing_is_no_name() {
        for blank in [
            "",
            "   ",
            "\u{200B}\u{FEFF}",
            "\u{200D}",
            "\u{FE0F}",
            " \u{200C} \u{FE0E}",
        ] {
            assert_eq!(parse(blank), Err(InvalidNickname::Empty), "{blank:?}");
        }
        for c in ('\0'..=char::MAX).filter(|c| crate::domain::blank::is_blank(*c)) {
            assert_eq!(parse(&c.to_string()), Err(InvalidNickname::Empty), "{c:?}");
            assert_eq!(parse(&format!("Ma{c}")), Ok("Ma".into()), "{c:?}");
        }
    }

    #[test]
    fn what_holds_emoji_and_words_together_stays() {
        for name in ["👨‍👩‍👧‍👦", "❤️", "❤️‍🔥", "🏳️‍🌈 Maya", "1️⃣", "🅰️", "می‌خواهم", "क्‍ष"]
        {
            assert_eq!(parse(name), Ok(name.into()), "{name:?}");
        }
        // Where there is nothing to hold, it would only make one name look like another.
        for trick in [
            "M\u{FE0F}aya",
            "Maya\u{200D}",
            "\u{200C}Maya",
            "Maya\u{200D}\u{200C}",
            "Maya \u{200D}",
        ] {
            assert_eq!(parse(trick), Ok("Maya".into()), "{trick:?}");
        }
    }

    #[test]
    fn a_name_that_was_let_in_stays_as_it_is() {
        let kept = Nickname::try_from("\u{180B}".to_owned()).expect("a name");
        assert_eq!(kept.as_str(), "\u{180B}");
        assert!(Nickname::try_from(String::new()).is_err());
    }

    #[test]
    fn length_is_counted_in_letters_as_people_count() {
        let family = "👨‍👩‍👧‍👦";
        assert!(parse(&family.repeat(10)).is_ok());
        assert!(parse(&"e\u{301}".repeat(40)).is_ok());
        assert_eq!(parse(&"a".repeat(41)), Err(InvalidNickname::TooLong));
        assert_eq!(
            parse(&format!("a{}", "\u{301}".repeat(9_000))),
            Err(InvalidNickname::TooLong)
        );
    }

    #[test]
    fn the_same_name_written_two_ways_is_one() {
        for way in [
            "Zoe\u{308}",
            "Zoe\u{34F}\u{308}",
            "Zoe\u{FE0F}\u{308}",
            "Zoe\u{200B}\u{308}",
        ] {
            assert_eq!(parse(way), parse("Zoë"), "{way:?}");
        }
    }
}
