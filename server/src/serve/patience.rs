//! Connections whose readers are waited for, but not for ever.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use admission::Permit;
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep_until},
};

use super::head::Head;
use crate::http::{Patience, Switched};

/// A connection whose writes time out.
#[derive(Debug)]
pub(super) struct Patient<S> {
    stream: S,
    patience: Patience,
    /// When patience ends, while something waits to be taken.
    end: Option<Pin<Box<Sleep>>>,
    /// The same, for others to see.
    stalled: Arc<AtomicBool>,
    /// Hears of what is read.
    head: Option<Arc<Head>>,
    /// The connection's place, which it keeps also as a WebSocket.
    permit: Option<Permit>,
}

/// The reader took too little for too long.
#[derive(Debug, thiserror::Error)]
#[error("the reader is too slow")]
pub(super) struct TooSlow;

impl<S> Patient<S> {
    /// Waits no longer than `within` for a reader that takes nothing. Says in `stalled` that it waits.
    pub(super) const fn new(stream: S, within: Duration, stalled: Arc<AtomicBool>) -> Self {
        Self {
            stream,
            patience: Patience::new(within),
            end: None,
            stalled,
            head: None,
            permit: None,
        }
    }

    /// Gives the place back when the connection is dropped.
    pub(super) fn holding(mut self, permit: Permit) -> Self {
        self.permit = Some(permit);
        self
    }

    /// Says when something is read.
    pub(super) fn telling(mut self, head: Arc<Head>) -> Self {
        self.head = Some(head);
        self
    }

    fn judge(&mut self, context: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                if let Some(end) = self.end.take() {
                    self.patience.waited(end.deadline());
                    self.stalled.store(false, Ordering::Relaxed);
                }
                self.patience.won(bytes as u64);
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                let end = self.end.get_or_insert_with(|| {
                    self.stalled.store(true, Ordering::Relaxed);
                    Box::pin(sleep_until(self.patience.end()))
                });
                ready!(end.as_mut().poll(context));
                Poll::Ready(Err(io::Error::new(io::ErrorKind::TimedOut, TooSlow)))
            }
        }
    }
}

/// Takes a connection that has become a socket out of what it was served through.
pub(super) fn take_apart(upgraded: Upgraded) -> Option<Switched> {
    let parts = upgraded.downcast::<TokioIo<Patient<TcpStream>>>().ok()?;
    let Patient {
        stream,
        patience,
        permit,
        ..
    } = parts.io.into_inner();
    Some(Switched {
        stream,
        early: parts.read_buf,
        permit,
        patience,
    })
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        if let Some(head) = &self.head
            && buffer.filled().len() > before
        {
            head.reads();
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.judge(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.judge(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        time::{Instant, sleep, timeout},
    };

    use super::*;

    const WITHIN: Duration = Duration::from_secs(30);
    const BUFFER: usize = 1024;

    fn pair() -> (Patient<DuplexStream>, DuplexStream) {
        let (ours, theirs) = duplex(BUFFER);
        (Patient::new(ours, WITHIN, Arc::default()), theirs)
    }

    /// Writes without end; when it failed, and how.
    async fn cut(mut writer: Patient<DuplexStream>) -> (Duration, io::ErrorKind) {
        let start = Instant::now();
        loop {
            if let Err(error) = writer.write_all(&[0; BUFFER]).await {
                return (start.elapsed(), error.kind());
            }
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_that_takes_nothing_is_cut() {
        let (writer, _reader) = pair();
        assert_eq!(cut(writer).await, (WITHIN, io::ErrorKind::TimedOut));
    }

    #[tokio::test(start_paused = true)]
    async fn a_byte_now_and_then_is_nothing() {
        let (writer, mut reader) = pair();
        let dripping = async {
            loop {
                sleep(Duration::from_secs(5)).await;
                let _ = reader.read_u8().await;
            }
        };
        let (after, kind) = tokio::select! {
            cut = cut(writer) => cut,
            () = dripping => unreachable!("it does not end"),
        };
        assert_eq!(kind, io::ErrorKind::TimedOut);
        assert!(after < WITHIN + Duration::from_secs(1), "{after:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_reader_and_one_that_rests_are_waited_for() {
        let (writer, mut reader) = pair();
        let stalled = Arc::clone(&writer.stalled);
        let reading = async {
            let mut bytes = [0; BUFFER];
            for _ in 0..100 {
                sleep(Duration::from_millis(500)).await;
                reader.read_exact(&mut bytes).await.expect("not cut");
            }
            sleep(WITHIN - Duration::from_secs(1)).await;
            assert!(stalled.load(Ordering::Relaxed));
            for _ in 0..100 {
                reader.read_exact(&mut bytes).await.expect("not cut");
            }
        };
        tokio::select! {
            cut = cut(writer) => panic!("{cut:?}"),
            () = reading => {}
        }
    }

    #[tokio::test(start_paused = true)]
    async fn where_nothing_waits_no_time_runs() {
        let (mut writer, mut reader) = pair();
        writer.write_all(b"hello").await.expect("written");
        sleep(WITHIN * 10).await;
        assert!(timeout(WITHIN * 10, writer.read_u8()).await.is_err(), "nothing to read");
        writer.write_all(b"hello").await.expect("written");
        reader.read_exact(&mut [0; 10]).await.expect("read");
    }
}
