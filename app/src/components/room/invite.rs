use leptos::{html, prelude::*};

use super::{
    super::{Glyph, Icon, ShareLink},
    widget::use_room,
};
use crate::{browser, words::words};

/// The room's link, to bring others in.
#[component]
pub(super) fn InviteDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let words = words();
    let room = use_room();
    let client = room.client;
    let url = RwSignal::new(String::new());
    Effect::new(move || url.set(browser::address()));
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="invite-title">
            <form method="dialog" class="card-head">
                <h2 id="invite-title">{words.invite_title}</h2>
                <button class="icon-button" aria-label=words.close>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <p class="soft">
                {move || if client.state.with(|state| state.settings.locked) {
                    words.invite_locked
                } else {
                    words.invite_hint
                }}
            </p>
            <ShareLink room=room.id url />
        </dialog>
    }
}
