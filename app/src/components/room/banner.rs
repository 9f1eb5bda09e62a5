use leptos::prelude::*;

use super::widget::use_room;

/// Shorter breaks than this (ms) are nobody's business.
const CALM_MS: i64 = 2_000;

/// Says calmly that the connection is away, or that something was missed meanwhile.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let client = use_room().client;
    let words = Memo::new(move |_| {
        let now = client.clock.get().millis();
        client.state.with(|state| match state.lost_at {
            _ if state.ended.is_some() => None,
            Some(since) if now - since.millis() >= CALM_MS => {
                Some("Reconnecting… what you write is sent when the connection is back.")
            }
            None if state.resynced => Some("You were away for a while: earlier messages can no longer be shown."),
            _ => None,
        })
    });
    view! {
        <div class="banner" role="status" class:shown=move || words.with(Option::is_some)>
            {move || words.get()}
        </div>
    }
}
