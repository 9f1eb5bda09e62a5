use leptos::prelude::*;
use wire::{links, protocol::calls::SaveAs};

use super::context::use_room;
use crate::{
    room_client::Trouble,
    words::{self, say},
};

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
    // Said until it was read.
    let forgets = RwSignal::new(room.has_token);
    let words = move || {
        let now = client.clock.get();
        client.state.with(|state| match (state.lost_at, state.pause(now)) {
            _ if state.ended.is_some() => String::new(),
            (Some(_), _) if state.trouble.is_some() => state.trouble.as_ref().map(trouble_words).unwrap_or_default(),
            (Some(since), _) if now.millis() - since.millis() >= CALM_MS => say!(reconnecting).to_owned(),
            // A second is no wait.
            (None, Some(seconds)) if seconds > 1 => say!(slow_down, seconds = seconds),
            (None, _) if is_soon.get() => say!(ends_soon).to_owned(),
            (None, _) if state.resynced => say!(resynced).to_owned(),
            (None, _) if forgets.get() => say!(no_cookies).to_owned(),
            _ => String::new(),
        })
    };
    view! {
        <div class="banner" role="status" class:shown=move || !words().is_empty()>
            {words}
            " "
            {save}
            {move || (forgets.get() && words() == say!(no_cookies)).then(|| view! {
                <button type="button" class="link-button" on:click=move |_| forgets.set(false)>{say!(dismiss)}</button>
            })}
        </div>
    }
}

/// Why there is no welcome.
pub(super) fn trouble_words(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Outdated => say!(outdated).to_owned(),
        Trouble::Told(error) => words::error(error),
    }
}
