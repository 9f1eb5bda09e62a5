use leptos::{html, prelude::*};

use super::context::use_room;
use crate::{
    browser,
    components::{Glyph, Icon, ShareLink},
    words::say,
};

/// The room's link, to bring others in.
#[component]
pub(super) fn InviteDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let room = use_room();
    let client = room.client;
    let url = RwSignal::new(String::new());
    Effect::new(move || url.set(browser::address()));
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="invite-title">
            <form method="dialog" class="card-head">
                <h2 id="invite-title">{say!(invite_title)}</h2>
                <button class="icon-button" aria-label=say!(close)>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <p class="soft">
                {move || if client.state.with(|state| state.settings.locked) {
                    say!(invite_locked)
                } else {
                    say!(invite_hint)
                }}
            </p>
            <ShareLink room=room.id url />
        </dialog>
    }
}
