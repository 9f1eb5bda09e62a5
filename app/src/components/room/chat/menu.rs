//! What the room's menu offers.

use leptos::{html, prelude::*};

use super::dialog::show;
use crate::components::{Glyph, Icon};

/// An entry of the room's menu that opens a dialog; the menu closes.
#[component]
pub(super) fn MenuItem(
    /// What it opens.
    opens: NodeRef<html::Dialog>,
    glyph: Glyph,
    #[prop(default = "menu-item")] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=class
            popovertarget="more"
            popovertargetaction="hide"
            on:click=move |_| show(opens)
        >
            <Icon glyph />
            {children()}
        </button>
    }
}
