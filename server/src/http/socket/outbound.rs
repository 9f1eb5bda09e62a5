//! The way out of a socket. All that is written to it comes through here, in whole frames and in one order: what its room
//! writes, what its own task says, and what the protocol answers.

use std::{
    future::poll_fn,
    io::{self, IoSlice},
    sync::atomic::{AtomicBool, AtomicU8, Ordering},
    task::Poll,
};

use admission::Permit;
use futures_util::task::AtomicWaker;
use parking_lot::Mutex;
use rooms::hub::{Batch, Cursor, Fit, Outlet, put_text};
use tokio::net::tcp::OwnedWriteHalf;
use wire::domain::Seq;

use super::heartbeat::{Alive, Beat, Pulse};

/// Bytes for what waits that are kept when nothing does.
const KEPT: usize = 512;

/// Bytes that may wait when the protocol answers a peer that does not read.
const ANSWERS_MAX: usize = 64 * 1024;

/// A socket's way out, for its room and its own task.
pub(super) struct Outbound {
    stream: OwnedWriteHalf,
    /// Held for a write at most. The room never waits for it.
    state: Mutex<State>,
    has_left: AtomicBool,
    pulse: Pulse,
    /// What the own task is called for.
    calls: AtomicU8,
    task: AtomicWaker,
    /// The connection's place.
    _permit: Option<Permit>,
}

#[derive(Default)]
struct State {
    /// Where the socket is, while its room writes to it. Its own task has the cursor otherwise.
    follows: Option<Cursor>,
    /// Whole frames, of the first of which a part may be gone.
    unsent: Vec<u8>,
    /// Bytes of `unsent` that are gone.
    gone: usize,
    /// Bytes that were taken so far.
    taken: u64,
}

/// What a socket's own task is called for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Calls(u8);

impl Calls {
    /// To go on from its own cursor.
    const LOOK: Self = Self(1);
    /// To write what waits.
    const FLUSH: Self = Self(2);
    /// To ask for a sign of life.
    const PING: Self = Self(4);
    /// To give up.
    const GONE: Self = Self(8);

    const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn look(self) -> bool {
        self.has(Self::LOOK)
    }

    pub(super) const fn ping(self) -> bool {
        self.has(Self::PING)
    }

    pub(super) const fn gone(self) -> bool {
        self.has(Self::GONE)
    }
}

impl Outbound {
    pub(super) fn new(stream: OwnedWriteHalf, permit: Option<Permit>) -> Self {
        Self {
            stream,
            state: Mutex::default(),
            has_left: AtomicBool::new(false),
            pulse: Pulse::default(),
            calls: AtomicU8::new(0),
            task: AtomicWaker::new(),
            _permit: permit,
        }
    }

    /// Waits until the own task is called. Cancel safe.
    pub(super) async fn called(&self) -> Calls {
        poll_fn(|context| {
            self.task.register(context.waker());
            match self.calls.swap(0, Ordering::AcqRel) {
                0 => Poll::Pending,
                calls => Poll::Ready(Calls(calls)),
            }
        })
        .await
    }

    fn call_for(&self, call: Calls) {
        // Who is called for it already comes.
        if self.calls.fetch_or(call.0, Ordering::AcqRel) & call.0 == 0 {
            self.task.wake();
        }
    }

    /// Has the room write from here on.
    pub(super) fn follow(&self, cursor: Cursor) {
        self.state.lock().follows = Some(cursor);
    }

    /// Has the room write no more, until it is told to again: where it has got to.
    pub(super) fn take_over(&self) -> Option<Cursor> {
        self.state.lock().follows.take()
    }

    /// Puts a frame of text behind what waits. Returns how many bytes wait.
    pub(super) fn queue_text(&self, text: &[u8]) -> usize {
        let mut state = self.state.lock();
        put_text(text, &mut state.unsent);
        state.waiting().len()
    }

    /// Puts a whole frame behind what waits, unless too much does.
    pub(super) fn queue_answer(&self, frame: &[u8]) -> bool {
        let mut state = self.state.lock();
        let has_room = state.waiting().len() <= ANSWERS_MAX;
        if has_room {
            state.unsent.extend(frame);
        }
        has_room
    }

    /// Writes as much as the socket takes at once; whether that was all. The own task is called for the rest.
    ///
    /// # Errors
    /// The peer is gone.
    pub(super) fn flush(&self) -> io::Result<bool> {
        let all = self.state.lock().flush(&self.stream)?;
        if !all {
            self.call_for(Calls::FLUSH);
        }
        Ok(all)
    }

    /// The same, unless the room is about to write the entry `seq`: then it all goes out in one write.
    ///
    /// # Errors
    /// The peer is gone.
    pub(super) fn flush_unless_brought(&self, seq: Seq) -> io::Result<bool> {
        let mut state = self.state.lock();
        // Whoever waits for it is in the feed already, so that the room's task comes by, and finds what waits.
        if state.follows.is_some_and(|cursor| cursor.seq() < seq) {
            return Ok(true);
        }
        state.flush(&self.stream)
    }

    /// Waits until the socket may take more.
    ///
    /// # Errors
    /// The peer is gone.
    pub(super) async fn writable(&self) -> io::Result<()> {
        self.stream.writable().await
    }

    /// Bytes that the peer's system has taken so far.
    pub(super) fn taken(&self) -> u64 {
        self.state.lock().taken
    }
}

impl State {
    fn waiting(&self) -> &[u8] {
        self.unsent.get(self.gone..).unwrap_or_default()
    }

    fn sent(&mut self, bytes: usize) {
        self.taken += bytes as u64;
        self.gone += bytes;
        if self.gone >= self.unsent.len() {
            self.gone = 0;
            self.unsent.clear();
            if self.unsent.capacity() > KEPT {
                self.unsent = Vec::new();
            }
        }
    }

    fn flush(&mut self, stream: &OwnedWriteHalf) -> io::Result<bool> {
        while !self.waiting().is_empty() {
            match stream.try_write(self.waiting()) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(bytes) => self.sent(bytes),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// Writes a batch, if it is what comes next: how many of its frames, and what the own task has to do.
    fn deliver(&mut self, batch: &Batch, stream: &OwnedWriteHalf) -> (u64, Option<Calls>) {
        let fit = self.follows.map_or(Fit::Apart, |cursor| batch.fit(&cursor));
        let waiting = self.waiting();
        let written = match fit {
            Fit::Next if waiting.is_empty() => stream.try_write(batch.bytes()),
            Fit::Next => stream.try_write_vectored(&[IoSlice::new(waiting), IoSlice::new(batch.bytes())]),
            Fit::Known => return (0, (!waiting.is_empty()).then_some(Calls::FLUSH)),
            Fit::Apart => return (0, Some(Calls::LOOK)),
        };
        let before = waiting.len();
        // A connection that is broken is found to be so by its own task.
        let Ok(written) = written else {
            return (0, Some(Calls::LOOK));
        };
        if written <= before {
            self.sent(written);
            return (0, Some(Calls::LOOK));
        }
        self.sent(before);
        let of_batch = written - before;
        self.taken += of_batch as u64;
        if of_batch == batch.bytes().len() {
            self.follows = Some(batch.end());
            return (batch.frames(), None);
        }
        let cut = batch.cut(of_batch);
        self.unsent.extend(cut.rest);
        self.follows = Some(cut.cursor);
        (cut.frames, Some(Calls::LOOK))
    }
}

impl Outlet for Outbound {
    fn deliver(&self, batch: &Batch) -> u64 {
        let Some(mut state) = self.state.try_lock() else {
            // Its own task is at it: it shall see to this, too.
            self.call_for(Calls::LOOK);
            return 0;
        };
        let (frames, call) = state.deliver(batch, &self.stream);
        drop(state);
        if let Some(call) = call {
            self.call_for(call);
        }
        frames
    }

    fn call(&self) {
        self.call_for(Calls::LOOK);
    }

    fn leave(&self) {
        self.take_over();
        self.has_left.store(true, Ordering::Release);
    }

    fn has_left(&self) -> bool {
        self.has_left.load(Ordering::Acquire)
    }
}

impl Alive for Outbound {
    fn pulse(&self) -> &Pulse {
        &self.pulse
    }

    fn beat(&self, beat: Beat) {
        match beat {
            Beat::Wait(_) => {}
            Beat::Ping => self.call_for(Calls::PING),
            Beat::Gone => self.call_for(Calls::GONE),
        }
    }
}

#[cfg(test)]
mod tests;
