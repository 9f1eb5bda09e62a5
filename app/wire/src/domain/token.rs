//! Secrets that prove who somebody is.

use std::fmt;

/// A participant's or creator's secret: at least 128 random bits, URL-safe. Sent once, kept hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes what a client presents. Only its shape is checked here: 16 to 128 URL-safe characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = (16..=128).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        shaped.then(|| Self(text.to_owned()))
    }

    /// The secret itself: for the one answer that hands it out, and for hashing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The host site's word for one of its users, as it was presented: a signed JWT, or something that claims to be one.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityToken(String);

impl IdentityToken {
    /// Takes what a client presents, unless it is nothing at all or has the form of a [`Token`]: a JWT has dots, a
    /// token has none. All else, however wrong, is somebody's claim to be somebody.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let claims = !text.is_empty() && Token::parse(text).is_none();
        claims.then(|| Self(text.to_owned()))
    }

    /// The JWT itself, for who checks it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for IdentityToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentityToken(…)")
    }
}

/// What is kept of a [`Token`]: its SHA-256. Tokens are random, so a plain hash is enough.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(…)")
    }
}
