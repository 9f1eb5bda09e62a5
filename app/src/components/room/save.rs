use leptos::{html, prelude::*};

use super::{
    super::{Glyph, Icon},
    widget::use_room,
};
use crate::{links, protocol::calls::SaveAs, words::say};

/// Offers the conversation as a file, for as long as there is one.
#[component]
pub(super) fn SaveDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let room = use_room().id;
    let done = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="save-title">
            <form method="dialog" class="card-head">
                <h2 id="save-title">{say!(save_title)}</h2>
                <button class="icon-button" aria-label=say!(close)>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <p class="soft">{say!(save_hint)}</p>
            <a class="button primary wide" href=links::export_path(&room, SaveAs::Html) download on:click=done>
                <Icon glyph=Glyph::Save />
                {say!(save_page)}
            </a>
            <p class="soft save-what">{say!(save_page_hint)}</p>
            <a class="button wide" href=links::export_path(&room, SaveAs::Json) download on:click=done>{say!(save_data)}</a>
        </dialog>
    }
}
