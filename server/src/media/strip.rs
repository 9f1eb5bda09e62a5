//! Removes from a picture's file all that is not the picture. The compressed pixels stay as they are.
//!
//! By our own hands, as libraries keep what follows the picture, such as a second one with its own metadata. What is
//! kept is listed; all else goes. A file that does not go by its own structure is refused.

use app::domain::MediaType;

use super::{FRAMES_MAX, Refused};

pub(super) fn strip(media_type: MediaType, bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    match media_type {
        MediaType::Jpeg => jpeg(bytes),
        MediaType::Png => png(bytes),
        _ => webp(bytes),
    }
    .ok_or(Refused::Unsupported)
}

/// Whether a stripped picture is an animation: its first frame alone would be another picture.
pub(super) fn moves(media_type: MediaType, stripped: &[u8]) -> bool {
    /// Where `VP8X`, which comes first, says so.
    const FLAGS: usize = 20;
    const ANIMATED: u8 = 0x02;
    match media_type {
        MediaType::Webp => {
            stripped.get(12..16) == Some(b"VP8X") && stripped.get(FLAGS).is_some_and(|flags| flags & ANIMATED != 0)
        }
        // Said before the first frame. Found within one, by chance, it costs that picture its small copy.
        MediaType::Png => stripped.windows(4).any(|kind| kind == b"acTL"),
        _ => false,
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// Segments up to the end of the picture: those that decode it, and those that say what its colours are.
fn jpeg(mut rest: &[u8]) -> Option<Vec<u8>> {
    const START: u8 = 0xD8;
    const END: u8 = 0xD9;
    const SCAN: u8 = 0xDA;
    let mut kept = Vec::with_capacity(rest.len());
    kept.extend_from_slice(take(&mut rest, 2).filter(|start| *start == [0xFF, START])?);
    loop {
        if take(&mut rest, 1)? != [0xFF] {
            return None;
        }
        let mut marker = take(&mut rest, 1)?[0];
        while marker == 0xFF {
            marker = take(&mut rest, 1)?[0];
        }
        if marker == END {
            kept.extend_from_slice(&[0xFF, END]);
            return Some(kept);
        }
        let length = usize::from(u16::from_be_bytes(rest.first_chunk().copied()?));
        let segment = take(&mut rest, length)?;
        let content = segment.get(2..)?;
        let keep = match marker {
            // JFIF; its extension is a small copy of the picture.
            0xE0 => content.starts_with(b"JFIF\0"),
            0xE2 => content.starts_with(b"ICC_PROFILE\0"),
            // Adobe's, without which some colours are decoded wrongly.
            0xEE => content.starts_with(b"Adobe"),
            // All other applications', and comments.
            0xE0..=0xEF | 0xFE => false,
            _ => true,
        };
        if keep {
            kept.extend_from_slice(&[0xFF, marker]);
            kept.extend_from_slice(segment);
        }
        if marker == SCAN {
            // The pixels go up to the next marker; zero (a byte that is no marker) and restarts are within.
            let pixels = rest
                .windows(2)
                .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF))?;
            kept.extend_from_slice(take(&mut rest, pixels)?);
        }
    }
}

/// Chunks of the picture or animation, up to its end.
fn png(mut rest: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 13] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"acTL", b"fcTL",
        b"fdAT",
    ];
    let mut frames = 0;
    let mut kept = Vec::with_capacity(rest.len());
    kept.extend_from_slice(take(&mut rest, 8)?);
    loop {
        let head = *rest.first_chunk::<8>()?;
        let [a, b, c, d, kind @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        // Length, kind and checksum.
        let chunk = take(&mut rest, length.checked_add(12)?)?;
        if KEPT.contains(&&kind[..]) {
            kept.extend_from_slice(chunk);
        }
        if kind == *b"fcTL" {
            frames += 1;
        }
        if kind == *b"IEND" {
            return (frames <= FRAMES_MAX).then_some(kept);
        }
    }
}

/// Chunks of the picture or animation.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: [&[u8]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    /// What `VP8X` says to follow.
    const EXIF_AND_XMP: u8 = 0x08 | 0x04;
    let mut kept = bytes.get(..12)?.to_vec();
    let mut frames = 0;
    for (kind, content) in riff(bytes, 12)? {
        if !KEPT.contains(&&kind[..]) {
            continue;
        }
        let start = kept.len() + 8;
        if kind == *b"ANMF" {
            frames += 1;
            // Sixteen bytes of place and time, then chunks of its own.
            let mut frame = content.get(..16)?.to_vec();
            let mut pictures = 0;
            for (kind, content) in riff(content, 16)? {
                if [b"ALPH", b"VP8 ", b"VP8L"].contains(&&kind) {
                    put_chunk(&mut frame, kind, content)?;
                    pictures += usize::from(kind != *b"ALPH");
                }
            }
            // Without one, the file would be broken by what was removed.
            if pictures != 1 {
                return None;
            }
            put_chunk(&mut kept, kind, &frame)?;
        } else {
            put_chunk(&mut kept, kind, content)?;
        }
        if kind == *b"VP8X" {
            *kept.get_mut(start)? &= !EXIF_AND_XMP;
        }
    }
    let length = u32::try_from(kept.len() - 8).ok()?.to_le_bytes();
    kept[4..8].copy_from_slice(&length);
    (frames <= FRAMES_MAX).then_some(kept)
}

/// The chunks of a RIFF container after a head of so many bytes.
fn riff(bytes: &[u8], head: usize) -> Option<Vec<([u8; 4], &[u8])>> {
    let mut rest = bytes.get(head..)?;
    let mut chunks = Vec::new();
    // What is shorter than a chunk's own head is padding.
    while let Some(&[k, i, n, d, length @ ..]) = rest.first_chunk::<8>() {
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        take(&mut rest, 8)?;
        chunks.push(([k, i, n, d], take(&mut rest, length)?));
        if length % 2 == 1 && !rest.is_empty() {
            take(&mut rest, 1)?;
        }
    }
    Some(chunks)
}

fn put_chunk(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Option<()> {
    file.extend_from_slice(&kind);
    file.extend_from_slice(&u32::try_from(content.len()).ok()?.to_le_bytes());
    file.extend_from_slice(content);
    if content.len() % 2 == 1 {
        file.push(0);
    }
    Some(())
}
