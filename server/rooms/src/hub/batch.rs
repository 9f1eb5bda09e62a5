//! What all sockets of a room are sent at once.

use bytes::Bytes;
use wire::domain::Seq;

use super::cursor::Cursor;

/// One encoded frame, shared by all who get it.
pub type Frame = Bytes;

/// Bytes of the longest head.
const HEAD_MAX: usize = 10;

/// Frames that follow each other, as they go over the wire: nothing that a server sends is masked, so the bytes are the
/// same for everybody.
#[derive(Debug)]
pub struct Batch {
    from: Cursor,
    to: Cursor,
    bytes: Vec<u8>,
    /// Where in `bytes` each frame ends.
    ends: Vec<usize>,
    /// So many of the frames are entries. They come first.
    entries: usize,
    /// So many are of typing. They come next; what is left are changes of who is connected.
    signals: usize,
}

/// What a batch is to a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// What comes next.
    Next,
    /// Nothing new.
    Known,
    /// Neither: the socket goes on from its own cursor.
    Apart,
}

/// What is left of a batch of which a socket has taken a part.
#[derive(Debug, PartialEq, Eq)]
pub struct Cut<'a> {
    /// The rest of the frame that was begun: it has to follow before anything else.
    pub rest: &'a [u8],
    /// Behind that frame.
    pub cursor: Cursor,
    /// Frames that were begun.
    pub frames: u64,
}

impl Batch {
    pub(super) fn new<'a>(
        from: Cursor,
        to: Cursor,
        entries: usize,
        signals: usize,
        frames: impl Iterator<Item = &'a Frame> + Clone,
    ) -> Self {
        let size = frames.clone().map(|frame| frame.len() + HEAD_MAX).sum();
        let (mut bytes, mut ends) = (Vec::with_capacity(size), Vec::with_capacity(frames.clone().count()));
        for frame in frames {
            put_text(frame, &mut bytes);
            ends.push(bytes.len());
        }
        Self {
            from,
            to,
            bytes,
            ends,
            entries,
            signals,
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// All of it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many frames there are.
    #[must_use]
    pub const fn frames(&self) -> u64 {
        self.ends.len() as u64
    }

    /// Where a socket is that has all of it.
    #[must_use]
    pub const fn end(&self) -> Cursor {
        self.to
    }

    /// What it is to a socket that is there.
    #[must_use]
    pub fn fit(&self, cursor: &Cursor) -> Fit {
        if *cursor == self.from {
            Fit::Next
        } else if cursor.has(&self.to) {
            Fit::Known
        } else {
            Fit::Apart
        }
    }

    /// What is left for a socket that has taken so many bytes, one or more and not all.
    #[must_use]
    pub fn cut(&self, taken: usize) -> Cut<'_> {
        let last = self.ends.partition_point(|end| *end < taken);
        let (begun, end) = (last + 1, self.ends.get(last).copied().unwrap_or(taken));
        Cut {
            rest: self.bytes.get(taken..end).unwrap_or_default(),
            cursor: self.behind(begun),
            frames: begun as u64,
        }
    }

    /// Behind so many of the frames.
    fn behind(&self, frames: usize) -> Cursor {
        let signals = frames.saturating_sub(self.entries).min(self.signals);
        let changes = frames.saturating_sub(self.entries + self.signals);
        Cursor {
            seq: Seq(self.from.seq.0 + frames.min(self.entries) as u64),
            signalled: self.to.signalled - (self.signals - signals) as u64,
            presence: self.from.presence + changes as u64,
        }
    }
}

/// Appends a frame of text with its head (RFC 6455, 5.2).
pub fn put_text(text: &[u8], bytes: &mut Vec<u8>) {
    const FINAL_TEXT: u8 = 0x81;
    bytes.push(FINAL_TEXT);
    match (u8::try_from(text.len()), u16::try_from(text.len())) {
        (Ok(length @ ..=125), _) => bytes.push(length),
        (_, Ok(length)) => {
            bytes.push(126);
            bytes.extend(length.to_be_bytes());
        }
        _ => {
            bytes.push(127);
            bytes.extend((text.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(text);
}
