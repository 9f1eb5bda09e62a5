//! PNG: chunks of the picture or animation, up to its end.

use std::io::{self, Read};

use flate2::{Crc, read::ZlibDecoder};
use image::metadata::Orientation;

use super::{
    super::{FRAMES_MAX, sides},
    PARTS_MAX, PROFILE_MAX, Stripped, exif, orientation, take,
};

const KEPT: [&[u8; 4]; 13] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"acTL", b"fcTL", b"fdAT",
];

struct Chunk<'a> {
    kind: [u8; 4],
    content: &'a [u8],
    /// Length, kind, content and checksum.
    all: &'a [u8],
}

impl<'a> Chunk<'a> {
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        let head = *rest.first_chunk::<8>()?;
        let [a, b, c, d, kind @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        let all = take(rest, length.checked_add(12)?)?;
        let content = all.get(8..8 + length)?;
        Some(Self { kind, content, all })
    }
}

pub(super) fn strip(mut rest: &[u8]) -> Option<Stripped> {
    let mut bytes = Vec::with_capacity(rest.len());
    bytes.extend_from_slice(take(&mut rest, 8)?);
    let chunks = chunks(rest)?;
    let canvas = chunks.first().filter(|first| first.kind == *b"IHDR")?.content;
    let (width, height) = (number(canvas, 0)?, number(canvas, 4)?);
    let moves = is_animation(&chunks, (width, height))?;
    let orientation = chunks
        .iter()
        .find(|chunk| chunk.kind == *b"eXIf")
        .map_or(Orientation::NoTransforms, |chunk| orientation(chunk.content));
    let mut profiles = 0;
    for (n, chunk) in chunks.iter().enumerate() {
        let is_kept = KEPT.contains(&&chunk.kind);
        if is_kept && chunk.kind == *b"iCCP" {
            profiles += 1;
            if profiles > 1 || !is_bounded(chunk.content) {
                continue;
            }
        }
        if is_kept {
            bytes.extend_from_slice(chunk.all);
        }
        if n == 0 && moves && orientation != Orientation::NoTransforms {
            put(&mut bytes, *b"eXIf", &exif(orientation))?;
        }
    }
    Some(Stripped {
        bytes,
        orientation,
        moves,
    })
}

/// All chunks up to the end of the picture.
fn chunks(mut rest: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let mut chunks = Vec::new();
    while chunks.len() < PARTS_MAX {
        let chunk = Chunk::take(&mut rest)?;
        let is_end = chunk.kind == *b"IEND";
        chunks.push(chunk);
        if is_end {
            return Some(chunks);
        }
    }
    None
}

/// Whether it moves. `None` when its frames are too many, or do not lie within the picture.
fn is_animation(chunks: &[Chunk<'_>], (width, height): (u32, u32)) -> Option<bool> {
    let mut frames = 0;
    for frame in chunks.iter().filter(|chunk| chunk.kind == *b"fcTL") {
        frames += 1;
        // Its number, its sides, its place.
        let [w, h, x, y] = [4, 8, 12, 16].map(|at| number(frame.content, at));
        let (w, h) = (w?, h?);
        sides(w, h).ok()?;
        if frames > FRAMES_MAX || x?.checked_add(w)? > width || y?.checked_add(h)? > height {
            return None;
        }
    }
    Some(chunks.iter().any(|chunk| chunk.kind == *b"acTL"))
}

/// Whether a profile is one, and no larger than one may be. It is inflated no further than that, and not kept.
fn is_bounded(profile: &[u8]) -> bool {
    // A name of up to 79 bytes, zero, and the method, which is zero as well.
    let Some(name) = profile.iter().take(80).position(|byte| *byte == 0) else {
        return false;
    };
    let compressed = profile.get(name + 2..).unwrap_or_default();
    let most = PROFILE_MAX as u64;
    let inflated = io::copy(&mut ZlibDecoder::new(compressed).take(most + 1), &mut io::sink());
    inflated.is_ok_and(|length| length <= most)
}

fn number(content: &[u8], at: usize) -> Option<u32> {
    content.get(at..)?.first_chunk().copied().map(u32::from_be_bytes)
}

fn put(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Option<()> {
    let mut sum = Crc::new();
    sum.update(&kind);
    sum.update(content);
    file.extend_from_slice(&u32::try_from(content.len()).ok()?.to_be_bytes());
    file.extend_from_slice(&kind);
    file.extend_from_slice(content);
    file.extend_from_slice(&sum.sum().to_be_bytes());
    Some(())
}
