//! Following a room without being connected: who only reads is not online.

use std::sync::Arc;

use admission::too_many;
use store::{Logged, Page};
use wire::{
    domain::{Epoch, RoomId, Seq, Token},
    error::{AppError, Code},
};

use super::{Resume, RoomService};
use crate::handle::{Reader, Subscription};

/// Entries read from the log at once for a reader that is behind.
const PAGE: usize = 100;

/// A reader's place in a room.
pub struct Following {
    service: Arc<RoomService>,
    /// Which log it is.
    pub epoch: Epoch,
    /// The reader's own cursor was of no use: what comes is all there is.
    pub resync: bool,
    feed: Subscription,
    /// The log's last entry at the beginning: what is before it may not be in the feed.
    last: Seq,
    reader: Reader,
}

/// What is new for a reader.
pub enum News {
    /// Entries that follow each other.
    Entries(Vec<Logged>),
    /// The room is over, or cannot be read.
    End(AppError),
}

impl RoomService {
    /// Follows a room from a cursor on.
    ///
    /// # Errors
    /// `unknown_chat`, `ended`, `expired`, `not_joined`, `rate_limited` for one with too many readers, `unavailable`.
    pub async fn follow(
        self: &Arc<Self>,
        id: &RoomId,
        token: Option<&Token>,
        resume: &Resume,
    ) -> Result<Following, AppError> {
        let room = self.parts.rooms.hold(id);
        let (_, member) = self.arrival(&room, token, 0).await?;
        let reader = room.reader(&member.id).ok_or_else(too_many)?;
        // In this order: whatever is appended after the look at the position is in the feed.
        let mut feed = room.subscribe();
        // Asked again: a removal before the reader was known has not dismissed it.
        let (arrival, _) = self.arrival(&room, token, 0).await?;
        let position = match arrival.position {
            Some(position) => position,
            None => self.position(id).await?,
        };
        let (start, resync) = self.start(&room, &member.id, &position, resume);
        feed.start_after(start);
        Ok(Following {
            service: Arc::clone(self),
            epoch: position.epoch,
            resync,
            feed,
            last: position.last,
            reader,
        })
    }
}

impl Following {
    /// Waits for news. Cancel safe: what was not returned is returned the next time.
    pub async fn news(&mut self) -> News {
        let mut behind = self.feed.seq() < self.last;
        loop {
            if self.reader.dismissed().is_cancelled() {
                return News::End(Code::Removed.into());
            }
            if behind {
                return self.replay().await;
            }
            let from = self.feed.seq();
            let taken = self.feed.take_entries();
            if !taken.frames.is_empty() {
                let frames = (from.0 + 1..).map(Seq).zip(taken.frames);
                return News::Entries(frames.map(|(seq, frame)| Logged { seq, frame }).collect());
            }
            if let Some(reason) = taken.ended {
                return News::End(Code::from(reason).into());
            }
            behind = taken.behind;
            if !behind {
                self.feed.changed().await;
            }
        }
    }

    /// Waits until there is nothing more to be told but why: the room is over, or the reader was removed. Cancel safe.
    pub async fn over(&mut self) -> AppError {
        tokio::select! {
            reason = self.feed.ended() => Code::from(reason).into(),
            () = self.reader.dismissed().cancelled() => Code::Removed.into(),
        }
    }

    async fn replay(&mut self) -> News {
        let cursor = self.feed.seq();
        match self
            .service
            .page(self.reader.room().id(), Page::After(cursor, PAGE))
            .await
        {
            // A live room's buffer may have moved on: whoever comes again is told to begin anew.
            Ok(entries) if entries.first().map(|entry| entry.seq) != Some(cursor.next()) => {
                News::End(Code::Unavailable.into())
            }
            Ok(entries) => {
                if let Some(last) = entries.last() {
                    self.feed.start_after(last.seq);
                }
                News::Entries(entries)
            }
            Err(error) => News::End(error),
        }
    }
}
