use leptos::{ev, html, prelude::*};

use crate::{
    browser,
    components::{Glyph, Icon},
    words::say,
};

/// Says what the keyboard can do. Ctrl and the slash open it from anywhere: a letter alone would get in the way of those who
/// speak to their computer (WCAG 2.1.4).
#[component]
pub(super) fn KeysDialog(dialog: NodeRef<html::Dialog>) -> impl IntoView {
    let pressed = window_event_listener(ev::keydown, move |event| {
        if event.key() != "/" || !(event.ctrl_key() || event.meta_key()) || event.repeat() {
            return;
        }
        event.prevent_default();
        match dialog.get_untracked() {
            Some(dialog) if dialog.open() => dialog.close(),
            Some(dialog) => drop(dialog.show_modal()),
            None => {}
        }
    });
    on_cleanup(move || pressed.remove());
    let control = if browser::is_mac() { "⌘" } else { say!(key_control) };
    let rows: [(&[&str], &str); 8] = [
        (&[say!(key_enter)], say!(keys_send)),
        (&[say!(key_shift), say!(key_enter)], say!(keys_line)),
        (&["↑"], say!(keys_edit)),
        (&[say!(key_escape)], say!(keys_stop)),
        (&[say!(key_tab)], say!(keys_menu)),
        (&["←", "→"], say!(keys_move)),
        (&["+", "−", "0"], say!(keys_closer)),
        (&[control, "/"], say!(keys_list)),
    ];
    let row = |(keys, does): (&[&'static str], &'static str)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <div><dt dir="ltr">{keys}</dt><dd>{does}</dd></div> }
    };
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="keys-title">
            <form method="dialog" class="card-head">
                <h2 id="keys-title">{say!(keys_title)}</h2>
                <button class="icon-button" aria-label=say!(close)>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <dl class="keys">{rows.map(row).collect_view()}</dl>
        </dialog>
    }
}
