use leptos::{html, prelude::*};

use super::{
    super::{Glyph, Icon},
    widget::use_room,
};
use crate::{links, protocol::calls::SaveAs, words::words};

/// Offers the conversation as a file, for as long as there is one.
#[component]
pub(super) fn SaveDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let words = words();
    let room = use_room().id;
    let done = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="save-title">
            <form method="dialog" class="card-head">
                <h2 id="save-title">{words.save_title}</h2>
                <button class="icon-button" aria-label=words.close>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <p class="soft">{words.save_hint}</p>
            <a class="button primary wide" href=links::export_path(&room, SaveAs::Html) download on:click=done>
                <Icon glyph=Glyph::Save />
                {words.save_page}
            </a>
            <p class="soft save-what">{words.save_page_hint}</p>
            <a class="button wide" href=links::export_path(&room, SaveAs::Json) download on:click=done>{words.save_data}</a>
        </dialog>
    }
}
