use leptos::prelude::*;

use super::widget::use_room;
use crate::{links, protocol::calls::SaveAs, words::say};

/// Shorter breaks than this (ms) are nobody's business.
const CALM_MS: i64 = 2_000;

/// So long (ms) before the end it is time to think of what to keep.
const SOON_MS: i64 = 10 * 60_000;

/// Says calmly that the connection is away, or that something was missed meanwhile.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let room = use_room();
    let client = room.client;
    let export = links::export_path(&room.id, SaveAs::Html);
    let is_soon = Memo::new(move |_| {
        let is_open = client
            .state
            .with(|state| state.ended.is_none() && state.lost_at.is_none());
        is_open && client.remaining_ms().is_some_and(|left| left < SOON_MS)
    });
    let save = move || {
        let export = export.clone();
        is_soon
            .get()
            .then(|| view! { <a href=export download>{say!(save_first)}</a> })
    };
    let words = move || {
        let now = client.clock.get();
        client.state.with(|state| match (state.lost_at, state.pause(now)) {
            _ if state.ended.is_some() => String::new(),
            (Some(since), _) if now.millis() - since.millis() >= CALM_MS => say!(reconnecting).to_owned(),
            // A second is no wait.
            (None, Some(seconds)) if seconds > 1 => say!(slow_down, seconds = seconds),
            (None, _) if is_soon.get() => say!(ends_soon).to_owned(),
            (None, _) if state.resynced => say!(resynced).to_owned(),
            _ => String::new(),
        })
    };
    view! {
        <div class="banner" role="status" class:shown=move || !words().is_empty()>
            {words}
            " "
            {save}
        </div>
    }
}
