use leptos::prelude::*;

use super::{
    super::{Glyph, Icon, words},
    widget::use_room,
};

/// From here on (ms) the end is near enough to be told in colour.
const SOON_MS: i64 = 10 * 60_000;

/// How long the chat goes on.
#[component]
pub(super) fn Countdown() -> impl IntoView {
    let client = use_room().client;
    let ended = move || client.state.with(|state| state.ended.is_some());
    let remaining = move || client.remaining_ms().map(words::span).unwrap_or_default();
    let soon = move || client.remaining_ms().is_some_and(|ms| ms < SOON_MS);
    view! {
        <span class="pill countdown" class:soon=soon title="When this time is over, the chat is gone">
            <Icon glyph=Glyph::Clock />
            <span class="visually-hidden">"Ends in "</span>
            <span>{move || if ended() { "Ended".to_owned() } else { remaining() }}</span>
        </span>
    }
}
