use leptos::prelude::*;

use super::widget::use_room;
use crate::words::words;

/// Shorter breaks than this (ms) are nobody's business.
const CALM_MS: i64 = 2_000;

/// Says calmly that the connection is away, or that something was missed meanwhile.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let client = use_room().client;
    let words = move || {
        let now = client.clock.get().millis();
        client.state.with(|state| match state.lost_at {
            _ if state.ended.is_some() => "",
            Some(since) if now - since.millis() >= CALM_MS => words().reconnecting,
            None if state.resynced => words().resynced,
            _ => "",
        })
    };
    view! {
        <div class="banner" role="status" class:shown=move || !words().is_empty()>
            {words}
        </div>
    }
}
