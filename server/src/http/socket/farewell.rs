//! How a socket comes to its end, and what its peer is told.

use std::time::Duration;

use rooms::hub::encode;
use tokio::time::timeout;
use wire::{
    error::{AppError, Code},
    protocol::{EndReason, ServerFrame, close},
};

use super::{frames::Refusal, line::Line};

/// How long a goodbye waits to be heard and returned.
const GOODBYE_WITHIN: Duration = Duration::from_secs(1);

/// Why a connection ends.
#[derive(Debug)]
pub(super) enum Farewell {
    /// There is nobody to be told anything any more.
    Gone,
    /// The peer said goodbye: it is returned (RFC 6455, 5.5.1).
    Returned,
    /// Closed without more words.
    Close(u16, &'static str),
    /// The peer may not be here.
    Refused(AppError),
    /// The room is over.
    Over(EndReason),
}

impl Farewell {
    pub(super) fn refused(code: Code) -> Self {
        Self::Refused(code.into())
    }

    /// The log cannot be read. That of a room in the moment of its end is closed before people are told.
    pub(super) fn unreadable(error: AppError) -> Self {
        match error.code {
            Code::Ended => Self::Over(EndReason::Ended),
            Code::Expired => Self::Over(EndReason::Expired),
            _ => Self::Refused(error),
        }
    }

    pub(super) const fn going_away() -> Self {
        Self::Close(close::GOING_AWAY, "the server is going away")
    }

    pub(super) const fn left() -> Self {
        Self::Close(close::REMOVED, "left in another window")
    }

    pub(super) const fn too_slow() -> Self {
        Self::Close(close::TOO_SLOW, "too slow: connect again and resume")
    }

    /// Tells the peer, in so far as it still listens.
    pub(super) async fn say(self, mut line: Line) {
        let goodbye = async {
            match self {
                Self::Gone => Ok(()),
                Self::Returned => line.return_goodbye().await,
                Self::Close(code, reason) => line.close(code, reason).await,
                Self::Over(reason) => {
                    line.queue(encode(&ServerFrame::Ended { reason })).await?;
                    line.close(over(reason), "the chat is over").await
                }
                Self::Refused(error) => {
                    let (code, title) = (refused(error.code), error.code.title());
                    line.refuse(Refusal::new(error, None)).await?;
                    line.close(code, title).await
                }
            }
        };
        // Whether the peer has heard it or not, the connection is dropped here.
        let _ = timeout(GOODBYE_WITHIN, goodbye).await;
    }
}

const fn refused(code: Code) -> u16 {
    match code {
        Code::Ended => close::ENDED,
        Code::Expired => close::EXPIRED,
        Code::Removed => close::REMOVED,
        // Not the peer's fault: it shall try again.
        Code::Unavailable | Code::Internal => close::GOING_AWAY,
        _ => close::POLICY,
    }
}

const fn over(reason: EndReason) -> u16 {
    match reason {
        EndReason::Ended => close::ENDED,
        EndReason::Expired => close::EXPIRED,
    }
}
