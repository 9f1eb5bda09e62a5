//! The connection: keeps a WebSocket open for as long as the chat goes on, and does what the state's effects say.

use std::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
};

use futures_channel::{mpsc::UnboundedReceiver, oneshot};
use futures_util::{
    SinkExt, StreamExt,
    future::{Either, select},
};
use gloo_net::websocket::{Message, State, WebSocketError, futures::WebSocket};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use wire::{domain::RoomId, links, protocol::hear};

use super::{
    Effect, Event, Link, RoomState,
    backoff::{Backoff, delay_ms},
    command::Command,
    facets::Facets,
    outbox,
};
use crate::browser;

/// What a browser reports when a connection broke without a closing frame (RFC 6455, 7.1.5).
const BROKEN: u16 = 1006;
/// A page that nobody sees draws nothing, so it cannot wait for the screen: it gathers for so long (ms).
const UNSEEN_MS: u32 = 100;

/// Keeps a connection to `room` until the chat is over or the page goes.
pub(super) fn run(room: RoomId, state: RwSignal<RoomState>, facets: Facets, commands: UnboundedReceiver<Command>) {
    let connection = Connection {
        path: links::socket_path(&room),
        room,
        state,
        facets,
        commands,
        backoff: Backoff::default(),
    };
    leptos::task::spawn_local(connection.run());
}

struct Connection {
    room: RoomId,
    path: String,
    state: RwSignal<RoomState>,
    facets: Facets,
    commands: UnboundedReceiver<Command>,
    backoff: Backoff,
}

/// Why the talk on one socket came to its end.
enum Parted {
    /// The socket closed, with its close code.
    Closed(u16),
    /// The page goes.
    Gone,
}

/// What happens next on a socket.
enum Next {
    /// It is open.
    Open,
    /// A frame came.
    Frame(Message),
    /// It closed, with its close code.
    Closed(u16),
    /// The screen is about to be drawn: what waits is to be shown.
    Draw,
    /// A component wants something.
    Command(Command),
    /// The page goes.
    Gone,
}

type Drawing = Pin<Box<dyn Future<Output = ()>>>;

impl Connection {
    async fn run(mut self) {
        loop {
            let parted = match WebSocket::open(&self.path) {
                Ok(socket) => self.talk(socket).await,
                Err(_) => Parted::Closed(BROKEN),
            };
            let Parted::Closed(code) = parted else { return };
            self.apply([Event::Closed(code)]);
            if self.link() == Some(Link::Closed) {
                return;
            }
            let wait = self.backoff.over(browser::now(), browser::random());
            if self.wait(wait).await.is_none() {
                return;
            }
        }
    }

    fn link(&self) -> Option<Link> {
        self.state.try_with_untracked(|state| state.link)
    }

    async fn talk(&mut self, mut socket: WebSocket) -> Parted {
        self.apply([Event::Opening]);
        let mut is_open = false;
        // Frames are shown together, once for each time that the screen is drawn: a conversation of thousands comes in
        // thousands of frames.
        let mut waiting = Vec::new();
        let mut drawing: Option<Drawing> = None;
        loop {
            let next = poll_fn(|context| self.poll(&mut socket, &mut is_open, &mut drawing, context)).await;
            match next {
                Next::Frame(Message::Text(text)) => {
                    waiting.push(Event::from(hear(&text)));
                    if self.draws_at_once() {
                        drawing = Some(Box::pin(std::future::ready(())));
                    } else if drawing.is_none() {
                        drawing = Some(Box::pin(drawn()));
                    }
                    continue;
                }
                Next::Frame(Message::Bytes(_)) => continue,
                Next::Open => waiting.push(Event::Opened),
                Next::Draw => {}
                Next::Command(Command::Event(event)) => waiting.push(event),
                Next::Command(Command::Wake { trusts: true }) => waiting.push(Event::Wake),
                Next::Command(Command::Wake { trusts: false }) => {
                    self.apply(waiting);
                    return Parted::Closed(BROKEN);
                }
                Next::Command(Command::Tell(frame)) => {
                    let _ = perform(&mut socket, vec![Effect::Send(frame)]);
                    continue;
                }
                Next::Closed(code) => {
                    self.apply(waiting);
                    return Parted::Closed(code);
                }
                Next::Gone => return Parted::Gone,
            }
            drawing = None;
            let effects = self.apply(std::mem::take(&mut waiting));
            if perform(&mut socket, effects).is_err() {
                return Parted::Closed(BROKEN);
            }
        }
    }

    fn poll(
        &mut self,
        socket: &mut WebSocket,
        is_open: &mut bool,
        drawing: &mut Option<Drawing>,
        context: &mut Context<'_>,
    ) -> Poll<Next> {
        if !*is_open && socket.poll_ready_unpin(context).is_ready() && matches!(socket.state(), State::Open) {
            *is_open = true;
            return Poll::Ready(Next::Open);
        }
        if let Poll::Ready(came) = socket.poll_next_unpin(context) {
            return Poll::Ready(match came {
                Some(Ok(frame)) => Next::Frame(frame),
                Some(Err(WebSocketError::ConnectionClose(event))) => Next::Closed(event.code),
                Some(Err(_)) | None => Next::Closed(BROKEN),
            });
        }
        if let Poll::Ready(command) = self.commands.poll_next_unpin(context) {
            return Poll::Ready(command.map_or(Next::Gone, Next::Command));
        }
        match drawing {
            Some(drawing) => drawing.as_mut().poll(context).map(|()| Next::Draw),
            None => Poll::Pending,
        }
    }

    /// A hidden page calls its person at once, but for what is replayed to it: its timers may come once a minute.
    fn draws_at_once(&self) -> bool {
        let is_caught_up = self.state.try_with_untracked(RoomState::is_caught_up);
        browser::is_hidden() && is_caught_up == Some(true)
    }

    /// Waits until the next try is due; `None` when the page goes. Somebody who is back waits no longer than for a first
    /// try, and shortens no wait twice.
    async fn wait(&mut self, millis: u32) -> Option<()> {
        let mut due = TimeoutFuture::new(millis);
        let mut is_hastened = false;
        loop {
            match select(due, self.commands.next()).await {
                Either::Left(_) => return Some(()),
                Either::Right((command, still_due)) => {
                    due = still_due;
                    match command? {
                        Command::Wake { .. } if !is_hastened => {
                            is_hastened = true;
                            due = TimeoutFuture::new(millis.min(delay_ms(0, browser::random())));
                        }
                        Command::Event(event) => drop(self.apply([event])),
                        // Nobody is there to be told.
                        Command::Wake { .. } | Command::Tell(_) => {}
                    }
                }
            }
        }
    }

    /// Applies events as one change: what shows the state is drawn once for all of them.
    fn apply(&mut self, events: impl IntoIterator<Item = Event>) -> Vec<Effect> {
        let now = browser::now();
        let (mut before, mut after) = (Vec::new(), Vec::new());
        let mut effects = Vec::new();
        // A second that changed nothing draws nothing.
        let _ = self.state.try_maybe_update(|state| {
            let (typing, was) = (state.typing(), state.link);
            before = state.unsent();
            let mut is_quiet = true;
            for event in events {
                is_quiet &= matches!(event, Event::Tick | Event::Wake);
                effects.extend(state.apply(event, now));
                if effects.contains(&Effect::Reconnect) {
                    break;
                }
            }
            after = state.unsent();
            if state.link == Link::Open && was != Link::Open {
                self.backoff.welcomed(now);
            }
            (!is_quiet || !effects.is_empty() || typing != state.typing(), ())
        });
        self.facets.follow(self.state);
        if before != after {
            outbox::keep(&self.room, &after);
        }
        effects
    }
}

/// The screen is about to be drawn; or would be, if anybody saw it.
async fn drawn() {
    let (tell, told) = oneshot::channel();
    request_animation_frame(move || {
        let _ = tell.send(());
    });
    select(told, TimeoutFuture::new(UNSEEN_MS)).await;
}

/// The connection is to be given up.
struct Reconnect;

fn perform(socket: &mut WebSocket, effects: Vec<Effect>) -> Result<(), Reconnect> {
    for effect in effects {
        match effect {
            // What is given to a socket that is on the way out, its closing not told yet, is lost, with an error in the
            // console; the next one gets what matters.
            Effect::Send(frame) if matches!(socket.state(), State::Open) => {
                let text = serde_json::to_string(&frame).unwrap_or_default();
                socket.start_send_unpin(Message::Text(text)).map_err(|_| Reconnect)?;
            }
            Effect::Send(_) => {}
            Effect::Reconnect => return Err(Reconnect),
        }
    }
    Ok(())
}
