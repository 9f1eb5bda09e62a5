//! The way in of a socket, as the protocol's implementation sees it: bytes that have come, and a place for its answers.

use std::{
    io::{self, Read, Write},
    mem::MaybeUninit,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, ReadBuf},
    net::tcp::OwnedReadHalf,
};

use super::outbound::Outbound;

/// Bytes read at once, into the stack: a socket keeps a buffer only for what is not understood yet.
const AT_ONCE: usize = 8 * 1024;

/// A connection for a protocol that is asked for its next message whenever bytes have come.
pub(super) struct Inbound {
    stream: OwnedReadHalf,
    /// What has come and was not asked for yet.
    arrived: Vec<u8>,
    /// Bytes of `arrived` that were.
    read: usize,
    /// Nothing more comes.
    at_end: bool,
    out: Arc<Outbound>,
}

impl Inbound {
    pub(super) const fn new(stream: OwnedReadHalf, out: Arc<Outbound>) -> Self {
        Self {
            stream,
            arrived: Vec::new(),
            read: 0,
            at_end: false,
            out,
        }
    }

    /// Waits for bytes, or the end.
    pub(super) fn poll_arrive(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut space = [MaybeUninit::uninit(); AT_ONCE];
        let mut buffer = ReadBuf::uninit(&mut space);
        ready!(Pin::new(&mut self.stream).poll_read(context, &mut buffer))?;
        self.at_end = buffer.filled().is_empty();
        self.arrived.extend_from_slice(buffer.filled());
        Poll::Ready(Ok(()))
    }
}

impl Read for Inbound {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut left = self.arrived.get(self.read..).unwrap_or_default();
        if left.is_empty() && !self.at_end {
            return Err(io::ErrorKind::WouldBlock.into());
        }
        let count = left.read(buffer)?;
        self.read += count;
        if self.read == self.arrived.len() {
            (self.arrived, self.read) = (Vec::new(), 0);
        }
        Ok(count)
    }
}

impl Write for Inbound {
    /// Takes whole frames: the implementation writes each of its few (pongs, goodbyes) at once.
    fn write(&mut self, frame: &[u8]) -> io::Result<usize> {
        if self.out.queue_answer(frame) {
            Ok(frame.len())
        } else {
            Err(io::ErrorKind::WouldBlock.into())
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush().map(drop)
    }
}
