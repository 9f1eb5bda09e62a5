//! Why a file is not taken, and what its sender is told.

use std::io;

use wire::error::{AppError, Code};

use crate::{shares::Full, shelf::ShelfError};

/// How long (s) to wait where too many files are under way: the work on most takes less than one.
const RETRY_UPLOAD: u32 = 3;

/// The same, where the disk or the bucket fails.
const RETRY_STORE: u32 = 2;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is nothing that can be shared, or broken.
    #[error("not a kind of file that can be shared")]
    Unsupported,
    /// It would become too large where it is shown: too many pixels or frames.
    #[error("too many pixels or frames")]
    TooLarge,
}

/// Why a file was not made fit to be shared.
#[derive(Debug, thiserror::Error)]
pub enum Unprepared {
    /// It is not to be.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Too much is waiting.
    #[error("too many files wait to be handled")]
    Busy,
    /// Nothing decodes it.
    #[error("no decoder could be started, or it came to no end: {0}")]
    Decoder(#[from] io::Error),
}

impl From<Full> for Unprepared {
    fn from(_: Full) -> Self {
        Self::Busy
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unsupported => Code::UnsupportedMedia.into(),
            Refused::TooLarge => Self::with_detail(Code::TooLarge, "That picture has too many pixels to be shared."),
        }
    }
}

impl From<Full> for AppError {
    fn from(_: Full) -> Self {
        let detail = "A lot is being shared right now. Please try again in a moment.";
        Self::with_detail(Code::Unavailable, detail).retry_after(RETRY_UPLOAD)
    }
}

impl From<ShelfError> for AppError {
    fn from(error: ShelfError) -> Self {
        match error {
            ShelfError::Missing => Code::UnknownMedia.into(),
            ShelfError::Store(_) => {
                tracing::error!(%error, "the store failed");
                Self::new(Code::Unavailable).retry_after(RETRY_STORE)
            }
        }
    }
}

impl From<Unprepared> for AppError {
    fn from(unprepared: Unprepared) -> Self {
        match unprepared {
            Unprepared::Refused(refused) => refused.into(),
            Unprepared::Busy => Full.into(),
            Unprepared::Decoder(error) => {
                tracing::error!(%error, "a file could not be decoded");
                Full.into()
            }
        }
    }
}
