//! The microphone, and what came out of it.

use std::{cell::RefCell, rc::Rc, time::Duration};

use futures_channel::oneshot;
use js_sys::{Array, Reflect, Uint8Array};
use leptos::{
    leptos_dom::helpers::{IntervalHandle, set_interval_with_handle},
    prelude::*,
    task::spawn_local,
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AnalyserNode, AudioContext, Blob, BlobEvent, BlobPropertyBag, MediaRecorder, MediaRecorderOptions, MediaStream,
    MediaStreamConstraints, MediaStreamTrack, Url,
};
use wire::domain::{Seq, VOICE_MAX_MILLIS, VoiceMillis};

use super::super::media::{Recording, Sharing};
use crate::{
    media::{
        bars::{loudness, waveform},
        webm,
    },
    words::say,
};

/// What the most browsers play comes first; the others are for those who cannot write it.
const KINDS: [&str; 4] = [
    "audio/mp4;codecs=mp4a.40.2",
    "audio/webm;codecs=opus",
    "audio/mp4",
    "audio/ogg;codecs=opus",
];

/// Bits a second: speech is clear, and ten minutes are 2.4 MB.
const BITS: u32 = 32_000;

/// From one bar to the next.
const TICK: Duration = Duration::from_millis(60);

/// Shorter (milliseconds) is a slip of the finger.
const SHORTEST: u32 = 400;

/// Where a recording stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Idle,
    /// The browser asks the person.
    Asking,
    Recording,
    Paused,
    /// Its file is made.
    Stopping,
    /// It can be heard before it is sent.
    Preview,
}

/// The recorder of a room.
#[derive(Clone, Copy)]
pub(in super::super) struct Recorder {
    pub(super) stage: RwSignal<Stage>,
    /// How loud it was, a bar every [`TICK`].
    pub(super) levels: RwSignal<Vec<u8>>,
    /// How long it is by now.
    pub(super) millis: RwSignal<u32>,
    gear: StoredValue<Option<Gear>, LocalStorage>,
    pub(super) preview: RwSignal<Option<Recording>, LocalStorage>,
    sharing: Sharing,
}

/// What a browser records with.
struct Gear {
    stream: MediaStream,
    recorder: MediaRecorder,
    context: AudioContext,
    analyser: AnalyserNode,
    parts: Rc<RefCell<Array>>,
    ticking: Option<IntervalHandle>,
    last_tick: f64,
    _on_part: Closure<dyn Fn(BlobEvent)>,
}

impl Recorder {
    pub(in super::super) fn new(sharing: Sharing) -> Self {
        let recorder = Self {
            stage: RwSignal::new(Stage::Idle),
            levels: RwSignal::default(),
            millis: RwSignal::default(),
            gear: StoredValue::new_local(None),
            preview: RwSignal::new_local(None),
            sharing,
        };
        // What is recorded and not sent is lost with the page: the browser asks first.
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if recorder.stage.get_untracked() != Stage::Idle {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            leaving.remove();
            recorder.discard();
        });
        recorder
    }

    pub(in super::super) fn is_idle(self) -> bool {
        matches!(self.stage.get(), Stage::Idle | Stage::Asking)
    }

    /// Asks for the microphone and begins.
    pub(super) fn start(self) {
        if self.stage.get_untracked() != Stage::Idle {
            return;
        }
        self.sharing.dismiss();
        self.stage.set(Stage::Asking);
        self.levels.set(Vec::new());
        self.millis.set(0);
        spawn_local(async move {
            let gear = open().await;
            // The chat may have ended meanwhile.
            if self.stage.try_get_untracked() != Some(Stage::Asking) {
                if let Ok(gear) = gear {
                    gear.close();
                }
                return;
            }
            match gear {
                Ok(gear) => {
                    self.gear.set_value(Some(gear));
                    self.go();
                }
                Err(error) => {
                    self.sharing.refuse(why(&error).to_owned());
                    self.stage.set(Stage::Idle);
                }
            }
        });
    }

    fn go(self) {
        self.gear.update_value(|gear| {
            let Some(gear) = gear else { return };
            gear.last_tick = now();
            gear.ticking = set_interval_with_handle(move || self.tick(), TICK).ok();
        });
        self.stage.set(Stage::Recording);
    }

    fn tick(self) {
        let heard = self.gear.try_update_value(|gear| {
            let gear = gear.as_mut()?;
            let mut samples = [0; 1_024];
            gear.analyser.get_byte_time_domain_data(&mut samples);
            let passed = now() - gear.last_tick;
            gear.last_tick += passed;
            Some((loudness(&samples), passed))
        });
        let Some(Some((level, passed))) = heard else { return };
        self.levels.update(|levels| levels.push(level));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a moment, in milliseconds"
        )]
        self.millis
            .update(|millis| *millis = millis.saturating_add(passed.max(0.0).round() as u32));
        if self.millis.get_untracked() >= VOICE_MAX_MILLIS {
            self.stop();
        }
    }

    /// Holds on, or goes on.
    pub(super) fn pause(self) {
        match self.stage.get_untracked() {
            Stage::Recording => {
                self.gear.update_value(|gear| {
                    if let Some(gear) = gear {
                        gear.rest();
                        let _ = gear.recorder.pause();
                    }
                });
                self.stage.set(Stage::Paused);
            }
            Stage::Paused => {
                self.gear.with_value(|gear| {
                    if let Some(gear) = gear {
                        let _ = gear.recorder.resume();
                    }
                });
                self.go();
            }
            _ => {}
        }
    }

    /// Ends it, to be heard.
    pub(super) fn stop(self) {
        spawn_local(async move {
            if let Some(recording) = self.finish().await {
                self.preview.set(Some(recording));
                self.stage.set(Stage::Preview);
            }
        });
    }

    /// Sends what is there, heard or not.
    pub(super) fn send(self, reply_to: Option<Seq>) {
        spawn_local(async move {
            let recording = match self.preview.try_update(Option::take).flatten() {
                Some(recording) => Some(recording),
                None => self.finish().await,
            };
            if let Some(recording) = recording {
                self.stage.set(Stage::Idle);
                self.sharing.send_voice(recording, reply_to);
            }
        });
    }

    /// As if it had never been.
    pub(super) fn discard(self) {
        if let Some(gear) = self.gear.try_update_value(Option::take).flatten() {
            gear.close();
        }
        if let Some(recording) = self.preview.try_update(Option::take).flatten() {
            let _ = Url::revoke_object_url(&recording.url);
        }
        self.stage.try_set(Stage::Idle);
    }

    async fn finish(self) -> Option<Recording> {
        let gear = self.gear.try_update_value(Option::take).flatten()?;
        self.stage.try_set(Stage::Stopping);
        let file = gear.take().await;
        // The room may have gone, and with it what is wanted of it.
        let millis = self.millis.try_get_untracked()?.min(VOICE_MAX_MILLIS);
        let recording = match file {
            Ok(file) if millis >= SHORTEST => self.recording(file, millis).await,
            _ => None,
        };
        if recording.is_none() {
            self.stage.try_set(Stage::Idle);
        }
        recording
    }

    async fn recording(self, file: Blob, millis: u32) -> Option<Recording> {
        let file = with_duration(&file, millis).await.unwrap_or(file);
        Some(Recording {
            url: Url::create_object_url_with_blob(&file).ok()?,
            file,
            millis: VoiceMillis::try_from(millis).ok()?,
            waveform: self.levels.try_with_untracked(|levels| waveform(levels))??,
        })
    }
}

impl Gear {
    fn rest(&mut self) {
        if let Some(ticking) = self.ticking.take() {
            ticking.clear();
        }
    }

    /// Gives the microphone back: the browser's sign of it goes out.
    fn close(mut self) {
        self.rest();
        self.recorder.set_ondataavailable(None);
        for track in self.stream.get_tracks() {
            track.unchecked_into::<MediaStreamTrack>().stop();
        }
        let _ = self.context.close();
    }

    /// Ends it, and gives out the file.
    async fn take(mut self) -> Result<Blob, JsValue> {
        self.rest();
        let (done, stopped) = oneshot::channel();
        let on_stop = Closure::once(move || {
            let _ = done.send(());
        });
        self.recorder.set_onstop(Some(on_stop.as_ref().unchecked_ref()));
        let file = match self.recorder.stop() {
            Ok(()) => {
                let _ = stopped.await;
                let kind = self.recorder.mime_type();
                let options = BlobPropertyBag::new();
                options.set_type(kind.split(';').next().unwrap_or_default());
                Blob::new_with_blob_sequence_and_options(&self.parts.borrow(), &options)
            }
            Err(error) => Err(error),
        };
        self.close();
        file
    }
}

async fn open() -> Result<Gear, JsValue> {
    let constraints = MediaStreamConstraints::new();
    constraints.set_audio(&JsValue::TRUE);
    let devices = window().navigator().media_devices()?;
    let stream = JsFuture::from(devices.get_user_media_with_constraints(&constraints)?).await?;
    let stream: MediaStream = stream.dyn_into()?;
    let options = MediaRecorderOptions::new();
    options.set_audio_bits_per_second(BITS);
    if let Some(kind) = KINDS.into_iter().find(|kind| MediaRecorder::is_type_supported(kind)) {
        options.set_mime_type(kind);
    }
    let recorder = MediaRecorder::new_with_media_stream_and_media_recorder_options(&stream, &options)?;
    let parts = Rc::new(RefCell::new(Array::new()));
    let on_part = {
        let parts = Rc::clone(&parts);
        Closure::<dyn Fn(BlobEvent)>::new(move |event: BlobEvent| {
            if let Some(part) = event.data() {
                parts.borrow().push(&part);
            }
        })
    };
    recorder.set_ondataavailable(Some(on_part.as_ref().unchecked_ref()));
    let context = AudioContext::new()?;
    let analyser = context.create_analyser()?;
    analyser.set_fft_size(1_024);
    context
        .create_media_stream_source(&stream)?
        .connect_with_audio_node(&analyser)?;
    // Asleep where the press that began it is too long ago.
    let _ = context.resume();
    recorder.start()?;
    Ok(Gear {
        stream,
        recorder,
        context,
        analyser,
        parts,
        ticking: None,
        last_tick: now(),
        _on_part: on_part,
    })
}

async fn with_duration(file: &Blob, millis: u32) -> Option<Blob> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    let whole = webm::with_duration(&Uint8Array::new(&bytes).to_vec(), millis)?;
    let options = BlobPropertyBag::new();
    options.set_type(&file.type_());
    let parts = Array::of1(&Uint8Array::from(whole.as_slice()));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()
}

/// Why a browser gives no microphone (Media Capture and Streams, 10.2), in words that say what to do.
fn why(error: &JsValue) -> &'static str {
    let name = Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "SecurityError") => say!(microphone_refused),
        Some("NotFoundError" | "OverconstrainedError") => say!(microphone_missing),
        Some("NotReadableError" | "AbortError") => say!(microphone_busy),
        _ => say!(microphone_impossible),
    }
}

/// Milliseconds that no change of the clock moves.
fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}
