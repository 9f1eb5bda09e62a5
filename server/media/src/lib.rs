//! Pictures and recordings: what may come in, what is left of it, where it is kept.
//!
//! - [`Workshop`]: takes bytes that somebody sent and returns those that others may get, or says why not;
//! - [`MediaStore`]: keeps bytes, stored rooms' on the disk or in a bucket, live rooms' in memory.
//!
//! What a file is, its content says, never its sender. First its metadata (where it was taken, by whom, with which
//! device) is removed, and all that is compressed or counted in it bounded; then a picture is decoded once, in a process
//! of its own, so that what is kept is one; and what its orientation says is done.
//!
//! *Architecture invariant:* knows no room's rules.

mod audio;
mod decoder;
mod encode;
mod gif;
mod picture;
mod prepare;
mod refusals;
mod small;
mod sniff;
mod store;
mod strip;
mod upload;
mod workshop;

use bytes::Bytes;
use wire::domain::{MediaType, Side};

pub use self::{
    decoder::{DECODE, decode},
    prepare::prepare,
    refusals::{Refused, Unprepared},
    store::{BucketUrl, MediaStore, MediaStoreError, NoMediaStore, Slice},
    upload::Upload,
    workshop::Workshop,
};

/// A file as others may get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it is.
    pub media_type: MediaType,
    /// All of it.
    pub bytes: Bytes,
    /// A picture's width and height, upright.
    pub sides: Option<(Side, Side)>,
    /// A smaller copy of a large picture that stands still.
    pub small: Option<Box<Prepared>>,
}

/// Pixels of a picture, at most: what cameras take, and about 100 MB when it is decoded.
const PIXELS_MAX: u64 = 32_000_000;

/// Pictures in an animation, at most: half a minute of a fluent one.
const FRAMES_MAX: usize = 1_000;

/// A picture's sides, if they are within bounds.
fn sides(width: u32, height: u32) -> Result<(Side, Side), Refused> {
    let side = |pixels: u32| match Side::try_from(pixels) {
        Ok(side) => Ok(side),
        Err(_) if pixels == 0 => Err(Refused::Unsupported),
        Err(_) => Err(Refused::TooLarge),
    };
    if u64::from(width) * u64::from(height) > PIXELS_MAX {
        return Err(Refused::TooLarge);
    }
    Ok((side(width)?, side(height)?))
}

#[cfg(test)]
mod tests;
