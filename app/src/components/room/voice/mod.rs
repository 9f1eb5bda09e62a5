//! Voice messages: recorded, heard before they are sent, and played.
//!
//! - [`bars`]: what is drawn of a recording, and its time in words;
//! - [`webm`]: writes into a recording how long it is, where the browser did not;
//! - `recorder`: the microphone, and what came out of it;
//! - `desk`: the button that begins, and what stands in the composer's place meanwhile;
//! - [`VoicePlayer`]: a recording in the conversation.
//!
//! Recording is the browser's alone; the server, which compiles the same room, has stand-ins of it.

mod bars;
mod player;
mod webm;

#[cfg(feature = "hydrate")]
mod desk;
#[cfg(feature = "hydrate")]
mod recorder;

#[cfg(not(feature = "hydrate"))]
mod nowhere;

pub(super) use self::player::{Playback, VoicePlayer};
#[cfg(feature = "hydrate")]
pub(super) use self::{
    desk::{RecordButton, RecordingDesk},
    recorder::Recorder,
};
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;
