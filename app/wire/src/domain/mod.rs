//! Validated values. Who holds one need not check again.
//!
//! Everything is checked while it is parsed or deserialized, so that a frame, a form and an API call are all held to
//! the same limits. Imports nothing of ours.

pub mod blank;
mod emoji;
mod id;
mod media;
mod nickname;
mod text;
mod timestamp;
mod token;

pub use emoji::{Emoji, InvalidEmoji};
pub use id::{ClientId, Epoch, InvalidId, MediaId, ParticipantId, RoomId, Seq, fingerprint};
#[cfg(not(target_arch = "wasm32"))]
pub use media::MediaType;
pub use media::{
    ALT_MAX_CHARS, AltText, InvalidMedia, MEDIA_MAX_BYTES, SIDE_MAX, Side, VOICE_MAX_MILLIS, VoiceMillis, Waveform,
};
pub use nickname::Nickname;
#[cfg(not(target_arch = "wasm32"))]
pub use nickname::{InvalidNickname, MAX_GRAPHEMES as NICKNAME_MAX_GRAPHEMES};
pub use text::{InvalidText, MESSAGE_MAX_CHARS, MessageText};
pub use timestamp::{InvalidTimestamp, Timestamp};
pub use token::{IdentityToken, Token, TokenHash};
