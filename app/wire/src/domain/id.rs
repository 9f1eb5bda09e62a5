//! Names of things: rooms, participants, messages under way, places in a log.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The text is not an id of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidId;

impl fmt::Display for InvalidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a valid id")
    }
}

impl std::error::Error for InvalidId {}

fn url_safe(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $valid:expr) => {
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$doc])*
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Checks the text's shape.
            ///
            /// # Errors
            /// [`InvalidId`] when it has another length or other characters than ids of this kind.
            pub fn parse(text: impl Into<String>) -> Result<Self, InvalidId> {
                let text = text.into();
                let valid: fn(&str) -> bool = $valid;
                if valid(&text) { Ok(Self(text)) } else { Err(InvalidId) }
            }

            /// The id as it stands in links and frames.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, InvalidId> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A room's name in its link: 12 URL-safe nanoid characters, 72 random bits. Who knows it may join.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{12}$", example = "Vq3nT8-zKw_2"))]
    RoomId, |text| text.len() == Self::LENGTH && url_safe(text)
}

impl RoomId {
    /// Characters in a room's id.
    pub const LENGTH: usize = 12;

    /// The id that a text begins with, which something follows that is none of it: what stood behind a link in a message,
    /// a full stop, a bracket, a space, is often taken along. None where the text is an id, or has none.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn cut_from(text: &str) -> Option<Self> {
        let (id, rest) = text.split_at_checked(Self::LENGTH)?;
        let goes_on = rest.is_empty() || rest.starts_with(|next: char| next.is_ascii_alphanumeric());
        if goes_on { None } else { Self::parse(id).ok() }
    }
}

// A room's id is its key: it stays out of logs, even by accident.
impl fmt::Debug for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomId(…)")
    }
}

id! {
    /// A participant of one room, `anon_` and 12 characters, or the host site's own user id. 1 to 64 characters.
    /// Who it is can be seen from it: no user of the host's has an id that begins like those of the anonymous.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[!-~]{1,64}$", example = "anon_Vq3nT8-zKw_2"))]
    #[derive(Debug)]
    ParticipantId, |text| (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

impl ParticipantId {
    /// What the ids of all begin with whom nobody vouches for.
    pub const ANONYMOUS: &str = "anon_";

    /// The id of one of the host site's users.
    ///
    /// # Errors
    /// [`InvalidId`] for what is no participant's id, or an anonymous one's.
    pub fn of_host(user: &str) -> Result<Self, InvalidId> {
        Self::parse(user).and_then(|id| if id.is_verified() { Ok(id) } else { Err(InvalidId) })
    }

    /// Whether the host site vouches for whoever has it.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        !self.0.starts_with(Self::ANONYMOUS)
    }

    /// A number made of the id: what tells participants apart, the same on every screen.
    #[must_use]
    pub fn fingerprint(&self) -> u32 {
        fingerprint(&self.0)
    }
}

/// A number made of a text, evenly spread. FNV-1a, 32 bits: nothing secret hangs on it.
#[must_use]
pub fn fingerprint(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

id! {
    /// What a sender calls a message before the log numbers it, so that a retry is known as one. 1 to 64 URL-safe
    /// characters, unique for one sender in one room.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,64}$", example = "m-1"))]
    #[derive(Debug)]
    ClientId, |text| (1..=64).contains(&text.len()) && url_safe(text)
}

id! {
    /// An uploaded picture or recording of one room: 22 URL-safe nanoid characters, 132 random bits.
    #[derive(Debug)]
    #[cfg_attr(feature = "openapi", schema(min_length = 22, max_length = 22, example = "Vq3nT8-zKw_2Vq3nT8-zKw"))]
    MediaId, |text| text.len() == Self::LENGTH && url_safe(text)
}

impl MediaId {
    /// Characters in the id.
    pub const LENGTH: usize = 22;

    /// What a picture's small copy goes by: the same id, read backwards. As many random bits, found without being asked
    /// for.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn of_small(&self) -> Self {
        Self(self.0.chars().rev().collect())
    }
}

id! {
    /// Which log a [`Seq`] belongs to: new whenever a room's log starts over. 1 to 64 URL-safe characters.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[A-Za-z0-9_-]{1,64}$", example = "stored"))]
    #[derive(Debug)]
    Epoch, |text| (1..=64).contains(&text.len()) && url_safe(text)
}

/// A place in a room's log: 1, 2, 3, without gaps. 0 stands before the first entry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(maximum = 9_007_199_254_740_991_u64, example = 7)
)]
#[serde(try_from = "u64", into = "u64")]
pub struct Seq(pub u64);

impl Seq {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// The place right after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl TryFrom<u64> for Seq {
    type Error = InvalidId;
    /// Takes what every program can count to: JSON's numbers are doubles in browsers.
    fn try_from(n: u64) -> Result<Self, InvalidId> {
        if n < 1 << 53 { Ok(Self(n)) } else { Err(InvalidId) }
    }
}

impl From<Seq> for u64 {
    fn from(Seq(n): Seq) -> Self {
        n
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_ids_have_twelve_url_safe_characters() {
        assert!(RoomId::parse("Vq3nT8-zKw_2").is_ok());
        for wrong in [
            "",
            "Vq3nT8-zKw_",
            "Vq3nT8-zKw_22",
            "Vq3nT8/zKw_2",
            "Vq3nT8 zKw_2",
            "Vq3nT8zKwé2",
        ] {
            assert_eq!(RoomId::parse(wrong), Err(InvalidId), "{wrong}");
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn an_id_is_found_whatever_was_taken_along_with_it() {
        let id = "Vq3nT8-zKw_2";
        for behind in [
            ".",
            " ",
            ",",
            ")",
            "…",
            "“",
            "。",
            "\u{200B}",
            "_",
            "-",
            ").",
            ". Come in",
            "/",
            "字",
        ] {
            let found = RoomId::cut_from(&format!("{id}{behind}"));
            assert_eq!(found.as_ref().map(RoomId::as_str), Some(id), "{behind}");
        }
        for none in [
            "",
            id,
            "Vq3nT8-zKw_",
            "Vq3nT8-zKw_.",
            "Vq3nT8-zKw_22",
            "Vq3nT8.zKw_2.",
            "ééééééé",
        ] {
            assert_eq!(RoomId::cut_from(none), None, "{none}");
        }
    }

    #[test]
    fn a_room_id_does_not_print_itself_in_debug_output() {
        let id = RoomId::parse("Vq3nT8-zKw_2").expect("valid");
        assert_eq!(format!("{id:?}"), "RoomId(…)");
    }

    #[test]
    fn an_anonymous_id_and_one_of_the_host_s_are_never_the_same() {
        let user = ParticipantId::of_host("auth0|maya@example.org").expect("a user's id");
        assert!(user.is_verified());
        assert!(!ParticipantId::parse("anon_Vq3nT8-zKw_2").expect("an id").is_verified());
        let long = "a".repeat(65);
        for wrong in ["anon_Vq3nT8-zKw_2", "anon_", "", "two words", "Zoë", "a\n", &long] {
            assert_eq!(ParticipantId::of_host(wrong), Err(InvalidId), "{wrong}");
        }
    }

    #[test]
    fn ids_are_checked_when_they_are_deserialized() {
        assert!(serde_json::from_str::<ClientId>("\"a-1\"").is_ok());
        assert!(serde_json::from_str::<ClientId>("\"\"").is_err());
        assert!(serde_json::from_str::<ClientId>(&format!("\"{}\"", "a".repeat(65))).is_err());
    }
}
