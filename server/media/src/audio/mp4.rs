//! MP4: sound alone, without what it says of its place and its maker.

/// How far boxes may be in each other: sound is six deep.
const DEPTH_MAX: u8 = 8;

/// Kinds of samples in a track, at most.
const KINDS_MAX: u32 = 16;

/// What was found.
#[derive(Default)]
struct Tracks {
    sound: bool,
    other: bool,
}

/// The file with its metadata made into free space of the same length, if all that is in it is sound.
pub(super) fn prepare(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = bytes.to_vec();
    let mut tracks = Tracks::default();
    boxes(&mut file, 0, &mut tracks)?;
    (tracks.sound && !tracks.other).then_some(file)
}

/// Goes through the boxes of a box, each of them once. `depth` bounds how far into each other they may be.
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
            b"moov" | b"trak" | b"mdia" | b"minf" | b"stbl" | b"moof" | b"traf" | b"mvex" if depth < DEPTH_MAX => {
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
            b"stsd" => match is_sound(content)? {
                true => tracks.sound = true,
                false => tracks.other = true,
            },
            _ => {}
        }
        rest = next;
    }
    Some(())
}

/// Whether all kinds of samples are sound that browsers record. They are counted, then each has its length and its name.
fn is_sound(content: &[u8]) -> Option<bool> {
    let count = u32::from_be_bytes(*content.get(4..)?.first_chunk()?);
    if !(1..=KINDS_MAX).contains(&count) {
        return None;
    }
    let mut rest = content.get(8..)?;
    for _ in 0..count {
        let length = u32::from_be_bytes(*rest.first_chunk()?);
        if !matches!(rest.get(4..8)?, b"mp4a" | b"Opus") {
            return Some(false);
        }
        rest = rest.get(usize::try_from(length).ok()?.max(8)..)?;
    }
    Some(true)
}
