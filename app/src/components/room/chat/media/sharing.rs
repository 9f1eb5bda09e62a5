//! What is in the tray, and what is on its way.

use leptos::{prelude::*, task::spawn_local};
use web_sys::{Blob, File, FileList, Url};
use wire::{
    domain::{AltText, MediaId, RoomId, Seq, VoiceMillis, Waveform},
    protocol::{Body, Uploaded, Version},
};

use super::{
    pipeline::{self, Ready},
    recording::Recording,
};
use crate::{
    client::browser::Cancel,
    room_client::{
        RoomClient,
        upload::{self, Unsent},
    },
    words::{self, say},
};

/// Pictures that are sent at once: as many messages as may be.
pub(super) const AT_ONCE: usize = 10;

/// What is sent.
#[derive(Clone)]
pub(in super::super) enum What {
    /// A picture.
    Picture {
        /// Upright, in pixels.
        sides: (u32, u32),
        /// What it shows, as typed.
        alt: ArcRwSignal<String>,
    },
    /// A recording.
    Voice {
        /// How long it is.
        millis: VoiceMillis,
        /// How loud.
        waveform: Waveform,
    },
}

/// A picture that was chosen, or a recording.
#[derive(Clone)]
pub(in super::super) struct Chosen {
    pub(in super::super) id: u32,
    /// Where this page has it.
    pub(in super::super) url: String,
    pub(in super::super) what: What,
    /// How far it has come.
    pub(in super::super) stage: ArcRwSignal<Stage>,
    reply_to: Option<Seq>,
}

/// How far a picture has come.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) enum Stage {
    /// Chosen, or waiting for its turn.
    Waiting,
    /// So much of it is sent, of 1.
    Sending(f64),
    /// Refused: why, and whether another try makes sense.
    Failed(String, bool),
}

/// The browser's own part of a picture.
struct Held {
    id: u32,
    file: Blob,
    cancel: Cancel,
}

/// What is chosen and sent in a room.
#[derive(Clone, Copy)]
pub(in super::super) struct Sharing {
    /// Whether this room takes pictures: the one place that says so.
    pub(in super::super) allowed: Memo<bool>,
    /// Chosen and not sent.
    pub(super) tray: RwSignal<Vec<Chosen>>,
    /// Files that are looked at.
    pub(super) preparing: RwSignal<usize>,
    /// What could not be taken, in words.
    pub(super) refused: RwSignal<Vec<String>>,
    /// Sent and not with the server.
    pub(in super::super) outgoing: RwSignal<Vec<Chosen>>,
    held: StoredValue<Vec<Held>, LocalStorage>,
    own: StoredValue<Vec<(MediaId, String)>>,
    next: StoredValue<u32>,
    is_running: StoredValue<bool>,
    room: StoredValue<RoomId>,
    client: RoomClient,
}

impl Sharing {
    pub(in super::super) fn new(room: &RoomId, client: RoomClient) -> Self {
        let sharing = Self {
            allowed: Memo::new(move |_| client.state.with(|state| !state.settings.text_only)),
            tray: RwSignal::default(),
            preparing: RwSignal::default(),
            refused: RwSignal::default(),
            outgoing: RwSignal::default(),
            held: StoredValue::new_local(Vec::new()),
            own: StoredValue::default(),
            next: StoredValue::default(),
            is_running: StoredValue::default(),
            room: StoredValue::new(room.clone()),
            client,
        };
        // What is chosen or on its way is lost with the page: the browser asks first.
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            let kept = sharing.tray.with_untracked(Vec::len) + sharing.outgoing.with_untracked(Vec::len);
            if kept > 0 {
                event.prevent_default();
            }
        });
        on_cleanup(move || leaving.remove());
        sharing
    }

    /// Whether one can speak here.
    pub(in super::super) fn takes_voice(self) -> bool {
        self.allowed.get()
    }

    /// Whether something is in the tray.
    pub(in super::super) fn has_chosen(self) -> bool {
        !self.tray.with(Vec::is_empty)
    }

    /// Whether something is on its way into the tray.
    pub(in super::super) fn is_preparing(self) -> bool {
        self.preparing.get() > 0
    }

    /// How many are sent and not with the server.
    pub(in super::super) fn on_the_way(self) -> usize {
        self.outgoing.with(Vec::len)
    }

    /// Where this page itself has a picture of one's own: it need not come back over the network.
    pub(in super::super) fn own(self, id: &MediaId) -> Option<String> {
        self.own.with_value(|own| {
            let (_, url) = own.iter().find(|(known, _)| known == id)?;
            Some(url.clone())
        })
    }

    /// Takes files into the tray, in their order; says of each that cannot be why.
    pub(super) fn offer(self, files: Option<FileList>) {
        let Some(files) = files.filter(|_| self.allowed.get_untracked()) else {
            return;
        };
        let files: Vec<File> = (0..files.length()).filter_map(|index| files.get(index)).collect();
        let there = self.tray.with_untracked(Vec::len) + self.preparing.get_untracked();
        let space = AT_ONCE.saturating_sub(there);
        self.refused.set(Vec::new());
        if files.len() > space {
            self.refuse(say!(at_once, most = AT_ONCE));
        }
        let files: Vec<File> = files.into_iter().take(space).collect();
        self.preparing.update(|count| *count += files.len());
        spawn_local(async move {
            for file in files {
                match pipeline::prepare(&file).await {
                    Ok(ready) => self.choose(ready),
                    Err(unfit) => self.refuse(unfit.words(&file.name())),
                }
                // The page may have gone meanwhile.
                let _ = self.preparing.try_update(|count| *count = count.saturating_sub(1));
            }
        });
    }

    fn choose(self, Ready { file, sides }: Ready) {
        let Ok(url) = Url::create_object_url_with_blob(&file) else {
            return;
        };
        let alt = ArcRwSignal::default();
        if let Some(chosen) = self.hold(file, url, What::Picture { sides, alt }) {
            let _ = self.tray.try_update(|tray| tray.push(chosen));
        }
    }

    /// Sends a recording.
    pub(in super::super) fn send_voice(self, recording: Recording, reply_to: Option<Seq>) {
        let Recording {
            file,
            url,
            millis,
            waveform,
        } = recording;
        if let Some(mut chosen) = self.hold(file, url, What::Voice { millis, waveform }) {
            chosen.reply_to = reply_to;
            self.outgoing.update(|outgoing| outgoing.push(chosen));
            self.run();
        }
    }

    fn hold(self, file: Blob, url: String, what: What) -> Option<Chosen> {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        })?;
        let cancel = Cancel::default();
        self.held.try_update_value(|held| held.push(Held { id, file, cancel }));
        Some(Chosen {
            id,
            url,
            what,
            stage: ArcRwSignal::new(Stage::Waiting),
            reply_to: None,
        })
    }

    /// Takes away what was said of refusals.
    pub(in super::super) fn dismiss(self) {
        self.refused.set(Vec::new());
    }

    /// Says why something cannot be.
    pub(in super::super) fn refuse(self, words: String) {
        let _ = self.refused.try_update(|refused| refused.push(words));
    }

    /// Takes a picture out of the tray, or gives up one that is on its way.
    pub(in super::super) fn discard(self, id: u32) {
        self.held.update_value(|held| {
            held.retain(|held| {
                let stays = held.id != id;
                if !stays {
                    held.cancel.cancel();
                }
                stays
            });
        });
        for list in [self.tray, self.outgoing] {
            list.update(|list| {
                if let Some(place) = list.iter().position(|chosen| chosen.id == id) {
                    let _ = Url::revoke_object_url(&list.remove(place).url);
                }
            });
        }
    }

    /// Sends what is in the tray; the first of it answers `reply_to`.
    pub(in super::super) fn send(self, reply_to: Option<Seq>) {
        let mut chosen = self.tray.try_update(std::mem::take).unwrap_or_default();
        self.refused.set(Vec::new());
        if let Some(first) = chosen.first_mut() {
            first.reply_to = reply_to;
        }
        self.outgoing.update(|outgoing| outgoing.append(&mut chosen));
        self.run();
    }

    /// Tries one again that was refused.
    pub(in super::super) fn retry(self, id: u32) {
        self.outgoing.with_untracked(|outgoing| {
            if let Some(chosen) = outgoing.iter().find(|chosen| chosen.id == id) {
                chosen.stage.set(Stage::Waiting);
            }
        });
        self.run();
    }

    /// Sends one after the other, so that they arrive in the order in which they were chosen.
    fn run(self) {
        if self.is_running.get_value() {
            return;
        }
        self.is_running.set_value(true);
        spawn_local(async move {
            while let Some(chosen) = self.next_waiting() {
                self.upload(chosen).await;
            }
            self.is_running.try_set_value(false);
        });
    }

    fn next_waiting(self) -> Option<Chosen> {
        let waits = |chosen: &&Chosen| chosen.stage.with_untracked(|stage| *stage == Stage::Waiting);
        self.outgoing
            .try_with_untracked(|outgoing| outgoing.iter().find(waits).cloned())?
    }

    async fn upload(self, chosen: Chosen) {
        let held = self.held.try_with_value(|held| {
            let held = held.iter().find(|held| held.id == chosen.id)?;
            Some((held.file.clone(), held.cancel.clone()))
        });
        let Some(Some((file, cancel))) = held else { return };
        let Some(room) = self.room.try_get_value() else { return };
        let stage = chosen.stage.clone();
        let progress = move |part| stage.set(Stage::Sending(part));
        let token = self.client.token();
        match upload::upload(&room, token.as_ref(), &file, &cancel, progress).await {
            Ok(uploaded) => self.arrived(&chosen, uploaded),
            // Whoever cancelled it has removed it.
            Err(Unsent::Cancelled) => {}
            Err(Unsent::Refused(error)) => chosen.stage.set(Stage::Failed(
                words::error(&error),
                upload::may_succeed_later(error.code),
            )),
        }
    }

    /// It is with the server: from here on, it is a message like any other.
    fn arrived(self, chosen: &Chosen, uploaded: Uploaded) {
        let Uploaded {
            media_id,
            width,
            height,
        } = uploaded;
        let reply_to = chosen.reply_to;
        let own_id = media_id.clone();
        let body = match (&chosen.what, width.zip(height)) {
            (What::Picture { alt, .. }, Some((width, height))) => Body::Image {
                v: Version,
                media_id,
                width,
                height,
                alt: AltText::parse(&alt.get_untracked()).ok(),
                reply_to,
            },
            (What::Voice { millis, waveform }, _) => Body::Audio {
                v: Version,
                media_id,
                duration_ms: *millis,
                waveform: waveform.clone(),
                reply_to,
            },
            // The server tells the sides of every picture.
            (What::Picture { .. }, None) => return,
        };
        self.own.try_update_value(|own| own.push((own_id, chosen.url.clone())));
        self.client.submit(body);
        let _ = self
            .outgoing
            .try_update(|outgoing| outgoing.retain(|other| other.id != chosen.id));
        self.held
            .try_update_value(|held| held.retain(|held| held.id != chosen.id));
    }
}
