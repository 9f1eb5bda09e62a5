//! The one place that reads from and writes to a WebSocket, so that it can be made faster without touching anything
//! else. Frames are queued first and go out together, in one write, when the line is flushed.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use rooms::hub::{Frame, encode};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;
use tungstenite::Error;
use wire::protocol::{FRAME_MAX_BYTES, ServerFrame, close};

use super::{
    farewell::{Farewell, over, refused},
    frames::{Refusal, error_frame},
};
use crate::metrics::Metrics;

/// How long a peer may take none of what waits for it. At most the write buffer and one frame wait, so that even a
/// connection of 2 kB/s makes progress.
const STALL: Duration = Duration::from_secs(20);

/// The same, once the connection is to end: sockets of an ended room close within 2 s.
const HURRY: Duration = Duration::from_secs(1);

/// How long a goodbye waits to be heard and returned.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

/// A WebSocket, whoever implements it.
#[derive(Debug)]
pub(super) struct Line {
    socket: WebSocket,
    /// Cancelled when the connection is to end.
    hurry: CancellationToken,
    /// Frames queued since the last flush.
    waiting: u64,
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
    pub(super) const fn new(socket: WebSocket, hurry: CancellationToken, metrics: Arc<Metrics>) -> Self {
        Self {
            socket,
            hurry,
            waiting: 0,
            metrics,
        }
    }

    /// From when on a peer that does not read is not waited for.
    pub(super) fn hurry_when(&mut self, hurry: CancellationToken) {
        self.hurry = hurry;
    }

    /// Waits for the next frame. Pings are answered. Cancel safe.
    pub(super) async fn recv(&mut self) -> Incoming {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) if text.len() > FRAME_MAX_BYTES => Incoming::End(too_large()),
            Some(Ok(Message::Binary(bytes))) if bytes.len() > FRAME_MAX_BYTES => Incoming::End(too_large()),
            Some(Ok(Message::Text(text))) => Incoming::Text(text),
            Some(Ok(Message::Binary(_))) => Incoming::Binary,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Incoming::Sign,
            Some(Ok(Message::Close(_))) => Incoming::End(Farewell::Returned),
            None => Incoming::End(Farewell::Gone),
            Some(Err(error)) => Incoming::End(fault(error)),
        }
    }

    /// Queues frames. Returns when there is room for more: a slow peer holds up nobody but itself.
    ///
    /// # Errors
    /// [`Farewell`] when the peer is gone, or has not read for as long as [`STALL`].
    pub(super) async fn queue(&mut self, frames: impl IntoIterator<Item = Frame>) -> Result<(), Farewell> {
        for frame in frames {
            // JSON is always UTF-8; the check is the price of frames that know nothing of WebSockets.
            let text = Utf8Bytes::try_from(frame).map_err(|_| Farewell::Gone)?;
            in_time(self.socket.feed(Message::Text(text)), &self.hurry).await?;
            self.waiting += 1;
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
        match std::mem::take(&mut self.waiting) {
            0 => Ok(()),
            frames => {
                self.metrics.delivered(frames);
                in_time(self.socket.flush(), &self.hurry).await
            }
        }
    }

    /// Asks for a sign of life.
    ///
    /// # Errors
    /// As [`Line::queue`].
    pub(super) async fn ping(&mut self) -> Result<(), Farewell> {
        in_time(self.socket.send(Message::Ping(Bytes::new())), &self.hurry).await
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
        self.metrics.delivered(self.waiting);
        in_time(self.socket.flush(), &self.hurry).await
    }

    /// Says goodbye and waits for the peer's: a connection cut with unread bytes in it would take the goodbye along.
    ///
    /// # Errors
    /// As [`Line::queue`].
    async fn close(mut self, code: u16, reason: &'static str) -> Result<(), Farewell> {
        let frame = CloseFrame {
            code,
            reason: Utf8Bytes::from_static(reason),
        };
        self.metrics.delivered(self.waiting);
        in_time(self.socket.send(Message::Close(Some(frame))), &self.hurry).await?;
        while let Some(Ok(_)) = self.socket.next().await {}
        Ok(())
    }
}

/// Nearly every write is done at once: then nothing but the write is looked at.
async fn in_time(
    write: impl Future<Output = Result<(), axum::Error>>,
    hurry: &CancellationToken,
) -> Result<(), Farewell> {
    tokio::select! {
        biased;
        written = write => written.map_err(|_| Farewell::Gone),
        () = sleep(STALL) => Err(Farewell::too_slow()),
        () = async { hurry.cancelled().await; sleep(HURRY).await } => Err(Farewell::Gone),
    }
}

const fn too_large() -> Farewell {
    Farewell::Close(close::TOO_LARGE, "the frame is too large")
}

/// What a broken frame is answered with (RFC 6455, section 7.4.1).
fn fault(error: axum::Error) -> Farewell {
    match error.into_inner().downcast_ref::<Error>() {
        Some(Error::Capacity(_)) => too_large(),
        Some(Error::Protocol(_)) => Farewell::Close(1002, "not the WebSocket protocol"),
        Some(Error::Utf8(_)) => Farewell::Close(1007, "not UTF-8"),
        _ => Farewell::Gone,
    }
}
