//! The ways into the tray: a button, the camera of a phone, paste, drag and drop.

use leptos::{ev, html, prelude::*};
use web_sys::DragEvent;

use super::{super::context::use_part, sharing::Sharing};
use crate::{
    components::{Glyph, Icon},
    words::say,
};

/// Opens the system's choice of pictures; on a phone there is the camera beside it.
#[component]
pub(in super::super) fn PickButtons() -> impl IntoView {
    let sharing = use_part::<Sharing>();
    let (files, camera) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let open = move |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let picked = move |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            sharing.offer(input.files());
            // So that the same one can be chosen again.
            input.set_value("");
        }
    };
    let pasting = window_event_listener(ev::paste, move |event| {
        let files = event.clipboard_data().and_then(|data| data.files());
        if let Some(files) = files.filter(|files| files.length() > 0) {
            // Some programs give a picture and its name: the name is not wanted beside it.
            event.prevent_default();
            sharing.offer(Some(files));
        }
    });
    on_cleanup(move || pasting.remove());
    view! {
        <input
            node_ref=files
            type="file"
            accept="image/*"
            multiple
            hidden
            aria-label=say!(pictures)
            on:change=move |_| picked(files)
        />
        <input
            node_ref=camera
            type="file"
            accept="image/*"
            capture="environment"
            hidden
            aria-label=say!(camera)
            on:change=move |_| picked(camera)
        />
        <button
            type="button"
            class="icon-button"
            aria-label=say!(share_pictures)
            hidden=move || !sharing.allowed.get()
            on:click=move |_| open(files)
        >
            <Icon glyph=Glyph::Picture />
        </button>
        <button
            type="button"
            class="icon-button camera"
            aria-label=say!(take_picture)
            hidden=move || !sharing.allowed.get()
            on:click=move |_| open(camera)
        >
            <Icon glyph=Glyph::Camera />
        </button>
    }
}

/// Where pictures can be dropped: everywhere in the room, and it says so while one is held over it.
#[component]
pub(in super::super) fn DropTarget() -> impl IntoView {
    let sharing = use_part::<Sharing>();
    let over = RwSignal::new(false);
    let brings_files = move |event: &DragEvent| {
        let types = event.data_transfer().map(|data| data.types());
        sharing.allowed.get_untracked() && types.is_some_and(|types| types.includes(&"Files".into(), 0))
    };
    let dragging = move |event: DragEvent| {
        if brings_files(&event) {
            // Else the browser would open it in place of the chat.
            event.prevent_default();
            if !over.get_untracked() {
                over.set(true);
            }
        }
    };
    let left = move |event: DragEvent| {
        // From one element to the next there is one; out of the window there is none.
        if event.related_target().is_none() {
            over.set(false);
        }
    };
    let dropped = move |event: DragEvent| {
        if brings_files(&event) {
            event.prevent_default();
            over.set(false);
            sharing.offer(event.data_transfer().and_then(|data| data.files()));
        }
    };
    let listeners = [
        window_event_listener(ev::dragenter, dragging),
        window_event_listener(ev::dragover, dragging),
        window_event_listener(ev::dragleave, left),
        window_event_listener(ev::drop, dropped),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    view! {
        <div class="drop" hidden=move || !over.get()>
            <p class="drop-words">
                <Icon glyph=Glyph::Picture />
                {say!(drop_pictures)}
            </p>
        </div>
    }
}
