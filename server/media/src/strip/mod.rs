//! Removes from a picture's file all that is not the picture. The compressed pixels stay as they are.
//!
//! By our own hands, as libraries keep what follows the picture, such as a second one with its own metadata. What is
//! kept is listed; all else goes. A file that does not go by its own structure is refused. This is also the first wall:
//! no decoder sees a file before it has passed here, and all that can be compressed or counted in one that has is bounded.

mod jpeg;
mod png;
mod webp;

use image::metadata::Orientation;
use wire::domain::MediaType;

use super::Refused;

/// Bytes of a colour profile, inflated, at most: those for print are the largest, with two or three megabytes. A larger
/// one is dropped, and the colours are taken as they usually are.
const PROFILE_MAX: usize = 4 * 1024 * 1024;

/// Parts of a file (chunks, segments), at most: ten megabytes in pieces of a few hundred bytes.
const PARTS_MAX: usize = 50_000;

/// What is left of a picture's file.
#[derive(Debug)]
pub(super) struct Stripped {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// How it is to be turned to stand upright. An animation still says so itself; a still picture does not any more.
    pub(super) orientation: Orientation,
    /// Whether it is an animation: its first frame alone would be another picture.
    pub(super) moves: bool,
}

/// The picture alone.
///
/// # Errors
/// [`Refused::Unsupported`] when it does not go by its own structure, or has more parts than any picture needs.
pub(super) fn strip(media_type: MediaType, bytes: &[u8]) -> Result<Stripped, Refused> {
    match media_type {
        MediaType::Jpeg => jpeg::strip(bytes),
        MediaType::Png => png::strip(bytes),
        _ => webp::strip(bytes),
    }
    .ok_or(Refused::Unsupported)
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// What EXIF says of the orientation. Some writers put a JPEG's name for it in front.
fn orientation(exif: &[u8]) -> Orientation {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

/// EXIF that says nothing but the orientation: for an animation, which only a browser can turn.
fn exif(orientation: Orientation) -> [u8; 26] {
    // Big-endian; one entry at 8: Orientation (0x0112), of the type SHORT (3), one of it; then the end.
    let mut exif = *b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    exif[19] = orientation.to_exif();
    exif
}
