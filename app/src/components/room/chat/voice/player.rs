//! A recording, played: by pointer, by keyboard, for those who listen to the page.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::{ev, html, prelude::*};
use wire::domain::{VoiceMillis, Waveform};

use super::super::context::use_part;
use crate::{
    components::{Glyph, Icon},
    media::bars::{STEP, clock, path},
    words::say,
};

/// How fast recordings can be played, in the order of the button.
const SPEEDS: [f64; 3] = [1.0, 1.5, 2.0];

/// What an arrow key moves by, in milliseconds.
const ARROW_MS: u32 = 2_000;

/// What all players of a room share.
#[derive(Clone, Copy)]
pub(in super::super) struct Playback {
    /// The player that plays; 0 is none. Two voices at once are understood by nobody.
    playing: RwSignal<u32>,
    /// Which of the speeds.
    speed: RwSignal<usize>,
}

impl Playback {
    pub(in super::super) fn new() -> Self {
        Self {
            playing: RwSignal::new(0),
            speed: RwSignal::new(0),
        }
    }
}

/// The player of one recording.
#[component]
pub(in super::super) fn VoicePlayer(
    /// Where it is.
    src: String,
    /// How long it is.
    millis: VoiceMillis,
    /// How loud.
    waveform: Waveform,
) -> impl IntoView {
    static LAST: AtomicU32 = AtomicU32::new(0);
    let id = LAST.fetch_add(1, Ordering::Relaxed) + 1;
    let Playback { playing, speed } = use_part();
    let audio = NodeRef::<html::Audio>::new();
    let whole = millis.get();
    // Where it is, in milliseconds.
    let at = RwSignal::new(0_u32);
    let (is_playing, has_failed) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move || {
        if let Some(audio) = audio.get() {
            audio.set_playback_rate(SPEEDS[speed.get() % SPEEDS.len()]);
            if playing.get() != id {
                let _ = audio.pause();
            }
        }
    });
    on_cleanup(move || {
        if let Some(audio) = audio.get_untracked() {
            let _ = audio.pause();
        }
    });
    let toggle = move |_| {
        let Some(audio) = audio.get_untracked() else { return };
        if !audio.paused() {
            let _ = audio.pause();
            return;
        }
        playing.set(id);
        if has_failed.get_untracked() {
            has_failed.set(false);
            audio.load();
        }
        // Said again: a browser forgets it with every load.
        audio.set_playback_rate(SPEEDS[speed.get_untracked() % SPEEDS.len()]);
        // What goes wrong comes as an event, too.
        let _ = audio.play();
    };
    let go = move |to: u32| {
        let to = to.min(whole);
        at.set(to);
        if let Some(audio) = audio.get_untracked() {
            audio.set_current_time(f64::from(to) / 1_000.0);
        }
    };
    let moved = move |_| {
        if let Some(audio) = audio.get_untracked() {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "within ten minutes"
            )]
            at.set(((audio.current_time() * 1_000.0) as u32).min(whole));
        }
    };
    let ended = move |_| {
        is_playing.set(false);
        go(0);
    };
    let sought = move |event| {
        if let Ok(to) = event_target_value(&event).parse() {
            go(to);
        }
    };
    let pressed = move |event: ev::KeyboardEvent| {
        let now = at.get_untracked();
        match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => go(now.saturating_sub(ARROW_MS)),
            "ArrowRight" | "ArrowUp" => go(now.saturating_add(ARROW_MS)),
            _ => return,
        }
        event.prevent_default();
    };
    let bars = path(waveform.bars());
    let view_box = format!("0 0 {} 32", waveform.bars().len() * STEP);
    let unplayed = move || {
        format!(
            "inset(0 {:.1}% 0 0)",
            100.0 - 100.0 * f64::from(at.get()) / f64::from(whole)
        )
    };
    let time = move || match at.get() {
        0 => clock(whole),
        at => clock(at),
    };
    let position = move || say!(of_many, place = clock(at.get()), whole = clock(whole));
    view! {
        // Time runs from left to right in every language's players.
        <div class="voice" role="group" aria-label=say!(voice) dir="ltr">
            <audio
                node_ref=audio
                src=src
                preload="none"
                on:play=move |_| is_playing.set(true)
                on:pause=move |_| is_playing.set(false)
                on:ended=ended
                on:timeupdate=moved
                on:error=move |_| {
                    is_playing.set(false);
                    has_failed.set(true);
                }
            ></audio>
            <button
                type="button"
                class="icon-button voice-play"
                aria-label=move || if is_playing.get() { say!(voice_pause) } else { say!(voice_play) }
                on:click=toggle
            >
                {move || view! { <Icon glyph=if is_playing.get() { Glyph::Pause } else { Glyph::Play } /> }}
            </button>
            // A finger that rests here seeks; the menu of the message opens beside it.
            <div class="voice-track" on:pointerdown=|event| event.stop_propagation()>
                <svg class="bars" viewBox=view_box.clone() preserveAspectRatio="none" aria-hidden="true">
                    <path d=bars.clone() />
                </svg>
                <svg
                    class="bars voice-played"
                    viewBox=view_box
                    preserveAspectRatio="none"
                    aria-hidden="true"
                    style:clip-path=unplayed
                >
                    <path d=bars />
                </svg>
                <input
                    class="voice-seek"
                    type="range"
                    min="0"
                    max=whole
                    step="50"
                    aria-label=say!(voice_position)
                    aria-valuetext=position
                    prop:value=move || at.get()
                    on:input=sought
                    on:keydown=pressed
                />
            </div>
            <span class="voice-time">{time}</span>
            <button
                type="button"
                class="voice-speed"
                aria-label=move || say!(voice_speed, speed = SPEED_NAMES[speed.get() % SPEEDS.len()])
                on:click=move |_| speed.update(|speed| *speed = (*speed + 1) % SPEEDS.len())
            >
                {move || SPEED_NAMES[speed.get() % SPEEDS.len()]}
            </button>
            <p class="voice-failed" role="status" hidden=move || !has_failed.get()>
                {move || if has_failed.get() { say!(voice_failed) } else { "" }}
            </p>
        </div>
    }
}

/// The speeds as they are shown.
const SPEED_NAMES: [&str; SPEEDS.len()] = ["1×", "1.5×", "2×"];
