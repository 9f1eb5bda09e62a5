//! What a participant answers with when words are too much.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest emoji of Unicode 16 has 35 bytes: a family of four.
const MAX_BYTES: usize = 48;

/// One emoji. The server takes those of Unicode only, each in one spelling; a browser believes its server.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(min_length = 1, max_length = 48, example = "❤️")
)]
#[serde(try_from = "String", into = "String")]
pub struct Emoji(String);

/// The text is not one emoji.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidEmoji;

impl fmt::Display for InvalidEmoji {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("That is not an emoji.")
    }
}

impl std::error::Error for InvalidEmoji {}

impl Emoji {
    /// Takes one emoji.
    ///
    /// # Errors
    /// [`InvalidEmoji`] when it is none, or more than one.
    pub fn parse(text: &str) -> Result<Self, InvalidEmoji> {
        if text.is_empty() || text.len() > MAX_BYTES {
            return Err(InvalidEmoji);
        }
        spelled(text).map(|emoji| Self(emoji.to_owned())).ok_or(InvalidEmoji)
    }

    /// The emoji.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The emoji as Unicode recommends to write it: without that, one heart would be counted as two.
#[cfg(not(target_arch = "wasm32"))]
fn spelled(text: &str) -> Option<&str> {
    emojis::get(text).map(emojis::Emoji::as_str)
}

#[cfg(target_arch = "wasm32")]
fn spelled(text: &str) -> Option<&str> {
    // No letters of ours, whatever a server says.
    (!text
        .bytes()
        .any(|byte| byte.is_ascii_alphabetic() || byte.is_ascii_control()))
    .then_some(text)
}

impl TryFrom<String> for Emoji {
    type Error = InvalidEmoji;
    fn try_from(text: String) -> Result<Self, InvalidEmoji> {
        Self::parse(&text)
    }
}

impl From<Emoji> for String {
    fn from(emoji: Emoji) -> Self {
        emoji.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_taken_whatever_it_is_made_of() {
        for emoji in ["👍", "❤️", "👩‍👩‍👧‍👦", "🇸🇾", "👋🏽", "1️⃣"] {
            assert_eq!(Emoji::parse(emoji).map(String::from).as_deref(), Ok(emoji));
        }
    }

    #[test]
    fn an_emoji_has_one_spelling() {
        assert_eq!(Emoji::parse("\u{2764}"), Emoji::parse("\u{2764}\u{fe0f}"));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "a",
            "1",
            "👍👍",
            "👍 ",
            ":+1:",
            "<b>",
            "\u{202e}",
            "\u{200d}",
            &"👍".repeat(100),
        ] {
            assert_eq!(Emoji::parse(text), Err(InvalidEmoji), "{text}");
        }
    }
}
