//! Recordings: Opus in WebM or Ogg, AAC or Opus in MP4, as browsers record them.
//!
//! Kept as they come but for what an MP4 says about where and by whom it was made: players find sound by its place in
//! the file. None is decoded here; browsers do that in processes of their own. What a file holds is read from its
//! structure, never found by looking for words: sound may happen to hold any.

mod ebml;
mod mp4;

use bytes::Bytes;
use wire::domain::MediaType;

use super::{Prepared, Refused};

pub(super) fn prepare(media_type: MediaType, bytes: &Bytes) -> Result<Prepared, Refused> {
    let bytes = match media_type {
        MediaType::WebmAudio if ebml::is_opus(bytes) => Some(bytes.clone()),
        MediaType::OggAudio if is_opus_in_ogg(bytes) => Some(bytes.clone()),
        MediaType::Mp4Audio => mp4::prepare(bytes).map(Bytes::from),
        _ => None,
    };
    Ok(Prepared {
        media_type,
        bytes: bytes.ok_or(Refused::Unsupported)?,
        sides: None,
        small: None,
    })
}

/// Whether the first page holds the head of Opus alone, as the standard has it (RFC 7845, 3).
fn is_opus_in_ogg(bytes: &[u8]) -> bool {
    // 26 bytes of the page's head, the number of its parts, the length of each.
    bytes.get(26) == Some(&1) && bytes.get(28..).is_some_and(|page| page.starts_with(b"OpusHead"))
}
