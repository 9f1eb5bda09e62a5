//! What is said over a socket, once its participant has entered.

use std::{convert::Infallible, sync::Arc, time::Duration};

use admission::{Bucket, Scope, too_fast};
use futures_util::FutureExt;
use rooms::{
    Connection, Entrance, Place, RoomService, Subscription,
    hub::{Frame, encode},
};
use store::{Appended, Page};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;
use wire::{
    domain::Seq,
    error::Code,
    protocol::{ClientFrame, ServerFrame},
};

use super::{
    Web,
    farewell::Farewell,
    frames::{self, Patience, Refusal},
    heartbeat::{Alive, Heartbeats},
    line::{Incoming, Line},
    outbound::{Calls, Outbound},
    saying::{Said, Saying},
};

/// Entries read from the log at once for a socket that is behind; of long ones fewer. They go before the next are read.
const REPLAY_PAGE: usize = 100;

/// How often "is typing" is passed on for one socket. That somebody stopped is passed on at once.
const TYPING_EVERY: Duration = Duration::from_secs(1);

/// How long a client that says goodbye waits for its own, while the last of what it said gets into the log.
const SETTLE_WITHIN: Duration = Duration::from_secs(1);

/// One socket of a participant.
pub(super) struct Session<'a> {
    rooms: Arc<RoomService>,
    stopping: CancellationToken,
    line: &'a mut Line,
    /// The line's way out, to which the room writes as well.
    out: Arc<Outbound>,
    /// The first frame.
    welcome: Option<Frame>,
    place: Place,
    feed: Subscription,
    /// Up to where the feed may lack entries: they are read from the log.
    read_to: Seq,
    /// Whether all was queued that the feed has given: what comes next follows it.
    is_whole: bool,
    /// Counts the participant as connected until the session is dropped, also by a panic.
    _connection: Connection,
    saying: Saying,
    /// The newest entry that was acknowledged: an ack may go out with it.
    said_to: Seq,
    heartbeats: Arc<Heartbeats>,
    patience: Patience,
    /// What the client may still send.
    frames: Bucket,
    typing: bool,
    /// When it was last passed on that the participant is typing.
    typing_told: Option<Instant>,
}

impl<'a> Session<'a> {
    pub(super) fn new(web: &Web, line: &'a mut Line, entrance: Entrance) -> Self {
        let Entrance {
            welcome,
            place,
            connection,
            feed,
        } = entrance;
        let last = welcome.seq;
        line.hurry_when(place.seat().dismissed().clone());
        let out = Arc::clone(line.out());
        let alive: Arc<dyn Alive> = out.clone();
        web.heartbeats.look_after(&alive);
        Self {
            rooms: Arc::clone(&web.rooms),
            stopping: web.stopping.clone(),
            line,
            out,
            welcome: encode(&ServerFrame::Welcome(Box::new(welcome))),
            saying: Saying::new(Arc::clone(&web.rooms), place.clone()),
            place,
            feed,
            read_to: last,
            is_whole: true,
            _connection: connection,
            said_to: Seq::START,
            heartbeats: Arc::clone(&web.heartbeats),
            patience: Patience::default(),
            frames: Bucket::new(web.socket_limit),
            typing: false,
            typing_told: None,
        }
    }

    /// Runs until the connection is to end. Whatever it is about, also in the middle of a long log for a slow reader, it
    /// ends when the participant is dismissed.
    pub(super) async fn run(mut self) -> Farewell {
        let dismissed = self.place.seat().dismissed().clone();
        let ended = tokio::select! {
            biased;
            ended = self.converse() => Some(ended),
            () = dismissed.cancelled() => None,
        };
        match ended {
            None => Box::pin(self.dismissed()).await,
            Some(Err(Farewell::Returned)) => {
                // What it said before its goodbye is said.
                let settled = async { while self.saying.next().await.is_some() {} };
                let _ = timeout(SETTLE_WITHIN, settled).await;
                Farewell::Returned
            }
            Some(Err(farewell)) => farewell,
            Some(Ok(never)) => match never {},
        }
    }

    async fn converse(&mut self) -> Result<Infallible, Farewell> {
        self.line.queue(self.welcome.take()).await?;
        let outlet = Arc::clone(&self.out);
        self.feed.attach(outlet);
        self.catch_up().await?;
        loop {
            self.step().await?;
            self.acknowledge_what_is_in().await?;
            self.line.flush_unless_brought(self.said_to).await?;
        }
    }

    /// Waits for one thing to happen, and does what it asks for.
    async fn step(&mut self) -> Result<(), Farewell> {
        tokio::select! {
            biased;
            calls = self.out.called() => self.answer(calls).await,
            Some(said) = self.saying.next() => self.acknowledge(said).await,
            incoming = self.line.recv(), if self.saying.has_room() => self.hear(incoming).await,
        }
    }

    async fn answer(&mut self, calls: Calls) -> Result<(), Farewell> {
        if calls.gone() {
            return Err(Farewell::Gone);
        }
        if calls.ping() {
            self.line.ping().await?;
        }
        if calls.look() {
            self.catch_up().await?;
        }
        // What waits is written after each step.
        Ok(())
    }

    /// Sends all that is behind its own cursor, and has the room go on from there.
    async fn catch_up(&mut self) -> Result<(), Farewell> {
        self.take_over();
        loop {
            self.acknowledge_what_is_in().await?;
            if self.feed.seq() < self.read_to {
                Box::pin(self.replay()).await?;
                continue;
            }
            let taken = self.feed.take();
            self.is_whole = false;
            self.line.queue(taken.frames).await?;
            self.is_whole = true;
            match taken.ended {
                Some(reason) => return Err(Farewell::Over(reason)),
                None if taken.behind => self.read_to = self.feed.seq().next(),
                None => {
                    self.line.flush().await?;
                    self.out.follow(self.feed.cursor());
                    return Ok(());
                }
            }
        }
    }

    /// The room writes no more: what comes next follows the session's own cursor.
    fn take_over(&mut self) {
        if let Some(cursor) = self.out.take_over() {
            self.feed.go_on(cursor);
        }
    }

    /// Queues the next page of what the socket has missed. Its client is heard meanwhile: it may want to go.
    async fn replay(&mut self) -> Result<(), Farewell> {
        let cursor = self.feed.seq();
        let page = Page::After(cursor, REPLAY_PAGE);
        let entries = self
            .rooms
            .page(self.place.room(), page)
            .await
            .map_err(Farewell::unreadable)?;
        // A live room's buffer may have moved on: a hole is never skipped in silence.
        if entries.first().map(|entry| entry.seq) != Some(cursor.next()) {
            return Err(Farewell::too_slow());
        }
        for entry in entries {
            self.line.queue([entry.frame]).await?;
            self.feed.start_after(entry.seq);
            while self.saying.has_room()
                && let Some(incoming) = self.line.recv().now_or_never()
            {
                self.hear(incoming).await?;
            }
        }
        Ok(())
    }

    /// The goodbye of one who is dismissed, after what is left to be sent.
    async fn dismissed(&mut self) -> Farewell {
        // The end dismisses, too, and is in the feed before it does. Who is far behind, or was dismissed in the middle of
        // what they were sent, gets no more than that.
        self.take_over();
        let goes_on = self.is_whole && self.feed.seq() >= self.read_to;
        let taken = self.feed.take();
        if goes_on && let Err(farewell) = self.line.queue(taken.frames).await {
            return farewell;
        }
        match taken.ended {
            Some(reason) => Farewell::Over(reason),
            None if self.place.seat().is_removed() => Farewell::refused(Code::Removed),
            None if self.stopping.is_cancelled() => Farewell::going_away(),
            None => Farewell::left(),
        }
    }

    async fn hear(&mut self, incoming: Incoming) -> Result<(), Farewell> {
        self.heartbeats.heard(self.out.pulse());
        let frame = match incoming {
            Incoming::Text(text) => frames::read(&text),
            Incoming::Binary => Err(frames::binary()),
            // As cheap to send as any other frame, and no cheaper to read.
            Incoming::Sign => {
                return match self.frames.take() {
                    Ok(()) => Ok(()),
                    Err(wait) => {
                        let error = too_fast(Scope::Socket, wait);
                        self.refuse(Refusal::new(error, None)).await
                    }
                };
            }
            Incoming::End(farewell) => return Err(farewell),
        };
        if let Err(wait) = self.frames.take() {
            let client_id = match frame {
                Ok(ClientFrame::Message { client_id, .. }) => Some(client_id),
                _ => None,
            };
            let error = too_fast(Scope::Socket, wait);
            return self.refuse(Refusal::new(error, client_id)).await;
        }
        match frame {
            Ok(ClientFrame::Message { client_id, message }) => {
                // A message ends its author's typing on every screen; the next keystroke is news again.
                (self.typing, self.typing_told) = (false, None);
                self.saying.say(client_id, message);
                Ok(())
            }
            Ok(ClientFrame::Typing { typing }) => Box::pin(self.relay_typing(typing)).await,
            Ok(ClientFrame::Leave) => Box::pin(self.leave()).await,
            Ok(ClientFrame::Beat) => self.line.queue(encode(&ServerFrame::Beat)).await,
            // Entered already: there is nothing more to join.
            Ok(ClientFrame::Join { .. }) => Ok(()),
            Err(refusal) => self.refuse(refusal).await,
        }
    }

    /// Acknowledges what is in the log by now.
    async fn acknowledge_what_is_in(&mut self) -> Result<(), Farewell> {
        while let Some(Some(said)) = self.saying.next().now_or_never() {
            self.acknowledge(said).await?;
        }
        Ok(())
    }

    async fn acknowledge(&mut self, (client_id, said): Said) -> Result<(), Farewell> {
        match said {
            Ok(Appended { seq, at, .. }) => {
                self.patience.regain();
                self.said_to = self.said_to.max(seq);
                self.line.queue(encode(&ServerFrame::Ack { client_id, seq, at })).await
            }
            Err(error) => self.refuse(Refusal::new(error, Some(client_id))).await,
        }
    }

    async fn refuse(&mut self, refusal: Refusal) -> Result<(), Farewell> {
        self.patience.lose(&refusal)?;
        self.line.refuse(refusal).await
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
        while let Some(said) = self.saying.next().await {
            self.acknowledge(said).await?;
        }
        self.rooms.leave(&self.place);
        Err(Farewell::Close(1000, "goodbye"))
    }
}
