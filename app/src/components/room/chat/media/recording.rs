//! A recording on its way from the microphone to the conversation.

use web_sys::Blob;
use wire::domain::{VoiceMillis, Waveform};

/// What was recorded.
#[derive(Clone)]
pub(in super::super) struct Recording {
    pub(in super::super) file: Blob,
    /// Where this page has it.
    pub(in super::super) url: String,
    pub(in super::super) millis: VoiceMillis,
    pub(in super::super) waveform: Waveform,
}
