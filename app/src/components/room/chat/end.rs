use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wire::{
    error::AppError,
    links,
    protocol::{EndReason, calls::SaveAs},
};

use super::{context::use_room, dialog::close};
use crate::{
    api::{Refused, end_chat},
    components::{Glyph, Icon},
    words::{self, say},
};

/// Asks the creator once more before the chat ends for everybody.
#[component]
pub(super) fn EndDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let problem = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let room = use_room().id;
    let chat = room.to_string();
    let cancel = move |_| {
        close(dialog);
    };
    let end = {
        let chat = chat.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            let chat = chat.clone();
            spawn_local(async move {
                match end_chat(chat).await {
                    Ok(()) => {
                        close(dialog);
                    }
                    Err(Refused(error)) => {
                        problem.try_set(Some(error));
                    }
                }
                busy.try_set(false);
            });
        }
    };
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="end-title">
            <h2 id="end-title">{say!(end_title)}</h2>
            <p class="soft">{say!(end_hint)}</p>
            <p><a href=links::export_path(&room, SaveAs::Html) download>{say!(save_first)}</a></p>
            <p class="problem" role="alert">{move || problem.get().map(|error| words::error(&error))}</p>
            <form class="form-actions" action="/form/end" method="post" on:submit=end>
                <input type="hidden" name="chat" value=chat />
                <button type="button" class="button" on:click=cancel>{say!(end_keep)}</button>
                <button type="submit" class="button danger" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { say!(ending) } else { say!(end_now) }}
                </button>
            </form>
        </dialog>
    }
}

/// What stands in the composer's place when the chat is over.
#[component]
pub(super) fn Ended(reason: EndReason) -> impl IntoView {
    let title = match reason {
        EndReason::Ended => say!(ended),
        EndReason::Expired => say!(expired),
    };
    view! {
        <section class="ended" role="status">
            <Icon glyph=Glyph::Stop />
            <div>
                <h2>{title}</h2>
                <p class="soft">{say!(ended_hint)}</p>
            </div>
            <a class="button primary" href="/">{say!(start_another)}</a>
        </section>
    }
}
