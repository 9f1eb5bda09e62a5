//! A picture looked at: as large as the screen, and closer; from one to the next.

use leptos::{ev, html, prelude::*};
use wire::{
    domain::{MediaId, Seq},
    protocol::{Body, Entry},
};

use super::{
    super::{
        context::{use_part, use_room},
        dialog::close,
    },
    files::place_of,
};
use crate::{
    browser,
    components::{Glyph, Icon},
    media::zoom::{CLOSER, Zoom},
    words::say,
};

/// A finger that went so far (CSS pixels) has swiped.
const SWIPE_PX: f64 = 60.0;
/// What a key or a button enlarges by.
const STEP: f64 = 1.5;

/// What is looked at.
#[derive(Clone, Copy)]
pub(in super::super) struct Lightbox {
    at: RwSignal<Option<Seq>>,
    dialog: NodeRef<html::Dialog>,
    /// Focused first. Not by `autofocus`: a browser blocks that in a frame, and complains of it.
    way_out: NodeRef<html::Button>,
}

/// A picture of the room.
#[derive(Clone, PartialEq)]
struct Shown {
    seq: Seq,
    id: MediaId,
    alt: Option<String>,
}

impl Lightbox {
    pub(in super::super) fn new() -> Self {
        Self {
            at: RwSignal::new(None),
            dialog: NodeRef::new(),
            way_out: NodeRef::new(),
        }
    }

    /// Something in the conversation was pressed; `true` when it was a picture.
    pub(in super::super) fn clicked(self, event: &ev::MouseEvent) -> bool {
        let seq = browser::picture_at(event);
        if let (Some(seq), Some(dialog)) = (seq, self.dialog.get_untracked()) {
            self.at.set(Some(seq));
            let _ = dialog.show_modal();
            if let Some(way_out) = self.way_out.get_untracked() {
                let _ = way_out.focus();
            }
        }
        seq.is_some()
    }

    fn close(self) {
        close(self.dialog);
    }
}

/// The dialog in which pictures are looked at. The browser gives the focus back to where it came from.
#[component]
pub(in super::super) fn LightboxDialog() -> impl IntoView {
    let (lightbox, state) = (use_part::<Lightbox>(), use_room().client.state);
    let at = lightbox.at;
    // Nobody looks: nothing is gathered.
    let shown = Memo::new(move |_| {
        at.get()
            .map(|_| state.with(|state| pictures(&state.entries)))
            .unwrap_or_default()
    });
    let place = Memo::new(move |_| shown.with(|shown| shown.iter().position(|picture| Some(picture.seq) == at.get())));
    let picture = Memo::new(move |_| shown.with(|shown| shown.get(place.get()?).cloned()));
    let go = move |step: isize| {
        let next = place.get_untracked().and_then(|place| place.checked_add_signed(step));
        if let Some(next) = next.and_then(|next| shown.with_untracked(|shown| shown.get(next).map(|next| next.seq))) {
            at.set(Some(next));
        }
    };
    let is_there = move |step: isize| {
        let next = place.get().and_then(|place| place.checked_add_signed(step));
        next.is_some_and(|next| next < shown.with(Vec::len))
    };
    let zoom = RwSignal::new(Zoom::default());
    let stage = NodeRef::<html::Div>::new();
    let closer = move |factor: f64| zoom.update(|zoom| *zoom = zoom.by(factor, (0.0, 0.0), sides(stage)));
    // Each begins whole.
    Effect::new(move || {
        picture.track();
        zoom.set(Zoom::default());
    });
    let pressed = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "ArrowLeft" => go(-1),
            "ArrowRight" => go(1),
            "+" | "=" => closer(STEP),
            "-" => closer(1.0 / STEP),
            "0" => zoom.set(Zoom::default()),
            _ => return,
        }
        event.prevent_default();
    };
    let count = move || {
        let (place, many) = (place.get()?, shown.with(Vec::len));
        (many > 1).then(|| say!(of_many, place = place + 1, whole = many))
    };
    view! {
        <dialog
            node_ref=lightbox.dialog
            class="lightbox"
            aria-label=say!(picture)
            on:keydown=pressed
            on:close=move |_| at.set(None)
        >
            {move || picture.get().map(|picture| {
                let src = place_of(&picture.id, false);
                let alt = picture.alt.clone();
                // A long one scrolls: by keyboard, too.
                let tabindex = alt.as_ref().map(|_| "0");
                view! {
                    {
                        let alt = alt.clone();
                        move || src.get().map(|src| view! { <Stage src alt=alt.clone() zoom stage go=Callback::new(go) /> })
                    }
                    <p class="lightbox-words" tabindex=tabindex>
                        {alt.map(|alt| view! { <bdi dir="auto">{alt}</bdi> })}
                        <span class="lightbox-count" role="status">{count}</span>
                    </p>
                    <a class="icon-button lightbox-save" href=src download="picture" aria-label=say!(save_picture)>
                        <Icon glyph=Glyph::Save />
                    </a>
                }
            })}
            <div class="lightbox-bar">
                <button type="button" class="icon-button" aria-label=say!(smaller) on:click=move |_| closer(1.0 / STEP)>
                    <Icon glyph=Glyph::Minus />
                </button>
                <button type="button" class="icon-button" aria-label=say!(larger) on:click=move |_| closer(STEP)>
                    <Icon glyph=Glyph::Plus />
                </button>
                <button node_ref=lightbox.way_out type="button" class="icon-button" aria-label=say!(close) on:click=move |_| lightbox.close()>
                    <Icon glyph=Glyph::Close />
                </button>
            </div>
            <button
                type="button"
                class="icon-button lightbox-go lightbox-earlier"
                aria-label=say!(earlier_picture)
                hidden=move || !is_there(-1)
                on:click=move |_| go(-1)
            >
                <Icon glyph=Glyph::Earlier />
            </button>
            <button
                type="button"
                class="icon-button lightbox-go lightbox-later"
                aria-label=say!(later_picture)
                hidden=move || !is_there(1)
                on:click=move |_| go(1)
            >
                <Icon glyph=Glyph::Later />
            </button>
        </dialog>
    }
}

/// The picture itself, and what fingers and wheels do with it.
#[component]
fn Stage(
    src: String,
    alt: Option<String>,
    zoom: RwSignal<Zoom>,
    stage: NodeRef<html::Div>,
    go: Callback<isize>,
) -> impl IntoView {
    let lightbox = use_part::<Lightbox>();
    let has_failed = RwSignal::new(false);
    // Fingers (or the mouse) that are down, where each is now; and how far a single one went.
    let fingers = StoredValue::new(Vec::<(i32, f64, f64)>::new());
    let went = StoredValue::new((0.0_f64, 0.0_f64));
    let down = move |event: ev::PointerEvent| {
        let (x, y) = point(&event, stage);
        fingers.update_value(|fingers| {
            if fingers.is_empty() {
                went.set_value((0.0, 0.0));
            }
            fingers.push((event.pointer_id(), x, y));
        });
        if let Some(stage) = stage.get_untracked() {
            let _ = stage.set_pointer_capture(event.pointer_id());
        }
    };
    let moved = move |event: ev::PointerEvent| {
        let now = point(&event, stage);
        fingers.update_value(|fingers| {
            let Some(place) = fingers.iter().position(|finger| finger.0 == event.pointer_id()) else {
                return;
            };
            let before = (fingers[place].1, fingers[place].2);
            let step = (now.0 - before.0, now.1 - before.1);
            let other = fingers.iter().find(|finger| finger.0 != event.pointer_id()).copied();
            if let Some((_, x, y)) = other {
                // What is between two fingers stays between them.
                let apart = |point: (f64, f64)| (point.0 - x).hypot(point.1 - y).max(1.0);
                let middle = ((now.0 + x) / 2.0, (now.1 + y) / 2.0);
                zoom.update(|zoom| {
                    *zoom = zoom
                        .by(apart(now) / apart(before), middle, sides(stage))
                        .moved((step.0 / 2.0, step.1 / 2.0), sides(stage));
                });
                went.set_value((0.0, 0.0));
            } else {
                if zoom.get_untracked().is_close() {
                    zoom.update(|zoom| *zoom = zoom.moved(step, sides(stage)));
                }
                went.update_value(|went| *went = (went.0 + step.0, went.1 + step.1));
            }
            fingers[place] = (event.pointer_id(), now.0, now.1);
        });
    };
    let up = move |event: ev::PointerEvent| {
        fingers.update_value(|fingers| fingers.retain(|finger| finger.0 != event.pointer_id()));
        let (x, y) = went.get_value();
        if fingers.with_value(Vec::is_empty) && !zoom.get_untracked().is_close() {
            if x.abs() > SWIPE_PX && x.abs() > 2.0 * y.abs() {
                go.run(if x < 0.0 { 1 } else { -1 });
            } else if y > SWIPE_PX && y > 2.0 * x.abs() {
                lightbox.close();
            }
        }
    };
    let wheel = move |event: ev::WheelEvent| {
        event.prevent_default();
        let factor = if event.delta_y() < 0.0 { 1.15 } else { 1.0 / 1.15 };
        zoom.update(|zoom| *zoom = zoom.by(factor, point(&event, stage), sides(stage)));
    };
    let twice = move |event: ev::MouseEvent| {
        zoom.update(|zoom| {
            *zoom = if zoom.is_close() {
                Zoom::default()
            } else {
                zoom.by(CLOSER, point(&event, stage), sides(stage))
            };
        });
    };
    let name = alt.unwrap_or_else(|| say!(picture).to_owned());
    view! {
        <div
            node_ref=stage
            class="lightbox-stage"
            class:close=move || zoom.get().is_close()
            on:pointerdown=down
            on:pointermove=moved
            on:pointerup=up
            on:pointercancel=move |event| fingers.update_value(|fingers| fingers.retain(|finger| finger.0 != event.pointer_id()))
            on:wheel=wheel
            on:dblclick=twice
        >
            <img
                src=src
                alt=name
                draggable="false"
                hidden=has_failed
                style:transform=move || zoom.get().css()
                on:error=move |_| has_failed.set(true)
            />
            <p class="lightbox-failed" role="status" hidden=move || !has_failed.get()>
                {move || if has_failed.get() { say!(picture_failed) } else { "" }}
            </p>
        </div>
    }
}

/// Where a pointer is, from the middle of the stage.
fn point(event: &ev::MouseEvent, stage: NodeRef<html::Div>) -> (f64, f64) {
    let (width, height) = sides(stage);
    (
        f64::from(event.client_x()) - width / 2.0,
        f64::from(event.client_y()) - height / 2.0,
    )
}

/// The stage is the screen.
fn sides(stage: NodeRef<html::Div>) -> (f64, f64) {
    stage.get_untracked().map_or((1.0, 1.0), |stage| {
        (f64::from(stage.offset_width()), f64::from(stage.offset_height()))
    })
}

/// The pictures of a conversation, in its order.
fn pictures(entries: &[std::sync::Arc<Entry>]) -> Vec<Shown> {
    let shown = |entry: &std::sync::Arc<Entry>| match entry.as_ref() {
        Entry::Message {
            seq,
            body: Body::Image { media_id, alt, .. },
            ..
        } => Some(Shown {
            seq: *seq,
            id: media_id.clone(),
            alt: alt.as_ref().map(|alt| alt.as_str().to_owned()),
        }),
        _ => None,
    };
    entries.iter().filter_map(shown).collect()
}
