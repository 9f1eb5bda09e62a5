//! Recordings: Opus in WebM or Ogg, AAC in MP4, as browsers record them.
//!
//! Kept as they come but for what an MP4 says about where and by whom it was made: players find sound by its place in
//! the file. None is decoded here; browsers do that in processes of their own.

use app::domain::MediaType;
use bytes::Bytes;

use super::{Prepared, Refused};

/// The head of a file, where recorders say what is in it.
const HEAD: usize = 4 * 1024;

pub(super) fn prepare(media_type: MediaType, bytes: &Bytes) -> Result<Prepared, Refused> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let has = |words: &[u8]| head.windows(words.len()).any(|window| window == words);
    let bytes = match media_type {
        MediaType::WebmAudio if has(b"webm") && has(b"A_OPUS") && !has(b"V_") => Some(bytes.clone()),
        MediaType::OggAudio if head.get(28..).is_some_and(|page| page.starts_with(b"OpusHead")) => Some(bytes.clone()),
        MediaType::Mp4Audio => mp4(bytes).map(Bytes::from),
        _ => None,
    };
    Ok(Prepared {
        media_type,
        bytes: bytes.ok_or(Refused::Unsupported)?,
        sides: None,
        small: None,
    })
}

/// What was found in an MP4.
#[derive(Default)]
struct Tracks {
    sound: bool,
    other: bool,
}

/// The file with its metadata made into free space of the same length.
fn mp4(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = bytes.to_vec();
    let mut tracks = Tracks::default();
    boxes(&mut file, 0, &mut tracks)?;
    (tracks.sound && !tracks.other).then_some(file)
}

/// Goes through the boxes of a box. `depth` bounds how far into each other they may be.
fn boxes(mut rest: &mut [u8], depth: u8, tracks: &mut Tracks) -> Option<()> {
    while !rest.is_empty() {
        let head: [u8; 8] = *rest.first_chunk()?;
        let [a, b, c, d, kind @ ..] = head;
        let (head, length) = match u32::from_be_bytes([a, b, c, d]) {
            // To the end of the file.
            0 => (8, rest.len()),
            1 => (
                16,
                usize::try_from(u64::from_be_bytes(*rest.get(8..)?.first_chunk()?)).ok()?,
            ),
            short => (8, usize::try_from(short).ok()?),
        };
        let (this, next) = rest.split_at_mut_checked(length)?;
        let content = this.get_mut(head..)?;
        match &kind {
            b"moov" | b"trak" | b"mdia" | b"minf" | b"stbl" | b"moof" | b"traf" | b"mvex" if depth < 8 => {
                boxes(content, depth + 1, tracks)?;
            }
            b"udta" | b"meta" | b"uuid" | b"free" | b"skip" => {
                content.fill(0);
                this.get_mut(4..8)?.copy_from_slice(b"free");
            }
            b"hdlr" => match content.get(8..12)? {
                b"soun" => {}
                _ => tracks.other = true,
            },
            // How many kinds of samples there are, then the first of them: its length and its kind.
            b"stsd" => match content.get(12..16)? {
                b"mp4a" => tracks.sound = true,
                _ => tracks.other = true,
            },
            _ => {}
        }
        rest = next;
    }
    Some(())
}
