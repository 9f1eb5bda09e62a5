//! What the room's components hold: the state as a signal, and the ways to change it.

use leptos::prelude::*;
use wire::{
    domain::{ClientId, RoomId, Timestamp, Token},
    protocol::{Body, ClientFrame},
};

use super::{Event, RoomState, command::Command, facets::Facets};
use crate::browser;

/// A room's connection, from a component's point of view.
#[derive(Clone, Copy)]
pub struct RoomClient {
    /// What is known of the room.
    pub state: RwSignal<RoomState>,
    /// Parts of it, for those who are many.
    pub facets: Facets,
    /// The local time, moved on once a second.
    pub clock: RwSignal<Timestamp>,
    commands: StoredValue<futures_channel::mpsc::UnboundedSender<Command>>,
}

impl RoomClient {
    /// Connects to a room, for as long as the current owner lives. `server_now` is when the server rendered the page;
    /// `token` says who we are where no cookie does.
    #[must_use]
    pub fn connect(room: &RoomId, expires_at: Timestamp, server_now: Timestamp, token: Option<Token>) -> Self {
        let now = browser::now();
        let mut state = RoomState::default();
        state.expires_at = Some(expires_at);
        state.token = token;
        state.clock_ahead_ms = server_now.millis() - now.millis();
        state.restore(super::outbox::kept(room));
        let facets = Facets::of(&state);
        let (state, clock) = (RwSignal::new(state), RwSignal::new(now));
        let (sender, commands) = futures_channel::mpsc::unbounded();
        let client = Self {
            state,
            facets,
            clock,
            commands: StoredValue::new(sender),
        };
        super::socket::run(room.clone(), state, facets, commands);
        client.keep_awake();
        client
    }

    /// Sends a message: at once when there is a connection, else when it is back.
    pub fn submit(self, body: Body) {
        if let Ok(id) = ClientId::parse(browser::unique_id()) {
            self.command(Command::Event(Event::Submit(id, body)));
        }
    }

    /// Sends a failed message again.
    pub fn retry(self, id: ClientId) {
        self.command(Command::Event(Event::Retry(id)));
    }

    /// Gives a failed message up.
    pub fn discard(self, id: ClientId) {
        self.command(Command::Event(Event::Discard(id)));
    }

    /// Notes whether the person reads what comes.
    pub fn reading(self, reading: bool) {
        self.command(Command::Event(Event::Reading(reading)));
    }

    /// Tells the others whether we are typing.
    pub fn typing(self, typing: bool) {
        self.command(Command::Tell(ClientFrame::Typing { typing }));
    }

    /// Says goodbye; the others are told at once.
    pub fn leave(self) {
        self.command(Command::Tell(ClientFrame::Leave));
    }

    /// What proves who we are, where no cookie does.
    #[must_use]
    pub fn token(self) -> Option<Token> {
        self.state.with_untracked(|state| state.token.clone())
    }

    /// Milliseconds until the chat ends by itself, by the server's clock.
    #[must_use]
    pub fn remaining_ms(self) -> Option<i64> {
        let now = self.clock.get().millis();
        self.state
            .with(|state| state.expires_at.map(|end| end.millis() - now - state.clock_ahead_ms))
    }

    fn command(self, command: Command) {
        // Fails only when the page is being torn down.
        let _ = self.commands.with_value(|commands| commands.unbounded_send(command));
    }

    // A phone in a pocket may lose its connection without a word: what was hidden for so long (ms) is made anew.
    const HIDDEN_TOO_LONG_MS: i64 = 60_000;

    fn keep_awake(self) {
        let tick = move || {
            self.clock.set(browser::now());
            self.command(Command::Event(Event::Tick));
        };
        if let Ok(ticking) = set_interval_with_handle(tick, std::time::Duration::from_secs(1)) {
            on_cleanup(move || ticking.clear());
        }
        let hidden_since = StoredValue::new(None::<Timestamp>);
        browser::on_visibility(move |hidden| {
            if hidden {
                hidden_since.set_value(Some(browser::now()));
            } else if let Some(since) = hidden_since.try_update_value(Option::take).flatten() {
                let trusts = browser::now() <= since.plus_millis(Self::HIDDEN_TOO_LONG_MS);
                self.command(Command::Wake { trusts });
            }
        });
        let online = window_event_listener_untyped("online", move |_| self.command(Command::Wake { trusts: false }));
        let focus = window_event_listener_untyped("focus", move |_| self.command(Command::Wake { trusts: true }));
        on_cleanup(move || {
            online.remove();
            focus.remove();
        });
    }
}
