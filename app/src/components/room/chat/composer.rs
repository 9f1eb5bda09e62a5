use leptos::{ev::KeyboardEvent, html, prelude::*};
use wire::{
    domain::{MESSAGE_MAX_CHARS, MessageText, Timestamp, blank::is_blank},
    protocol::{Body, Entry, TYPING_EVERY_SECS, Version},
};

use super::{
    context::{use_part, use_room},
    media::{DropTarget, PickButtons, Sharing, Tray},
    quote::Quote,
    voice::{RecordButton, Recorder, RecordingDesk},
};
use crate::{
    browser::{self, Keep},
    components::{Glyph, Icon},
    room_client::RoomState,
    words::say,
};

/// So many characters before the limit the count begins to show.
const COUNT_FROM: usize = MESSAGE_MAX_CHARS - 400;
/// The key code that browsers give to keys which an input method has taken (UI Events, 7.3.1).
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Where one writes. Enter sends, Shift and Enter break the line.
#[component]
pub(super) fn Composer() -> impl IntoView {
    let room = use_room();
    let client = room.client;
    // What is typed and not sent is kept over a reload, and goes with the chat.
    let draft_key = StoredValue::new(format!("draft-{}", room.id));
    let keep = move |text: &str| draft_key.with_value(|key| browser::keep(Keep::Tab, key, text));
    on_cleanup(move || keep(""));
    let area = NodeRef::<html::Textarea>::new();
    let draft = RwSignal::new(String::new());
    let told_typing = StoredValue::new(None::<Timestamp>);
    let editing = room.editing;
    // What was being written when editing began comes back after it.
    let aside = StoredValue::new(None::<String>);
    let empty = move || draft.with(|draft| draft.chars().all(is_blank));
    let left = move || {
        let length = draft.with(|draft| draft.trim_end().chars().count());
        (length > COUNT_FROM).then(|| MESSAGE_MAX_CHARS.cast_signed() - length.cast_signed())
    };
    Effect::new(move || {
        if let Some(area) = area.get() {
            if let Some(text) = draft_key.with_value(|key| browser::kept(Keep::Tab, key)) {
                area.set_value(&text);
                draft.set(text);
            }
            if browser::has_keyboard() {
                let _ = area.focus();
            }
        }
    });

    let written = move |_| {
        let Some(area) = area.get_untracked() else { return };
        let text = area.value();
        let (now, told) = (browser::now(), told_typing.get_value());
        if text.chars().all(is_blank) {
            if told_typing.try_update_value(Option::take).flatten().is_some() {
                client.typing(false);
            }
        } else if told.is_none_or(|told| told.plus_millis(i64::from(TYPING_EVERY_SECS) * 1_000) <= now) {
            told_typing.set_value(Some(now));
            client.typing(true);
        }
        if editing.get_untracked().is_none() {
            keep(&text);
        }
        draft.set(text);
    };
    let put = move |text: String| {
        if let Some(area) = area.get_untracked() {
            area.set_value(&text);
            let _ = area.focus();
        }
        draft.set(text);
    };
    Effect::new(move || match editing.get() {
        Some(seq) => {
            let text = client.state.with_untracked(|state| match state.entry(seq)? {
                Entry::Message {
                    body: Body::Text { text, .. },
                    ..
                } => Some(text.as_str().to_owned()),
                _ => None,
            });
            let written = draft.get_untracked();
            // From one message to the next, what was aside stays there.
            aside.update_value(|aside| {
                aside.get_or_insert(written);
            });
            put(text.unwrap_or_default());
        }
        None => {
            if let Some(written) = aside.try_update_value(Option::take).flatten() {
                put(written);
            }
        }
    });
    let sharing = use_part::<Sharing>();
    let recorder = Recorder::new(sharing);
    // With nothing to send one can speak instead.
    let speaks = Memo::new(move |_| {
        sharing.takes_voice() && editing.get().is_none() && empty() && !sharing.has_chosen() && !sharing.is_preparing()
    });
    let is_writing = Memo::new(move |was| {
        let is_idle = recorder.is_idle();
        // Back from a recording: one can write at once.
        if was == Some(&false)
            && is_idle
            && browser::has_keyboard()
            && let Some(area) = area.get_untracked()
        {
            request_animation_frame(move || drop(area.focus()));
        }
        is_idle
    });
    let can_send = move || {
        let is_long = left().is_some_and(|left| left < 0);
        let has_some = !empty() || (editing.get().is_none() && sharing.has_chosen());
        !sharing.is_preparing() && !is_long && has_some
    };
    let send = move || {
        let Some(area) = area.get_untracked() else { return };
        // Too long stays where it is: the count says so, and nothing is lost.
        if !untrack(can_send) {
            return;
        }
        if let Some(target) = editing.get_untracked() {
            let new = MessageText::parse(&area.value()).ok();
            let before = client.state.with_untracked(|state| match state.entry(target) {
                Some(Entry::Message {
                    body: Body::Text { text, .. },
                    ..
                }) => Some(text.clone()),
                _ => None,
            });
            if new != before {
                client.submit(Body::Edit {
                    v: Version,
                    target,
                    text: new,
                });
            }
            told_typing.set_value(None);
            editing.set(None);
            return;
        }
        // What is written beside pictures is a message of its own, and goes first: it is there at once.
        let mut reply_to = room.replying.get_untracked();
        if let Ok(text) = MessageText::parse(&area.value()) {
            client.submit(Body::answer(text, reply_to.take()));
        }
        sharing.send(reply_to);
        room.replying.set(None);
        told_typing.set_value(None);
        area.set_value("");
        keep("");
        draft.set(String::new());
    };
    // After the menu has given the focus back to where it was opened.
    Effect::new(move || {
        if room.replying.get().is_some()
            && let Some(area) = area.get_untracked()
        {
            let _ = area.focus();
        }
    });
    let pressed = move |event: KeyboardEvent| {
        // An Enter that picks a word in an input method is not ours.
        let composing = event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD;
        if event.key() == "Escape" && !composing {
            room.replying.set(None);
            editing.set(None);
        }
        if event.key() == "ArrowUp"
            && untrack(empty)
            && let Some(last) = client.state.with_untracked(RoomState::last_own_text)
        {
            event.prevent_default();
            room.replying.set(None);
            editing.set(Some(last));
        }
        if event.key() == "Enter" && !event.shift_key() && !composing {
            event.prevent_default();
            send();
        }
    };
    let clicked = move |_| {
        send();
        if let Some(area) = area.get_untracked() {
            let _ = area.focus();
        }
    };

    let edits = move || {
        editing.get().map(|seq| {
            view! {
                <div class="replying">
                    <Icon glyph=Glyph::Pencil />
                    <span class="visually-hidden">{say!(editing)} " "</span>
                    <span class="quote"><Quote to=seq /></span>
                    <button type="button" class="icon-button" aria-label=say!(edit_not) on:click=move |_| editing.set(None)>
                        <Icon glyph=Glyph::Close />
                    </button>
                </div>
            }
        })
    };
    let send_words = move || {
        if editing.get().is_some() {
            say!(edit_save)
        } else {
            say!(send)
        }
    };
    let send_glyph = move || {
        let glyph = if editing.get().is_some() {
            Glyph::Check
        } else {
            Glyph::Send
        };
        view! { <Icon glyph /> }
    };
    let replying = move || {
        room.replying.get().map(|to| {
            view! {
                <div class="replying">
                    <span class="visually-hidden">{say!(answer_to)} " "</span>
                    <span class="quote"><Quote to /></span>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=say!(reply_not)
                        on:click=move |_| room.replying.set(None)
                    >
                        <Icon glyph=Glyph::Close />
                    </button>
                </div>
            }
        })
    };

    view! {
        {replying}
        {edits}
        <Tray send=Callback::new(move |()| send()) />
        <DropTarget />
        <RecordingDesk recorder />
        <div class="composer" class:writing=move || !empty() class:editing=move || editing.get().is_some() hidden=move || !is_writing.get()>
            // The hidden copy of the text gives the field its height.
            <div class="composer-grow" data-text=move || draft.get()>
                <textarea
                    node_ref=area
                    class="composer-text"
                    rows="1"
                    placeholder=say!(message)
                    aria-label=say!(message)
                    aria-describedby="composer-left"
                    enterkeyhint="send"
                    autocomplete="off"
                    dir="auto"
                    on:input=written
                    on:keydown=pressed
                ></textarea>
            </div>
            <span id="composer-left" class="composer-left" class:over=move || left().is_some_and(|left| left < 0)>
                {left}
            </span>
            <PickButtons />
            <RecordButton recorder hidden=Signal::derive(move || !speaks.get()) />
            <button
                type="button"
                class="icon-button send"
                hidden=move || speaks.get()
                aria-label=send_words
                aria-disabled=move || (!can_send()).to_string()
                on:click=clicked
            >
                {send_glyph}
            </button>
        </div>
    }
}
