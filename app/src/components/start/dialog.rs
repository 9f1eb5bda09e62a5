use leptos::{either::Either, ev::SubmitEvent, html, prelude::*};
use wire::{links, protocol::Created};

use super::{
    super::{Glyph, Icon, ShareLink},
    CreateForm,
};
use crate::words::say;

/// The button that starts a chat, and the dialog it opens: a few questions, then the link.
///
/// Before the browser has woken it up the button goes to a page that asks the same.
#[island]
pub fn InstantChatDialog() -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let created = RwSignal::new(None::<Created>);
    let open = move |event: SubmitEvent| {
        if let Some(dialog) = dialog.get_untracked() {
            event.prevent_default();
            let _ = dialog.show_modal();
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // The next one begins with the questions again.
    let closed = move |_| created.set(None);

    view! {
        <form class="start" action="/start" method="get" on:submit=open>
            <button class="button primary big" type="submit">
                <Icon glyph=Glyph::Spark />
                {say!(start)}
            </button>
        </form>
        <dialog node_ref=dialog class="card dialog" aria-labelledby="start-title" on:close=closed>
            <header class="card-head">
                <h2 id="start-title">
                    {move || if created.with(Option::is_some) { say!(ready_title) } else { say!(start_title) }}
                </h2>
                <button type="button" class="icon-button" aria-label=say!(close) on:click=close>
                    <Icon glyph=Glyph::Close />
                </button>
            </header>
            {move || match created.get() {
                None => Either::Left(view! { <CreateForm on_created=move |chat| created.set(Some(chat)) /> }),
                Some(chat) => Either::Right(view! { <Ready chat /> }),
            }}
        </dialog>
    }
}

#[component]
fn Ready(chat: Created) -> impl IntoView {
    let enter = links::room_path(&chat.chat_id);
    view! {
        <p class="soft">{say!(ready_hint)}</p>
        <ShareLink room=chat.chat_id url=chat.url enter />
    }
}
