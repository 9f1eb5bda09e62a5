use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::{
    super::{Glyph, Icon},
    widget::use_room,
};
use crate::{api::end_chat, error::AppError, protocol::EndReason};

/// Asks the creator once more before the chat ends for everybody.
#[component]
pub(super) fn EndDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let problem = RwSignal::new(None::<AppError>);
    let busy = RwSignal::new(false);
    let chat = use_room().id.to_string();
    let cancel = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
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
                        if let Some(dialog) = dialog.get_untracked() {
                            dialog.close();
                        }
                    }
                    Err(error) => {
                        problem.try_set(Some(error));
                    }
                }
                busy.try_set(false);
            });
        }
    };
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="end-title">
            <h2 id="end-title">"End this chat for everybody?"</h2>
            <p class="soft">"All messages are deleted, and the link stops working. This cannot be undone."</p>
            <p class="problem" role="alert">{move || problem.get().map(|error| error.detail)}</p>
            <form class="form-actions" action="/form/end" method="post" on:submit=end>
                <input type="hidden" name="chat" value=chat />
                <button type="button" class="button" on:click=cancel>"Keep it"</button>
                <button type="submit" class="button danger" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { "Ending…" } else { "End chat" }}
                </button>
            </form>
        </dialog>
    }
}

/// What stands in the composer's place when the chat is over.
#[component]
pub(super) fn Ended(reason: EndReason) -> impl IntoView {
    let title = match reason {
        EndReason::Ended => "This chat has been ended",
        EndReason::Expired => "This chat is over: its time has passed",
    };
    view! {
        <section class="ended" role="status">
            <Icon glyph=Glyph::Stop />
            <div>
                <h2>{title}</h2>
                <p class="soft">"What you still see goes when you close this page. Nobody can open it again."</p>
            </div>
            <a class="button primary" href="/">"Start a new one"</a>
        </section>
    }
}
