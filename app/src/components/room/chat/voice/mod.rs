//! Voice messages: recorded, heard before they are sent, and played.
//!
//! - [`recorder`]: the microphone, and what came out of it;
//! - [`desk`]: the button that begins, and what stands in the composer's place meanwhile;
//! - [`VoicePlayer`]: a recording in the conversation.

mod desk;
mod player;
mod recorder;

pub(super) use self::{
    desk::{RecordButton, RecordingDesk},
    player::{Playback, VoicePlayer},
    recorder::Recorder,
};
