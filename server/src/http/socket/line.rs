//! A socket as its own task has it: what comes in, read by the protocol's implementation, and what the task itself has to
//! say. Frames are queued first and go out together, in one write, when the line is flushed.

use std::{
    future::poll_fn,
    io,
    sync::Arc,
    task::{Poll, ready},
    time::Duration,
};

use rooms::hub::{Frame, encode};
use tokio::time::{sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tungstenite::{
    Error, Message, Utf8Bytes, WebSocket,
    error::ProtocolError,
    protocol::{CloseFrame, Role, WebSocketConfig},
};
use wire::{
    domain::Seq,
    protocol::{FRAME_MAX_BYTES, ServerFrame, close},
};

use super::{
    farewell::{Farewell, over, refused},
    frames::{Refusal, error_frame},
    inbound::Inbound,
    outbound::Outbound,
};
use crate::{
    http::{Patience, Switched},
    metrics::Metrics,
};

/// How long a peer may take none of what waits for it. At most [`WAITING`] bytes and one frame wait, so that even a
/// connection of 2 kB/s makes progress.
const STALL: Duration = Duration::from_secs(20);

/// The same, once the connection is to end: sockets of an ended room close within 2 s.
const HURRY: Duration = Duration::from_secs(1);

/// How long a goodbye waits to be heard and returned.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

/// Bytes that wait before they are written without a flush.
const WAITING: usize = 16 * 1024;

/// Bytes of a frame that are read at all. Four times what is allowed, so that one a little too long is read and answered
/// in order; at more, the connection is cut.
const READ_MAX: usize = 4 * FRAME_MAX_BYTES;

/// Bytes that a connection keeps for what comes in. Longer frames get what they need for as long as they last.
const READ_BUFFER: usize = 256;

/// A ping without anything in it (RFC 6455, 5.5.2).
const PING: [u8; 2] = [0x89, 0];

/// A WebSocket, whoever implements it.
pub(super) struct Line {
    socket: WebSocket<Inbound>,
    out: Arc<Outbound>,
    patience: Patience,
    /// Bytes that were taken when patience was last counted.
    counted: u64,
    /// Cancelled when the connection is to end.
    hurry: CancellationToken,
    metrics: Arc<Metrics>,
}

/// What came from the peer.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A frame of text.
    Text(Utf8Bytes),
    /// A frame that is not text.
    Binary,
    /// A ping or pong: a sign of life.
    Sign,
    /// Nothing more comes.
    End(Farewell),
}

impl Line {
    pub(super) fn new(switched: Switched, hurry: CancellationToken, metrics: Arc<Metrics>) -> Self {
        let (reader, writer) = switched.stream.into_split();
        let out = Arc::new(Outbound::new(writer, switched.permit));
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BUFFER)
            .write_buffer_size(0)
            .max_frame_size(Some(READ_MAX))
            .max_message_size(Some(READ_MAX));
        let inbound = Inbound::new(reader, Arc::clone(&out));
        Self {
            socket: WebSocket::from_partially_read(inbound, switched.early.to_vec(), Role::Server, Some(config)),
            out,
            patience: switched.patience.at_most(STALL),
            counted: 0,
            hurry,
            metrics,
        }
    }

    /// Its way out.
    pub(super) const fn out(&self) -> &Arc<Outbound> {
        &self.out
    }

    /// From when on a peer that does not read is not waited for.
    pub(super) fn hurry_when(&mut self, hurry: CancellationToken) {
        self.hurry = hurry;
    }

    /// Waits for the next frame. Pings are answered. Cancel safe.
    pub(super) async fn recv(&mut self) -> Incoming {
        match self.message().await {
            Ok(Message::Text(text)) if text.len() > FRAME_MAX_BYTES => Incoming::End(too_large()),
            Ok(Message::Binary(bytes)) if bytes.len() > FRAME_MAX_BYTES => Incoming::End(too_large()),
            Ok(Message::Text(text)) => Incoming::Text(text),
            Ok(Message::Binary(_)) => Incoming::Binary,
            Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => Incoming::Sign,
            Ok(Message::Close(_)) => Incoming::End(Farewell::Returned),
            Err(error) => Incoming::End(fault(&error)),
        }
    }

    async fn message(&mut self) -> Result<Message, Error> {
        poll_fn(|context| {
            loop {
                match self.socket.read() {
                    Err(Error::Io(error)) if error.kind() == io::ErrorKind::WouldBlock => {
                        ready!(self.socket.get_mut().poll_arrive(context))?;
                    }
                    message => return Poll::Ready(message),
                }
            }
        })
        .await
    }

    /// Queues frames. Returns when there is room for more: a slow peer holds up nobody but itself.
    ///
    /// # Errors
    /// [`Farewell`] when the peer is gone, or has not read for as long as [`STALL`].
    pub(super) async fn queue(&mut self, frames: impl IntoIterator<Item = Frame>) -> Result<(), Farewell> {
        for frame in frames {
            self.metrics.delivered(1);
            if self.out.queue_text(&frame) > WAITING {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Queues a refusal, which is counted.
    ///
    /// # Errors
    /// As [`Line::queue`].
    pub(super) async fn refuse(&mut self, Refusal { error, client_id, .. }: Refusal) -> Result<(), Farewell> {
        self.metrics.refused(error.code);
        self.queue([error_frame(error, client_id)]).await
    }

    /// Writes what was queued.
    ///
    /// # Errors
    /// As [`Line::queue`].
    pub(super) async fn flush(&mut self) -> Result<(), Farewell> {
        let written = self.out.flush();
        self.see_to_the_rest(written).await
    }

    /// The same, unless the room is about to bring the entry `seq`, and what was queued along with it.
    ///
    /// # Errors
    /// As [`Line::queue`].
    pub(super) async fn flush_unless_brought(&mut self, seq: Seq) -> Result<(), Farewell> {
        let written = self.out.flush_unless_brought(seq);
        self.see_to_the_rest(written).await
    }

    /// Nearly every write is done at once: then nothing but the write is looked at.
    async fn see_to_the_rest(&mut self, written: io::Result<bool>) -> Result<(), Farewell> {
        match written {
            Ok(true) => Ok(()),
            Ok(false) => Box::pin(self.wait()).await,
            Err(_) => Err(Farewell::Gone),
        }
    }

    /// Waits for the peer to take what waits for it.
    async fn wait(&mut self) -> Result<(), Farewell> {
        let hurry = self.hurry.clone();
        let hurried = async {
            hurry.cancelled().await;
            sleep(HURRY).await;
        };
        tokio::select! {
            biased;
            written = self.write_patiently() => written,
            () = hurried => Err(Farewell::Gone),
        }
    }

    async fn write_patiently(&mut self) -> Result<(), Farewell> {
        loop {
            let taken = self.out.taken();
            self.patience.won(taken - std::mem::replace(&mut self.counted, taken));
            let end = self.patience.end();
            tokio::select! {
                biased;
                ready = self.out.writable() => ready.map_err(|_| Farewell::Gone)?,
                () = sleep_until(end) => return Err(Farewell::too_slow()),
            }
            self.patience.waited(end);
            if self.out.flush().map_err(|_| Farewell::Gone)? {
                return Ok(());
            }
        }
    }

    /// Asks for a sign of life.
    ///
    /// # Errors
    /// As [`Line::queue`].
    pub(super) async fn ping(&mut self) -> Result<(), Farewell> {
        self.out.queue_answer(&PING);
        self.flush().await
    }

    /// Tells the peer why the connection ends, in so far as it still listens.
    pub(super) async fn end(mut self, farewell: Farewell) {
        let goodbye = async move {
            match farewell {
                Farewell::Gone => Ok(()),
                Farewell::Returned => self.return_goodbye().await,
                Farewell::Close(code, reason) => self.close(code, reason).await,
                Farewell::Over(reason) => {
                    self.queue(encode(&ServerFrame::Ended { reason })).await?;
                    self.close(over(reason), "the chat is over").await
                }
                Farewell::Refused(error) => {
                    let (code, title) = (refused(error.code), error.code.title());
                    self.refuse(Refusal::new(error, None)).await?;
                    self.close(code, title).await
                }
            }
        };
        // Whether the peer has heard it or not, the connection is dropped here.
        let _ = timeout(GOODBYE_WITHIN, goodbye).await;
    }

    /// Returns the peer's goodbye, with its code, after what was queued: the implementation has it ready to be written.
    ///
    /// # Errors
    /// As [`Line::queue`].
    async fn return_goodbye(mut self) -> Result<(), Farewell> {
        self.flush().await?;
        // An error says that nothing more may be said.
        let _ = self.socket.flush();
        self.flush().await
    }

    /// Says goodbye and waits for the peer's: a connection cut with unread bytes in it would take the goodbye along.
    ///
    /// # Errors
    /// As [`Line::queue`].
    async fn close(mut self, code: u16, reason: &'static str) -> Result<(), Farewell> {
        self.flush().await?;
        let goodbye = CloseFrame {
            code: code.into(),
            reason: Utf8Bytes::from_static(reason),
        };
        let _ = self.socket.close(Some(goodbye));
        self.flush().await?;
        while self.message().await.is_ok() {}
        Ok(())
    }
}

const fn too_large() -> Farewell {
    Farewell::Close(close::TOO_LARGE, "the frame is too large")
}

/// What a broken frame is answered with (RFC 6455, section 7.4.1).
const fn fault(error: &Error) -> Farewell {
    match error {
        Error::Capacity(_) => too_large(),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake) => Farewell::Gone,
        Error::Protocol(_) => Farewell::Close(1002, "not the WebSocket protocol"),
        Error::Utf8(_) => Farewell::Close(1007, "not UTF-8"),
        _ => Farewell::Gone,
    }
}
