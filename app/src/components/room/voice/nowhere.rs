//! The server's side of what only browsers do: nothing.

use leptos::prelude::*;

use super::super::media::Sharing;

#[derive(Clone, Copy)]
pub(in super::super) struct Recorder;

impl Recorder {
    pub(in super::super) fn new(_: Sharing) -> Self {
        Self
    }

    pub(in super::super) fn is_idle(self) -> bool {
        true
    }
}

#[component]
pub(in super::super) fn RecordButton(recorder: Recorder, #[prop(into)] hidden: Signal<bool>) -> impl IntoView {
    let _ = (recorder, hidden);
}

#[component]
pub(in super::super) fn RecordingDesk(recorder: Recorder) -> impl IntoView {
    let _ = recorder;
}
