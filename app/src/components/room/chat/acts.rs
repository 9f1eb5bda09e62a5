//! What can be done with a message: a menu beside it, on a phone a sheet at the lower edge.
//!
//! One menu and one set of listeners serve all messages. Its button is reached by keyboard and pointer, a finger that
//! rests on the message opens it too.

use leptos::{ev, html, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use wire::{
    domain::Seq,
    protocol::{Body, Entry, Version},
};

use super::{
    context::{use_part, use_room},
    dialog::close,
    media::place_of,
    reactions::{EmojiPicker, QuickReactions},
};
use crate::{
    browser,
    components::{Glyph, Icon},
    words::say,
};

/// A finger that rests so long (ms) asks for the menu.
const LONG_PRESS_MS: u64 = 450;

/// What became of copying is shown so long (ms), then the menu closes.
const COPIED_FOR_MS: u64 = 900;

/// What the menu shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What can be done.
    List,
    /// More emoji to answer with.
    Emoji,
    /// Whether the message is to be deleted.
    Delete,
}

/// The menu of messages: which it is open for, and how it is opened.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    message: RwSignal<Option<Seq>>,
    dialog: NodeRef<html::Dialog>,
    part: RwSignal<Part>,
    place: StoredValue<Option<browser::Place>, LocalStorage>,
    pressing: StoredValue<Option<TimeoutHandle>>,
    /// A finger that opened the menu still rests.
    rests: StoredValue<bool>,
}

impl Acts {
    pub(super) fn new() -> Self {
        Self {
            message: RwSignal::new(None),
            dialog: NodeRef::new(),
            part: RwSignal::new(Part::List),
            place: StoredValue::new_local(None),
            pressing: StoredValue::new(None),
            rests: StoredValue::new(false),
        }
    }

    fn open(self, place: &browser::Place) {
        let Some(dialog) = self.dialog.get_untracked() else {
            return;
        };
        self.part.set(Part::List);
        self.message.set(Some(place.seq));
        // A second finger may have been faster.
        if !dialog.open() {
            let _ = dialog.show_modal();
            // Not by its attribute: browsers refuse that to a page in a frame, and say so.
            browser::focus_within(&dialog, ".acts-first");
        }
        self.place.set_value(Some(place.clone()));
        self.put();
        // Once it is known what can be done with this message.
        request_animation_frame(move || self.put());
    }

    /// Puts the menu where there is room for what it shows now.
    fn put(self) {
        if let (Some(dialog), Some(place)) = (self.dialog.get_untracked(), self.place.get_value()) {
            browser::put_beside(&dialog, &place);
        }
    }

    /// Shows another part.
    fn show(self, part: Part) {
        self.part.set(part);
        request_animation_frame(move || {
            self.put();
            if let Some(dialog) = self.dialog.get_untracked() {
                browser::focus_within(&dialog, ".acts-part button");
            }
        });
    }

    fn close(self) {
        close(self.dialog);
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
            let open = move || {
                self.rests.set_value(true);
                self.open(&place);
            };
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

    /// The finger is lifted. What stands under it by now was not pressed.
    pub(super) fn lifted(self, event: &ev::TouchEvent) {
        if self.rests.try_update_value(std::mem::take) == Some(true) && event.cancelable() {
            event.prevent_default();
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
    let room = use_room();
    let (acts, state) = (use_part::<Acts>(), room.client.state);
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
        state.with_untracked(|state| match state.entry(seq)? {
            Entry::Message {
                body: Body::Image { media_id, .. },
                ..
            } => Some(media_id.clone()),
            _ => None,
        })
    };
    let save = move || {
        picture().map(|id| {
            view! {
                <a class="menu-item" href=place_of(&id, false) download="picture" on:click=move |_| acts.close()>
                    <Icon glyph=Glyph::Save />
                    {say!(save_picture)}
                </a>
            }
        })
    };
    let is_own = move || {
        let seq = acts.message.get()?;
        state.with_untracked(|state| Some(state.is_me(state.entry(seq)?.author()?)))
    };
    let is_own = Memo::new(move |_| is_own() == Some(true));
    let (replying, editing) = (room.replying, room.editing);
    let reply = move |_| {
        acts.close();
        editing.set(None);
        replying.set(acts.message.get_untracked());
    };
    let edit = move |_| {
        acts.close();
        replying.set(None);
        editing.set(acts.message.get_untracked());
    };
    let delete = move |_| {
        acts.close();
        if let Some(target) = acts.message.get_untracked() {
            room.client.submit(Body::Delete { v: Version, target });
            browser::go_to_message(target);
        }
    };
    let (chosen, more) = (
        Callback::new(move |()| acts.close()),
        Callback::new(move |()| acts.show(Part::Emoji)),
    );
    let quick = move || {
        let message = acts.message.get()?;
        Some(view! { <QuickReactions message chosen more /> })
    };
    let others = move || {
        let message = acts.message.get().filter(|_| acts.part.get() == Part::Emoji)?;
        Some(view! { <div class="acts-part"><EmojiPicker message chosen /></div> })
    };
    let asks = move || {
        (acts.part.get() == Part::Delete).then(|| {
            view! {
                <div class="acts-part acts-ask">
                    <p>{say!(delete_title)}</p>
                    <button type="button" class="button" on:click=move |_| acts.close()>{say!(end_keep)}</button>
                    <button type="button" class="button danger" on:click=delete>{say!(delete_now)}</button>
                </div>
            }
        })
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
        None => say!(copy_text),
        Some(true) => say!(copied),
        Some(false) => say!(copy_refused),
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
        <dialog node_ref=acts.dialog class="menu acts" aria-label=say!(message) on:pointerdown=beside>
            <div class="acts-list" hidden=move || acts.part.get() != Part::List>
                {quick}
                <button type="button" class="menu-item acts-first" on:click=reply>
                    <Icon glyph=Glyph::Reply />
                    {say!(reply)}
                </button>
                <button type="button" class="menu-item" hidden=move || !is_text() on:click=copy>
                    <Icon glyph=Glyph::Copy />
                    {copy_words}
                </button>
                {save}
                <button type="button" class="menu-item" hidden=move || !(is_own.get() && is_text()) on:click=edit>
                    <Icon glyph=Glyph::Pencil />
                    {say!(edit)}
                </button>
                <button type="button" class="menu-item danger" hidden=move || !is_own.get() on:click=move |_| acts.show(Part::Delete)>
                    <Icon glyph=Glyph::Bin />
                    {say!(delete)}
                </button>
            </div>
            {others}
            {asks}
        </dialog>
    }
}
