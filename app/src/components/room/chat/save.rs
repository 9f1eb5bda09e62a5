use leptos::{ev, html, prelude::*};
use wire::{links, protocol::calls::SaveAs};

use super::{
    context::{RoomContext, use_room},
    dialog::close,
    media::saves_by_token,
};
use crate::{
    components::{Glyph, Icon},
    words::say,
};

/// Offers the conversation as a file, for as long as there is one.
#[component]
pub(super) fn SaveDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let RoomContext { id: room, client, .. } = use_room();
    let save = move |event: ev::MouseEvent, path: String, name: &'static str| {
        if saves_by_token(client, path, name) {
            event.prevent_default();
        }
        close(dialog);
    };
    let [html, json] = [SaveAs::Html, SaveAs::Json].map(|save_as| links::export_path(&room, save_as));
    let (html_path, json_path) = (html.clone(), json.clone());
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="save-title">
            <form method="dialog" class="card-head">
                <h2 id="save-title">{say!(save_title)}</h2>
                <button class="icon-button" aria-label=say!(close)>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <p class="soft">{say!(save_hint)}</p>
            <a class="button primary wide" href=html download on:click=move |event| save(event, html_path.clone(), "chat.html")>
                <Icon glyph=Glyph::Save />
                {say!(save_page)}
            </a>
            <p class="soft save-what">{say!(save_page_hint)}</p>
            <a class="button wide" href=json download on:click=move |event| save(event, json_path.clone(), "chat.json")>{say!(save_data)}</a>
        </dialog>
    }
}
