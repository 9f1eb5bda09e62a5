//! What a participant says.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest message, in characters (Unicode scalar values).
pub const MESSAGE_MAX_CHARS: usize = 4_000;

/// The text of a message: 1 to [`MESSAGE_MAX_CHARS`] characters, not all blank, lines ended by `\n`, no other control
/// characters but tabs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(min_length = 1, max_length = 4_000, example = "Hello")
)]
#[serde(try_from = "String", into = "String")]
pub struct MessageText(String);

/// Why a text is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidText {
    /// Nothing but white space.
    Blank,
    /// More than [`MESSAGE_MAX_CHARS`] characters.
    TooLong,
}

impl fmt::Display for InvalidText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("The message is empty."),
            Self::TooLong => write!(f, "The message is longer than {MESSAGE_MAX_CHARS} characters."),
        }
    }
}

impl std::error::Error for InvalidText {}

impl MessageText {
    /// Makes a message of what somebody typed: line ends unified, controls and blank edges removed.
    ///
    /// # Errors
    /// [`InvalidText`] when nothing is left or too much.
    pub fn parse(typed: &str) -> Result<Self, InvalidText> {
        // A character has at most 4 bytes: refuse early what cannot fit.
        if typed.len() > 8 * MESSAGE_MAX_CHARS {
            return Err(InvalidText::TooLong);
        }
        let unified = typed.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = unified
            .chars()
            .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
            .collect();
        // Indentation of the first line is the author's; empty lines around the text are not.
        let text = clean.trim_end().trim_start_matches('\n');
        if text.trim_start().is_empty() {
            return Err(InvalidText::Blank);
        }
        if text.chars().count() > MESSAGE_MAX_CHARS {
            return Err(InvalidText::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MessageText {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, InvalidText> {
        Self::parse(&text)
    }
}

impl From<MessageText> for String {
    fn from(text: MessageText) -> Self {
        text.0
    }
}

// Message text stays out of logs.
impl fmt::Debug for MessageText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MessageText(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_are_kept_and_unified() {
        let text = MessageText::parse("one\r\ntwo\rthree\n\n").expect("valid");
        assert_eq!(text.as_str(), "one\ntwo\nthree");
    }

    #[test]
    fn control_characters_are_removed() {
        assert_eq!(
            MessageText::parse("a\u{0}b\u{1b}[31mc").expect("valid").as_str(),
            "ab[31mc"
        );
    }

    #[test]
    fn blank_and_overlong_texts_are_refused() {
        assert_eq!(MessageText::parse(" \n\t "), Err(InvalidText::Blank));
        assert!(MessageText::parse(&"é".repeat(MESSAGE_MAX_CHARS)).is_ok());
        assert_eq!(
            MessageText::parse(&"é".repeat(MESSAGE_MAX_CHARS + 1)),
            Err(InvalidText::TooLong)
        );
        assert_eq!(MessageText::parse(&"a".repeat(1 << 20)), Err(InvalidText::TooLong));
    }
}
