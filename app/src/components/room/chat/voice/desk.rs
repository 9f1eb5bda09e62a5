//! The button that begins a recording, and what stands in the composer's place meanwhile.

use leptos::{either::EitherOf3, ev, html, prelude::*};

use super::{
    super::context::use_room,
    player::VoicePlayer,
    recorder::{Recorder, Stage},
};
use crate::{
    components::{Glyph, Icon},
    media::bars::{STEP, clock, path},
    words::say,
};

/// A finger that stays so long (milliseconds) on the button holds it: the recording ends when it is lifted.
const HOLD_MS: f64 = 500.0;

/// Bars of the latest sound, while it is recorded.
const LIVE_BARS: usize = 40;

/// Begins a recording: a press, or holding it for as long as one speaks.
#[component]
pub(in super::super) fn RecordButton(recorder: Recorder, #[prop(into)] hidden: Signal<bool>) -> impl IntoView {
    let held_since = StoredValue::new(None::<f64>);
    let down = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            held_since.set_value(Some(event.time_stamp()));
            recorder.start();
        }
    };
    // Wherever the finger is by then: the button itself has made way.
    let lifted = move |event: ev::PointerEvent| {
        let held = held_since.try_update_value(Option::take).flatten();
        let is_running = recorder.stage.get_untracked() == Stage::Recording;
        if is_running && held.is_some_and(|since| event.time_stamp() - since >= HOLD_MS) {
            recorder.stop();
        }
    };
    let listeners = [
        window_event_listener(ev::pointerup, lifted),
        window_event_listener(ev::pointercancel, lifted),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    // By keyboard, or by what presses for somebody: there is no pointer. With one it has begun already.
    let pressed = move |_| recorder.start();
    view! {
        <button
            type="button"
            class="icon-button record"
            aria-label=say!(record)
            hidden=hidden
            on:pointerdown=down
            on:click=pressed
            on:contextmenu=|event| event.prevent_default()
        >
            <Icon glyph=Glyph::Microphone />
        </button>
    }
}

/// What can be done with a recording that is under way or not yet sent.
#[component]
pub(in super::super) fn RecordingDesk(recorder: Recorder) -> impl IntoView {
    let room = use_room();
    let first = NodeRef::<html::Button>::new();
    let send = move |_| {
        recorder.send(room.replying.get_untracked());
        room.replying.set(None);
    };
    // The button that was pressed has gone: its focus goes on to the next step.
    Effect::new(move || {
        if let Some(first) = first.get() {
            let _ = first.focus();
        }
    });
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && matches!(recorder.stage.get_untracked(), Stage::Recording | Stage::Paused) {
            recorder.stop();
        }
    };
    let shape = Memo::new(move |_| match recorder.stage.get() {
        Stage::Recording | Stage::Paused | Stage::Stopping => Some(false),
        Stage::Preview => Some(true),
        Stage::Idle | Stage::Asking => None,
    });
    let is_paused = move || recorder.stage.get() == Stage::Paused;
    let said = move || match recorder.stage.get() {
        Stage::Asking => say!(microphone_asked),
        Stage::Recording => say!(recording),
        Stage::Paused => say!(recording_paused),
        Stage::Preview => say!(recording_ready),
        Stage::Idle | Stage::Stopping => "",
    };
    let live = move || {
        recorder.levels.with(|levels| {
            let mut latest = vec![0; LIVE_BARS.saturating_sub(levels.len())];
            latest.extend_from_slice(&levels[levels.len().saturating_sub(LIVE_BARS)..]);
            path(&latest)
        })
    };
    let delete = move || {
        view! {
            <button
                type="button"
                class="icon-button"
                aria-label=say!(recording_delete)
                on:click=move |_| recorder.discard()
            >
                <Icon glyph=Glyph::Bin />
            </button>
        }
    };
    let send_button = move |node: NodeRef<html::Button>| {
        view! {
            <button node_ref=node type="button" class="icon-button send" aria-label=say!(send) on:click=send>
                <Icon glyph=Glyph::Send />
            </button>
        }
    };
    view! {
        <p class="visually-hidden" role="status">{said}</p>
        {move || match shape.get() {
            None => EitherOf3::A(()),
            Some(false) => EitherOf3::B(view! {
                <div class="composer desk" role="group" aria-label=say!(recording) on:keydown=escape>
                    {delete()}
                    <span class="desk-light" class:paused=is_paused></span>
                    <span class="desk-time" role="timer">{move || clock(recorder.millis.get())}</span>
                    <svg
                        class="bars desk-bars"
                        viewBox=format!("0 0 {} 32", LIVE_BARS * STEP)
                        preserveAspectRatio="none"
                        aria-hidden="true"
                    >
                        <path d=live />
                    </svg>
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=move || if is_paused() { say!(recording_resume) } else { say!(recording_pause) }
                        on:click=move |_| recorder.pause()
                    >
                        {move || view! { <Icon glyph=if is_paused() { Glyph::Microphone } else { Glyph::Pause } /> }}
                    </button>
                    <button
                        node_ref=first
                        type="button"
                        class="icon-button"
                        aria-label=say!(recording_stop)
                        on:click=move |_| recorder.stop()
                    >
                        <Icon glyph=Glyph::StopSquare />
                    </button>
                    {send_button(NodeRef::new())}
                </div>
            }),
            Some(true) => EitherOf3::C(recorder.preview.get_untracked().map(|recording| view! {
                <div class="composer desk" role="group" aria-label=say!(recording_ready)>
                    {delete()}
                    <VoicePlayer src=recording.url millis=recording.millis waveform=recording.waveform />
                    {send_button(first)}
                </div>
            })),
        }}
    }
}
