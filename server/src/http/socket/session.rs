//! What is said over a socket, once its participant has entered.

use std::{convert::Infallible, sync::Arc, time::Duration};

use app::{
    domain::{ClientId, Seq},
    error::{AppError, Code},
    protocol::{Body, ClientFrame, Entry, ServerFrame},
};
use futures_util::{FutureExt, StreamExt, future::BoxFuture, stream::FuturesOrdered};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::{
    Web,
    farewell::Farewell,
    frames::{self, Patience, Refusal},
    heartbeat::{Beat, Heartbeat},
    wire::{Incoming, Wire},
};
use crate::{
    hub::{Frame, Subscription, encode},
    limits::{Bucket, Scope, too_fast},
    log::{Appended, Page},
    presence::Connection,
    rooms::{Entrance, Place, RoomService},
};

/// Messages of one socket on their way into the log. More are not read until these are in: a burst fits several times.
const IN_FLIGHT: usize = 32;

/// Entries read from the log at once for a socket that is behind: with the longest texts 1.6 MB, which go before the
/// next are read.
const REPLAY_PAGE: usize = 100;

/// How often "is typing" is passed on for one socket. That somebody stopped is passed on at once.
const TYPING_EVERY: Duration = Duration::from_secs(1);

/// What became of a message that was handed to the log.
type Sent = (ClientId, Result<Appended, AppError>);

/// One socket of a participant.
pub(super) struct Session<'a> {
    rooms: Arc<RoomService>,
    stopping: CancellationToken,
    wire: &'a mut Wire,
    /// The first frame, and the log's last entry at its time.
    welcome: Option<(Frame, Seq)>,
    place: Place,
    feed: Subscription,
    /// Counts the participant as connected until the session is dropped, also by a panic.
    _connection: Connection,
    sending: FuturesOrdered<BoxFuture<'static, Sent>>,
    heartbeat: Heartbeat,
    patience: Patience,
    /// What the client may still send.
    frames: Bucket,
    typing: bool,
    /// When it was last passed on that the participant is typing.
    typing_told: Option<Instant>,
}

impl<'a> Session<'a> {
    pub(super) fn new(web: &Web, wire: &'a mut Wire, entrance: Entrance) -> Self {
        let Entrance {
            welcome,
            place,
            connection,
            feed,
        } = entrance;
        let last = welcome.seq;
        wire.hurry_when(place.seat().dismissed().clone());
        Self {
            rooms: Arc::clone(&web.rooms),
            stopping: web.stopping.clone(),
            wire,
            welcome: encode(&ServerFrame::Welcome(Box::new(welcome))).map(|frame| (frame, last)),
            place,
            feed,
            _connection: connection,
            sending: FuturesOrdered::new(),
            heartbeat: Heartbeat::new(),
            patience: Patience::default(),
            frames: Bucket::new(web.socket_limit),
            typing: false,
            typing_told: None,
        }
    }

    /// Runs until the connection is to end.
    pub(super) async fn run(mut self) -> Farewell {
        match self.converse().await {
            Err(farewell) => farewell,
            Ok(never) => match never {},
        }
    }

    async fn converse(&mut self) -> Result<Infallible, Farewell> {
        if let Some((welcome, last)) = self.welcome.take() {
            self.wire.queue([welcome]).await?;
            while self.feed.seq() < last {
                self.replay().await?;
            }
        }
        loop {
            self.catch_up().await?;
            self.step().await?;
        }
    }

    /// Waits for one thing to happen, and does what it asks for.
    async fn step(&mut self) -> Result<(), Farewell> {
        tokio::select! {
            () = self.feed.changed() => Ok(()),
            Some(sent) = self.sending.next() => self.acknowledge(sent).await,
            incoming = self.wire.recv(), if self.sending.len() < IN_FLIGHT => {
                self.heartbeat.heard();
                self.hear(incoming).await
            }
            beat = self.heartbeat.next() => match beat {
                Beat::Wait => Ok(()),
                Beat::Ping => self.wire.ping().await,
                Beat::Gone => Err(Farewell::Gone),
            },
        }
    }

    /// Sends all that waits, in one write.
    async fn catch_up(&mut self) -> Result<(), Farewell> {
        while let Some(Some(sent)) = self.sending.next().now_or_never() {
            self.acknowledge(sent).await?;
        }
        loop {
            let taken = self.feed.take();
            self.wire.queue(taken.frames).await?;
            match taken.ended {
                Some(reason) => return Err(Farewell::Over(reason)),
                None if taken.behind => self.replay().await?,
                None => break,
            }
        }
        if self.place.seat().dismissed().is_cancelled() {
            // The end dismisses, too, and is in the feed before it does: it may have come since we looked there.
            let taken = self.feed.take();
            self.wire.queue(taken.frames).await?;
            return Err(match taken.ended {
                Some(reason) => Farewell::Over(reason),
                None if self.place.seat().is_removed() => Farewell::refused(Code::Removed),
                None if self.stopping.is_cancelled() => Farewell::going_away(),
                None => Farewell::left(),
            });
        }
        self.wire.flush().await
    }

    /// Queues the next page of what the socket has missed.
    async fn replay(&mut self) -> Result<(), Farewell> {
        let cursor = self.feed.seq();
        let page = Page::After(cursor, REPLAY_PAGE);
        let entries = self
            .rooms
            .page(self.place.room(), page)
            .await
            .map_err(Farewell::Refused)?;
        // A live room's buffer may have moved on: a hole is never skipped in silence.
        if entries.first().map(Entry::seq) != Some(cursor.next()) {
            return Err(Farewell::too_slow());
        }
        for entry in entries {
            self.wire.queue(encode(&entry)).await?;
            self.feed.start_after(entry.seq());
        }
        Ok(())
    }

    async fn hear(&mut self, incoming: Incoming) -> Result<(), Farewell> {
        let frame = match incoming {
            Incoming::Text(text) => frames::read(&text),
            Incoming::Binary => Err(frames::binary()),
            Incoming::Sign => return Ok(()),
            Incoming::End(farewell) => return Err(farewell),
        };
        if let Err(wait) = self.frames.take() {
            let client_id = match frame {
                Ok(ClientFrame::Message { client_id, .. }) => Some(client_id),
                _ => None,
            };
            let error = too_fast(Scope::Socket, wait);
            return self.refuse(Refusal { error, client_id }).await;
        }
        match frame {
            Ok(ClientFrame::Message { client_id, body }) => {
                self.send(client_id, body);
                Ok(())
            }
            Ok(ClientFrame::Typing { typing }) => self.relay_typing(typing).await,
            Ok(ClientFrame::Leave) => self.leave().await,
            Ok(ClientFrame::Beat) => self.wire.queue(encode(&ServerFrame::Beat)).await,
            // Entered already: there is nothing more to join.
            Ok(ClientFrame::Join { .. }) => Ok(()),
            Err(refusal) => self.refuse(refusal).await,
        }
    }

    /// Puts a message on its way. The log takes messages in the order in which they are handed to it.
    fn send(&mut self, client_id: ClientId, body: Body) {
        // A message ends its author's typing on every screen; the next keystroke is news again.
        (self.typing, self.typing_told) = (false, None);
        let (rooms, place) = (Arc::clone(&self.rooms), self.place.clone());
        let sending = async move {
            let said = rooms.say(&place, client_id.clone(), body).await;
            (client_id, said)
        };
        self.sending.push_back(sending.boxed());
    }

    async fn acknowledge(&mut self, (client_id, said): Sent) -> Result<(), Farewell> {
        match said {
            Ok(Appended { seq, at, .. }) => {
                self.patience.regain();
                self.wire.queue(encode(&ServerFrame::Ack { client_id, seq, at })).await
            }
            Err(error) => {
                self.refuse(Refusal {
                    error,
                    client_id: Some(client_id),
                })
                .await
            }
        }
    }

    async fn refuse(&mut self, refusal: Refusal) -> Result<(), Farewell> {
        self.patience.lose(&refusal)?;
        self.wire.refuse(refusal).await
    }

    async fn relay_typing(&mut self, typing: bool) -> Result<(), Farewell> {
        let relay = if typing {
            self.typing_told.is_none_or(|told| told.elapsed() >= TYPING_EVERY)
        } else {
            self.typing
        };
        if relay {
            self.typing = typing;
            if typing {
                self.typing_told = Some(Instant::now());
            }
            self.rooms
                .type_in(&self.place, typing)
                .await
                .map_err(Farewell::Refused)?;
        }
        Ok(())
    }

    /// What was said before the goodbye is in the log before it.
    async fn leave(&mut self) -> Result<(), Farewell> {
        while let Some(sent) = self.sending.next().await {
            self.acknowledge(sent).await?;
        }
        self.rooms.leave(&self.place);
        Err(Farewell::Close(1000, "goodbye"))
    }
}
