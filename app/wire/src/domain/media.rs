//! What is said without words: pictures and recordings.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Bytes in an upload.
pub const MEDIA_MAX_BYTES: usize = 10 * 1024 * 1024;

/// The longest side of a picture, in pixels.
pub const SIDE_MAX: u32 = 16_384;

/// The longest recording, in milliseconds: ten minutes.
pub const VOICE_MAX_MILLIS: u32 = 600_000;

/// The longest description of a picture, in characters (Unicode scalar values).
pub const ALT_MAX_CHARS: usize = 500;

/// Bars in a waveform.
const BARS_MAX: usize = 64;

/// The loudest bar.
const BAR_MAX: u8 = 31;

/// The value is beyond what a picture or recording can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidMedia;

impl fmt::Display for InvalidMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a property of a picture or recording")
    }
}

impl std::error::Error for InvalidMedia {}

macro_rules! bounded {
    ($(#[$doc:meta])* $name:ident, $most:expr) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        $(#[$doc])*
        #[serde(try_from = "u32", into = "u32")]
        pub struct $name(u32);

        impl $name {
            /// The number.
            #[must_use]
            pub const fn get(self) -> u32 {
                self.0
            }
        }

        impl TryFrom<u32> for $name {
            type Error = InvalidMedia;
            fn try_from(number: u32) -> Result<Self, InvalidMedia> {
                if (1..=$most).contains(&number) { Ok(Self(number)) } else { Err(InvalidMedia) }
            }
        }

        impl From<$name> for u32 {
            fn from(number: $name) -> Self {
                number.0
            }
        }
    };
}

bounded! {
    /// A side of a picture: 1 to [`SIDE_MAX`] pixels.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 16_384, example = 800))]
    Side, SIDE_MAX
}

bounded! {
    /// How long a recording is: 1 to [`VOICE_MAX_MILLIS`] milliseconds.
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 600_000, example = 1_500))]
    VoiceMillis, VOICE_MAX_MILLIS
}

/// How loud a recording is from its beginning to its end: 1 to 64 bars of 0 to 31.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(min_items = 1, max_items = 64, example = json!([0, 12, 31, 4])))]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Waveform(Vec<u8>);

impl Waveform {
    /// The bars.
    #[must_use]
    pub fn bars(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<Vec<u8>> for Waveform {
    type Error = InvalidMedia;
    fn try_from(bars: Vec<u8>) -> Result<Self, InvalidMedia> {
        if (1..=BARS_MAX).contains(&bars.len()) && bars.iter().all(|bar| *bar <= BAR_MAX) {
            Ok(Self(bars))
        } else {
            Err(InvalidMedia)
        }
    }
}

impl From<Waveform> for Vec<u8> {
    fn from(waveform: Waveform) -> Self {
        waveform.0
    }
}

/// What a picture shows, for those who do not see it: 1 to [`ALT_MAX_CHARS`] characters on one line.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "openapi",
    derive(utoipa::ToSchema),
    schema(min_length = 1, max_length = 500, example = "A cat on a keyboard")
)]
#[serde(try_from = "String", into = "String")]
pub struct AltText(String);

impl AltText {
    /// Makes a description of what somebody typed: controls and blank edges removed.
    ///
    /// # Errors
    /// [`InvalidMedia`] when nothing is left or too much.
    pub fn parse(typed: &str) -> Result<Self, InvalidMedia> {
        let clean: String = typed
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(2 * ALT_MAX_CHARS)
            .collect();
        let text = clean.trim();
        if (1..=ALT_MAX_CHARS).contains(&text.chars().count()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidMedia)
        }
    }

    /// The description as it is read out.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AltText {
    type Error = InvalidMedia;
    fn try_from(text: String) -> Result<Self, InvalidMedia> {
        Self::parse(&text)
    }
}

impl From<AltText> for String {
    fn from(text: AltText) -> Self {
        text.0
    }
}

// What people write stays out of logs.
impl fmt::Debug for AltText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AltText(…)")
    }
}

/// The kinds of files that can be shared. What a file is, its bytes say.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaType {
    /// A photograph.
    Jpeg,
    /// A drawing or a screenshot.
    Png,
    /// Either, smaller; may be animated.
    Webp,
    /// Mostly animated.
    Gif,
    /// Opus in WebM: what most browsers record.
    WebmAudio,
    /// Opus in Ogg.
    OggAudio,
    /// AAC or Opus in MP4: what every browser plays.
    Mp4Audio,
}

#[cfg(not(target_arch = "wasm32"))]
impl MediaType {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Jpeg,
        Self::Png,
        Self::Webp,
        Self::Gif,
        Self::WebmAudio,
        Self::OggAudio,
        Self::Mp4Audio,
    ];

    /// Its name among the world's media types.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::WebmAudio => "audio/webm",
            Self::OggAudio => "audio/ogg",
            Self::Mp4Audio => "audio/mp4",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_waveform_has_up_to_64_bars_of_0_to_31() {
        assert!(serde_json::from_str::<Waveform>("[0,31]").is_ok());
        assert!(Waveform::try_from(vec![31; 64]).is_ok());
        for wrong in [vec![], vec![32], vec![0; 65]] {
            assert_eq!(Waveform::try_from(wrong), Err(InvalidMedia));
        }
        assert!(serde_json::from_str::<Waveform>("[-1]").is_err());
    }

    #[test]
    fn sides_and_lengths_have_bounds() {
        assert!(Side::try_from(SIDE_MAX).is_ok() && VoiceMillis::try_from(VOICE_MAX_MILLIS).is_ok());
        assert!(Side::try_from(0).is_err() && Side::try_from(SIDE_MAX + 1).is_err());
        assert!(VoiceMillis::try_from(0).is_err() && VoiceMillis::try_from(VOICE_MAX_MILLIS + 1).is_err());
    }

    #[test]
    fn a_description_is_one_line() {
        assert_eq!(AltText::parse(" a\ncat\u{7} ").expect("valid").as_str(), "a cat");
        assert!(AltText::parse(" \n").is_err());
        assert!(AltText::parse(&"é".repeat(ALT_MAX_CHARS)).is_ok());
        assert!(AltText::parse(&"é".repeat(ALT_MAX_CHARS + 1)).is_err());
    }
}
