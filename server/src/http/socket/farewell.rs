//! How a socket comes to its end, and what its peer is told.

use wire::{
    error::{AppError, Code},
    protocol::{EndReason, close},
};

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
}

pub(super) const fn refused(code: Code) -> u16 {
    match code {
        Code::Ended => close::ENDED,
        Code::Expired => close::EXPIRED,
        Code::Removed => close::REMOVED,
        // Not the peer's fault: it shall try again.
        Code::Unavailable | Code::Internal => close::GOING_AWAY,
        _ => close::POLICY,
    }
}

pub(super) const fn over(reason: EndReason) -> u16 {
    match reason {
        EndReason::Ended => close::ENDED,
        EndReason::Expired => close::EXPIRED,
    }
}
