//! What is chosen and not sent: seen, described, taken out again.

use leptos::{ev::KeyboardEvent, prelude::*};
use wire::domain::ALT_MAX_CHARS;

use super::{
    super::context::use_part,
    sharing::Sharing,
    sharing::{Chosen, What},
};
use crate::{
    components::{Glyph, Icon},
    words::say,
};

/// The pictures that the next press on Send sends.
#[component]
pub(in super::super) fn Tray(
    /// Sends all.
    send: Callback<()>,
) -> impl IntoView {
    let sharing = use_part::<Sharing>();
    let refusals = move || {
        sharing
            .refused
            .get()
            .into_iter()
            .map(|words| view! { <p>{words}</p> })
            .collect::<Vec<_>>()
    };
    let places = move || {
        (0..sharing.preparing.get())
            .map(|_| view! { <li class="choice choice-coming"></li> })
            .collect::<Vec<_>>()
    };
    let is_empty = move || !sharing.has_chosen() && !sharing.is_preparing();
    let said = move || match sharing.tray.with(Vec::len) {
        _ if sharing.is_preparing() => say!(preparing).to_owned(),
        0 => String::new(),
        many => say!(to_send, count = many),
    };
    view! {
        <div class="tray-refused" role="alert" hidden=move || sharing.refused.with(Vec::is_empty)>
            <div>{refusals}</div>
            <button type="button" class="icon-button" aria-label=say!(dismiss) on:click=move |_| sharing.refused.set(Vec::new())>
                <Icon glyph=Glyph::Close />
            </button>
        </div>
        <p class="visually-hidden" role="status">{said}</p>
        <ul class="tray" aria-label=say!(pictures_to_send) hidden=is_empty>
            <For each=move || sharing.tray.get() key=|chosen| chosen.id let:chosen>
                <Choice chosen send />
            </For>
            {places}
        </ul>
    }
}

#[component]
fn Choice(chosen: Chosen, send: Callback<()>) -> impl IntoView {
    let sharing = use_part::<Sharing>();
    let Chosen { id, url, what, .. } = chosen;
    let What::Picture { alt, .. } = what else {
        return None;
    };
    let described = move |event| alt.set(event_target_value(&event));
    let pressed = move |event: KeyboardEvent| {
        if event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
            send.run(());
        }
    };
    Some(view! {
        <li class="choice">
            <img src=url alt="" />
            <button type="button" class="icon-button choice-remove" aria-label=say!(remove_picture) on:click=move |_| sharing.discard(id)>
                <Icon glyph=Glyph::Close />
            </button>
            <input
                class="choice-alt"
                type="text"
                placeholder=say!(describe)
                aria-label=say!(describe_hint)
                maxlength=ALT_MAX_CHARS
                autocomplete="off"
                dir="auto"
                on:input=described
                on:keydown=pressed
            />
        </li>
    })
}
