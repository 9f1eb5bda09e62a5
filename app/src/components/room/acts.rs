//! What can be done with a message: a menu beside it, on a phone a sheet at the lower edge.
//!
//! One menu and one set of listeners serve all messages. Its button is reached by keyboard and pointer, a finger that
//! rests on the message opens it too.

use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

use super::{
    super::{Glyph, Icon},
    widget::use_room,
};
use crate::{
    browser,
    domain::Seq,
    links,
    protocol::{Body, Entry},
    words::words,
};

/// A finger that rests so long (ms) asks for the menu.
const LONG_PRESS_MS: u64 = 450;

/// What became of copying is shown so long (ms), then the menu closes.
const COPIED_FOR_MS: u64 = 900;

/// The menu of messages: which it is open for, and how it is opened.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    message: RwSignal<Option<Seq>>,
    dialog: NodeRef<html::Dialog>,
    pressing: StoredValue<Option<TimeoutHandle>>,
}

impl Acts {
    pub(super) fn new() -> Self {
        Self {
            message: RwSignal::new(None),
            dialog: NodeRef::new(),
            pressing: StoredValue::new(None),
        }
    }

    fn open(self, place: &browser::Place) {
        let Some(dialog) = self.dialog.get_untracked() else {
            return;
        };
        self.message.set(Some(place.seq));
        // A second finger may have been faster.
        if !dialog.open() && dialog.show_modal().is_ok() {
            browser::put_beside(&dialog, place);
        }
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    /// A button of a message was pressed: its menu's, or the quote in it.
    pub(super) fn clicked(self, event: &ev::MouseEvent) {
        if let Some(quoted) = browser::quote_at(event) {
            browser::go_to_message(quoted);
        } else if let Some(place) = browser::message_at(event, true) {
            self.open(&place);
        }
    }

    /// A finger touches a message.
    pub(super) fn pressed(self, event: &ev::PointerEvent) {
        self.released();
        if event.pointer_type() != "touch" {
            return;
        }
        if let Some(place) = browser::message_at(event, false) {
            let open = move || self.open(&place);
            self.pressing
                .set_value(set_timeout_with_handle(open, std::time::Duration::from_millis(LONG_PRESS_MS)).ok());
        }
    }

    /// The finger is gone, or scrolls.
    pub(super) fn released(self) {
        if let Some(timer) = self.pressing.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }

    /// The system's own menu of a long press would cover ours.
    pub(super) fn context_menu(self, event: &ev::MouseEvent) {
        if self.pressing.with_value(Option::is_some) {
            event.prevent_default();
        }
    }
}

/// The menu itself.
#[component]
pub(super) fn ActsMenu() -> impl IntoView {
    let words = words();
    let room = use_room();
    let (acts, state) = (room.acts, room.client.state);
    let text = move || {
        let seq = acts.message.get_untracked()?;
        state.with_untracked(|state| match state.entry(seq)? {
            Entry::Message {
                body: Body::Text { text, .. },
                ..
            } => Some(text.as_str().to_owned()),
            _ => None,
        })
    };
    let is_text = move || acts.message.get().is_some() && text().is_some();
    let picture = move || {
        let seq = acts.message.get()?;
        let id = state.with_untracked(|state| match state.entry(seq)? {
            Entry::Message {
                body: Body::Image { media_id, .. },
                ..
            } => Some(media_id.clone()),
            _ => None,
        })?;
        Some(links::medium_path(&room.id, &id))
    };
    let save = move || {
        picture().map(|path| {
            view! {
                <a class="menu-item" href=path download="picture" on:click=move |_| acts.close()>
                    <Icon glyph=Glyph::Save />
                    {words.save_picture}
                </a>
            }
        })
    };
    let reply = move |_| {
        acts.close();
        room.replying.set(acts.message.get_untracked());
    };
    let copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let Some(text) = text() else { return };
        spawn_local(async move {
            copied.set(Some(browser::copy(&text).await));
            let done = move || {
                copied.set(None);
                acts.close();
            };
            set_timeout(done, std::time::Duration::from_millis(COPIED_FOR_MS));
        });
    };
    let copy_words = move || match copied.get() {
        None => words.copy_text,
        Some(true) => words.copied,
        Some(false) => words.copy_refused,
    };
    // A press beside the menu closes it; not the end of the long one that opened it.
    let beside = move |event: ev::PointerEvent| {
        if acts
            .dialog
            .get_untracked()
            .is_some_and(|dialog| browser::is_target(&event, &dialog))
        {
            event.prevent_default();
            acts.close();
        }
    };
    view! {
        <dialog node_ref=acts.dialog class="menu acts" aria-label=words.message on:pointerdown=beside>
            <div class="acts-list">
                <button type="button" class="menu-item" on:click=reply>
                    <Icon glyph=Glyph::Reply />
                    {words.reply}
                </button>
                <button type="button" class="menu-item" hidden=move || !is_text() on:click=copy>
                    <Icon glyph=Glyph::Copy />
                    {copy_words}
                </button>
                {save}
            </div>
        </dialog>
    }
}
