use leptos::prelude::*;

use super::context::use_room;
use crate::{
    components::{Glyph, Icon},
    words::{GAP, around, say, span},
};

/// From here on (ms) the end is near enough to be told in colour.
const SOON_MS: i64 = 10 * 60_000;

/// How long the chat goes on.
#[component]
pub(super) fn Countdown() -> impl IntoView {
    let (before, after) = around(say!(ends_in, time = GAP));
    let client = use_room().client;
    let ended = move || client.state.with(|state| state.ended.is_some());
    let remaining = move || client.remaining_ms().map(span).unwrap_or_default();
    let soon = move || client.remaining_ms().is_some_and(|ms| ms < SOON_MS);
    view! {
        <span class="pill countdown" class:soon=soon title=say!(countdown_hint)>
            <Icon glyph=Glyph::Clock />
            <span class="visually-hidden">{before}</span>
            <span>{move || if ended() { say!(countdown_ended).to_owned() } else { remaining() }}</span>
            <span class="visually-hidden">{after}</span>
        </span>
    }
}
