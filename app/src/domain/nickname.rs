//! What a participant is called.

#[cfg(any(feature = "ssr", feature = "hydrate"))]
mod skeleton;

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest name, in grapheme clusters: what a person would count as letters.
#[cfg(feature = "ssr")]
pub const MAX_GRAPHEMES: usize = 40;

/// A grapheme can carry any number of combining marks; this bounds the bytes of a whole name.
#[cfg(feature = "ssr")]
const MAX_BYTES: usize = 400;

/// A participant's name: 1 to 40 grapheme clusters in NFC, no control or bidi characters, single spaces.
///
/// The server is where names are checked ([`Nickname::parse`]). A browser takes what the server sends, so the Unicode
/// tables stay out of the download.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(utoipa::ToSchema), schema(min_length = 1, example = "Maya"))]
#[cfg_attr(feature = "ssr", serde(try_from = "String"))]
#[cfg_attr(not(feature = "ssr"), serde(transparent))]
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
    #[cfg(any(feature = "ssr", feature = "hydrate"))]
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

#[cfg(feature = "ssr")]
pub use check::InvalidNickname;

#[cfg(feature = "ssr")]
mod check {
    use unicode_normalization::UnicodeNormalization;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{MAX_BYTES, MAX_GRAPHEMES, Nickname, fmt};

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
        /// Makes a name of what somebody typed: NFC, control and direction-changing characters removed, white space
        /// folded to single spaces.
        ///
        /// # Errors
        /// [`InvalidNickname`] when nothing visible is left, or more than [`MAX_GRAPHEMES`] grapheme clusters.
        pub fn parse(typed: &str) -> Result<Self, InvalidNickname> {
            // A bound before any work: nobody makes us normalize megabytes.
            if typed.len() > 16 * MAX_BYTES {
                return Err(InvalidNickname::TooLong);
            }
            let visible: String = typed.nfc().filter(|c| c.is_whitespace() || !is_hidden(*c)).collect();
            let name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
            // A zero-width joiner holds emoji and Persian words together; alone it is nothing.
            if name
                .chars()
                .all(|c| matches!(c, ' ' | '\u{200C}' | '\u{200D}' | '\u{FE0E}' | '\u{FE0F}'))
            {
                return Err(InvalidNickname::Empty);
            }
            if name.len() > MAX_BYTES || name.graphemes(true).count() > MAX_GRAPHEMES {
                return Err(InvalidNickname::TooLong);
            }
            Ok(Self(name))
        }
    }

    impl TryFrom<String> for Nickname {
        type Error = InvalidNickname;
        fn try_from(text: String) -> Result<Self, InvalidNickname> {
            Self::parse(&text)
        }
    }

    /// Characters that show nothing, or that change how their neighbours read: controls, bidi marks, embeddings,
    /// overrides and isolates (UAX #9), blank fillers, invisible operators, interlinear and tag characters.
    fn is_hidden(c: char) -> bool {
        c.is_control()
            // Looks like the mark of those whom the host site vouches for.
            || matches!(c, '\u{221A}' | '\u{237B}' | '\u{2611}' | '\u{2705}' | '\u{2713}' | '\u{2714}' | '\u{10102}'
                | '\u{1F5F8}' | '\u{1F5F9}')
            || matches!(c,
                '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180E}'
                | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
                | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
                | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
    }
}

#[cfg(all(test, feature = "ssr"))]
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
            assert_eq!(name.trim_end_matches('\u{FE0F}').trim(), "Maya", "{sign}");
        }
    }

    #[test]
    fn what_shows_nothing_is_no_name() {
        for blank in ["", "   ", "\u{200B}\u{FEFF}", "\u{3164}", "\u{200D}"] {
            assert_eq!(parse(blank), Err(InvalidNickname::Empty), "{blank:?}");
        }
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
        assert_eq!(parse("Zoe\u{308}"), parse("Zoë"));
    }
}
