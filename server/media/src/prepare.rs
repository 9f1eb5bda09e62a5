//! What a file is made into: what it is by its content, without its metadata, whole.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use wire::domain::MediaType;

use crate::{Prepared, audio, gif, picture, refusals::Refused, sniff::sniff};

/// What is done to a file in the decoder's process.
///
/// # Errors
/// [`Refused`].
pub fn prepare(bytes: &Bytes) -> Result<Prepared, Refused> {
    // A decoder that panics has found a broken file: the library's do, here and there. Nothing of it is used again.
    catch_unwind(AssertUnwindSafe(|| of_its_kind(bytes))).unwrap_or(Err(Refused::Unsupported))
}

fn of_its_kind(bytes: &Bytes) -> Result<Prepared, Refused> {
    match sniff(bytes).ok_or(Refused::Unsupported)? {
        media_type @ (MediaType::Jpeg | MediaType::Png | MediaType::Webp) => picture::prepare(media_type, bytes),
        MediaType::Gif => gif::prepare(bytes),
        media_type @ (MediaType::WebmAudio | MediaType::OggAudio | MediaType::Mp4Audio) => {
            audio::prepare(media_type, bytes)
        }
    }
}
