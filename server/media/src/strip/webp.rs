//! WebP: chunks of the picture or animation.

use image::metadata::Orientation;

use super::{
    super::{FRAMES_MAX, sides},
    PARTS_MAX, PROFILE_MAX, Stripped, exif, orientation, take,
};

const KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// What `VP8X` says to follow.
const PROFILE: u8 = 0x20;
const EXIF: u8 = 0x08;
const XMP: u8 = 0x04;
const ANIMATED: u8 = 0x02;

/// A frame's place and sides, and how long it stands.
const FRAME_HEAD: usize = 16;

struct Chunk<'a> {
    kind: [u8; 4],
    content: &'a [u8],
}

pub(super) fn strip(bytes: &[u8]) -> Option<Stripped> {
    let chunks = riff(bytes, 12)?;
    let first = |kind: &[u8; 4]| chunks.iter().position(|chunk| chunk.kind == *kind);
    let has_profile = first(b"ICCP").is_some_and(|n| chunks[n].content.len() <= PROFILE_MAX);
    let orientation = first(b"EXIF").map_or(Orientation::NoTransforms, |n| orientation(chunks[n].content));
    // `VP8X` comes first, where there is one.
    let head = chunks.first().filter(|chunk| chunk.kind == *b"VP8X");
    let moves = head.is_some_and(|head| head.content.first().is_some_and(|flags| flags & ANIMATED != 0));
    let says_how = moves && orientation != Orientation::NoTransforms;
    let mut kept = bytes.get(..12)?.to_vec();
    let mut frames = 0;
    for (n, chunk) in chunks.iter().enumerate() {
        match &chunk.kind {
            b"VP8X" if n == 0 => {
                let mut head = chunk.content.to_vec();
                let flags = head.first_mut()?;
                *flags &= !(EXIF | XMP | if has_profile { 0 } else { PROFILE });
                *flags |= if says_how { EXIF } else { 0 };
                put(&mut kept, chunk.kind, &head)?;
            }
            b"ANMF" => {
                frames += 1;
                if frames > FRAMES_MAX {
                    return None;
                }
                put(&mut kept, chunk.kind, &frame(chunk.content, head?.content)?)?;
            }
            b"ICCP" if !has_profile || first(b"ICCP") != Some(n) => {}
            b"VP8X" => {}
            kind if KEPT.contains(&kind) => put(&mut kept, chunk.kind, chunk.content)?,
            _ => {}
        }
    }
    if says_how {
        put(&mut kept, *b"EXIF", &exif(orientation))?;
    }
    let length = u32::try_from(kept.len() - 8).ok()?.to_le_bytes();
    kept.get_mut(4..8)?.copy_from_slice(&length);
    Some(Stripped {
        bytes: kept,
        orientation,
        moves,
    })
}

/// A frame without what is no picture, if it lies within the canvas.
fn frame(content: &[u8], canvas: &[u8]) -> Option<Vec<u8>> {
    let mut kept = content.get(..FRAME_HEAD)?.to_vec();
    // Places are counted by twos, sides from one.
    let [x, y] = [0, 3].map(|at| number(content, at));
    let [w, h] = [6, 9].map(|at| number(content, at));
    let (w, h) = (w? + 1, h? + 1);
    sides(w, h).ok()?;
    if 2 * x? + w > number(canvas, 4)? + 1 || 2 * y? + h > number(canvas, 7)? + 1 {
        return None;
    }
    let mut pictures = 0;
    for Chunk { kind, content } in riff(content, FRAME_HEAD)? {
        if [b"ALPH", b"VP8 ", b"VP8L"].contains(&&kind) {
            put(&mut kept, kind, content)?;
            pictures += usize::from(kind != *b"ALPH");
        }
    }
    // Without one, the file would be broken by what was removed.
    (pictures == 1).then_some(kept)
}

/// The chunks of a RIFF container after a head of so many bytes.
fn riff(bytes: &[u8], head: usize) -> Option<Vec<Chunk<'_>>> {
    let mut rest = bytes.get(head..)?;
    let mut chunks = Vec::new();
    // What is shorter than a chunk's own head is padding.
    while let Some(&[k, i, n, d, length @ ..]) = rest.first_chunk::<8>() {
        let length = usize::try_from(u32::from_le_bytes(length)).ok()?;
        take(&mut rest, 8)?;
        let content = take(&mut rest, length)?;
        chunks.push(Chunk {
            kind: [k, i, n, d],
            content,
        });
        if length % 2 == 1 && !rest.is_empty() {
            take(&mut rest, 1)?;
        }
        if chunks.len() > PARTS_MAX {
            return None;
        }
    }
    Some(chunks)
}

/// Three bytes, the least first.
fn number(content: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = *content.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

fn put(file: &mut Vec<u8>, kind: [u8; 4], content: &[u8]) -> Option<()> {
    file.extend_from_slice(&kind);
    file.extend_from_slice(&u32::try_from(content.len()).ok()?.to_le_bytes());
    file.extend_from_slice(content);
    if content.len() % 2 == 1 {
        file.push(0);
    }
    Some(())
}
