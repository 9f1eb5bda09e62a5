//! The connection: keeps a WebSocket open for as long as the chat goes on, and does what the state's effects say.

use std::future::poll_fn;

use futures_channel::mpsc::UnboundedReceiver;
use futures_util::{
    SinkExt, StreamExt,
    future::{Either, select},
};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::{Effect, Event, Link, RoomState, backoff::delay_ms, client::Command, outbox};
use crate::{
    browser,
    domain::RoomId,
    links,
    protocol::{ClientFrame, ServerFrame},
};

/// A connection that is not there after so long (ms) is given up.
const CONNECT_WITHIN_MS: u32 = 10_000;
/// What a browser reports when a connection broke without a closing frame (RFC 6455, 7.1.5).
const BROKEN: u16 = 1006;

/// Keeps a connection to `room` until the chat is over or the page goes.
pub(super) fn run(room: RoomId, state: RwSignal<RoomState>, commands: UnboundedReceiver<Command>) {
    let connection = Connection {
        path: links::socket_path(&room),
        room,
        state,
        commands,
    };
    leptos::task::spawn_local(connection.run());
}

struct Connection {
    room: RoomId,
    path: String,
    state: RwSignal<RoomState>,
    commands: UnboundedReceiver<Command>,
}

/// Why the talk on one socket came to its end.
enum Parted {
    /// The socket closed, with its close code.
    Closed(u16),
    /// A fresh connection is wanted at once.
    Again,
    /// The page goes.
    Gone,
}

impl Connection {
    async fn run(mut self) {
        let mut failures = 0;
        loop {
            let parted = match WebSocket::open(&self.path) {
                Ok(socket) => self.talk(socket).await,
                Err(_) => Parted::Closed(BROKEN),
            };
            if self.state.try_with_untracked(|state| state.link) == Some(Link::Open) {
                failures = 0;
            }
            let (code, at_once) = match parted {
                Parted::Closed(code) => (code, false),
                Parted::Again => (BROKEN, true),
                Parted::Gone => return,
            };
            self.apply(Event::Closed(code));
            if self.state.try_with_untracked(|state| state.link) == Some(Link::Closed) {
                return;
            }
            if !at_once && self.wait(delay_ms(failures, browser::random())).await.is_none() {
                return;
            }
            failures = failures.saturating_add(1);
        }
    }

    async fn talk(&mut self, mut socket: WebSocket) -> Parted {
        let hello = self.apply(Event::Opened);
        match select(
            Box::pin(perform(&mut socket, hello)),
            TimeoutFuture::new(CONNECT_WITHIN_MS),
        )
        .await
        {
            Either::Left((Ok(()), _)) => {}
            Either::Left((Err(parted), _)) => return parted,
            Either::Right(_) => return Parted::Closed(BROKEN),
        }
        loop {
            let effects = match select(socket.next(), self.commands.next()).await {
                Either::Left((Some(Ok(Message::Text(text))), _)) => {
                    // A frame of a newer server that this page does not know yet is none of its business.
                    match serde_json::from_str::<ServerFrame>(&text) {
                        Ok(frame) => self.apply(Event::Frame(frame)),
                        Err(_) => continue,
                    }
                }
                Either::Left((Some(Ok(Message::Bytes(_))), _)) => continue,
                Either::Left((Some(Err(WebSocketError::ConnectionClose(event))), _)) => {
                    return Parted::Closed(event.code);
                }
                Either::Left((Some(Err(_)) | None, _)) => return Parted::Closed(BROKEN),
                Either::Right((Some(Command::Event(event)), _)) => self.apply(event),
                Either::Right((Some(Command::Typing(typing)), _)) => {
                    vec![Effect::Send(ClientFrame::Typing { typing })]
                }
                Either::Right((Some(Command::Leave), _)) => vec![Effect::Send(ClientFrame::Leave)],
                Either::Right((Some(Command::Wake(true)), _)) => return Parted::Again,
                Either::Right((Some(Command::Wake(false)), _)) => continue,
                Either::Right((None, _)) => return Parted::Gone,
            };
            if let Err(parted) = perform(&mut socket, effects).await {
                return parted;
            }
        }
    }

    /// Waits until the next try is due or somebody is back; `None` when the page goes.
    async fn wait(&mut self, millis: u32) -> Option<()> {
        let mut due = TimeoutFuture::new(millis);
        loop {
            match select(due, self.commands.next()).await {
                Either::Left(_) => return Some(()),
                Either::Right((command, still_due)) => {
                    due = still_due;
                    match command? {
                        Command::Wake(_) => return Some(()),
                        Command::Event(event) => drop(self.apply(event)),
                        // Nobody is there to be told.
                        Command::Typing(_) | Command::Leave => {}
                    }
                }
            }
        }
    }

    fn apply(&self, event: Event) -> Vec<Effect> {
        let quiet = matches!(event, Event::Tick);
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut effects = Vec::new();
        // A second that changed nothing draws nothing.
        let _ = self.state.try_maybe_update(|state| {
            let typing = state.typing();
            before = state.unsent();
            effects = state.apply(event, browser::now());
            after = state.unsent();
            (!quiet || !effects.is_empty() || typing != state.typing(), ())
        });
        if before != after {
            outbox::keep(&self.room, &after);
        }
        effects
    }
}

async fn perform(socket: &mut WebSocket, effects: Vec<Effect>) -> Result<(), Parted> {
    for effect in effects {
        match effect {
            Effect::Send(frame) => {
                // Ready is also who failed to open or is on the way out, its closing not told yet. What it is given
                // then is lost, with an error in the console; the next socket gets what matters.
                let ready = poll_fn(|context| socket.poll_ready_unpin(context)).await;
                if ready.is_err() || !matches!(socket.state(), State::Open) {
                    continue;
                }
                let text = serde_json::to_string(&frame).unwrap_or_default();
                socket
                    .send(Message::Text(text))
                    .await
                    .map_err(|_| Parted::Closed(BROKEN))?;
            }
            Effect::Reconnect => return Err(Parted::Again),
        }
    }
    Ok(())
}
