//! Why a file is not taken, and what its sender is told.

use std::io;

use admission::{Exhausted, Resource};
use wire::error::{AppError, Code};

use crate::store::MediaStoreError;

/// How long (s) to wait where the disk or the bucket fails.
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
    #[error(transparent)]
    Busy(#[from] Exhausted),
    /// Nothing decodes it.
    #[error("no decoder could be started, or it came to no end: {0}")]
    Decoder(#[from] io::Error),
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unsupported => Code::UnsupportedMedia.into(),
            Refused::TooLarge => Self::with_detail(Code::TooLarge, "That picture has too many pixels to be shared."),
        }
    }
}

impl From<MediaStoreError> for AppError {
    fn from(error: MediaStoreError) -> Self {
        match error {
            MediaStoreError::Missing => Code::UnknownMedia.into(),
            MediaStoreError::Store(_) => {
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
            Unprepared::Busy(exhausted) => exhausted.into(),
            Unprepared::Decoder(error) => {
                tracing::error!(%error, "a file could not be decoded");
                Resource::Uploads.exhausted().into()
            }
        }
    }
}
