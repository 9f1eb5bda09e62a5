//! JPEG: segments up to the end of the picture.

use image::metadata::Orientation;

use super::{PROFILE_MAX, Stripped, orientation, take};

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

/// Segments, at most. A profile has up to 255, the picture itself a few for each scan.
const SEGMENTS_MAX: usize = 4_096;

/// Times that a picture may be gone over, at most. Ten are usual in one that gets sharper as it loads; each costs as
/// much as decoding all of a simple one.
const SCANS_MAX: usize = 32;

struct Segment<'a> {
    marker: u8,
    /// Its length, and what is in it.
    all: &'a [u8],
    /// After the head of a scan, its pixels.
    pixels: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Takes the next one, or `None` at an end that the file does not have.
    fn take(rest: &mut &'a [u8]) -> Option<Self> {
        if take(rest, 1)? != [0xFF] {
            return None;
        }
        let mut marker = take(rest, 1)?[0];
        while marker == 0xFF {
            marker = take(rest, 1)?[0];
        }
        if marker == END {
            let all = &[];
            return Some(Self {
                marker,
                all,
                pixels: all,
            });
        }
        let length = usize::from(u16::from_be_bytes(rest.first_chunk().copied()?));
        let all = take(rest, length).filter(|all| all.len() >= 2)?;
        // The pixels go up to the next marker; zero (a byte that is no marker) and restarts are within.
        let pixels = match marker {
            SCAN => rest
                .windows(2)
                .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF))
                .unwrap_or(rest.len()),
            _ => 0,
        };
        let pixels = take(rest, pixels)?;
        Some(Self { marker, all, pixels })
    }

    fn content(&self) -> &'a [u8] {
        self.all.get(2..).unwrap_or_default()
    }

    fn is_profile(&self) -> bool {
        self.marker == 0xE2 && self.content().starts_with(b"ICC_PROFILE\0")
    }

    /// What it says of the orientation, if it is EXIF.
    fn orientation(&self) -> Option<Orientation> {
        (self.marker == 0xE1 && self.content().starts_with(b"Exif\0\0")).then(|| orientation(self.content()))
    }

    /// Whether it begins a picture, with its sides: a file has one.
    fn is_frame(&self) -> bool {
        matches!(self.marker, 0xC0..=0xCF) && !matches!(self.marker, 0xC4 | 0xC8 | 0xCC)
    }

    /// Whether it decodes the picture or says what its colours are.
    fn is_kept(&self, with_profile: bool) -> bool {
        match self.marker {
            // JFIF; its extension is a small copy of the picture.
            0xE0 => self.content().starts_with(b"JFIF\0"),
            0xE2 => with_profile && self.is_profile(),
            // Adobe's, without which some colours are decoded wrongly.
            0xEE => self.content().starts_with(b"Adobe"),
            // All other applications', and comments.
            0xE0..=0xEF | 0xFE => false,
            _ => true,
        }
    }
}

pub(super) fn strip(mut rest: &[u8]) -> Option<Stripped> {
    let file = rest.len();
    take(&mut rest, 2).filter(|start| *start == [0xFF, START])?;
    let mut segments = Vec::new();
    let mut scans = 0;
    loop {
        match Segment::take(&mut rest) {
            Some(Segment { marker: END, .. }) => break,
            Some(segment) => {
                scans += usize::from(segment.marker == SCAN);
                segments.push(segment);
            }
            // Cut off somewhere in its pixels: browsers show what has come of it, and so it is given an end.
            None if scans > 0 => break,
            None => return None,
        }
        if segments.len() > SEGMENTS_MAX || scans > SCANS_MAX {
            return None;
        }
    }
    if segments.iter().filter(|segment| segment.is_frame()).count() != 1 {
        return None;
    }
    let profile: usize = segments
        .iter()
        .filter(|segment| segment.is_profile())
        .map(|segment| segment.all.len())
        .sum();
    let mut bytes = Vec::with_capacity(file + 2);
    bytes.extend_from_slice(&[0xFF, START]);
    for segment in &segments {
        if segment.is_kept(profile <= PROFILE_MAX) {
            bytes.extend_from_slice(&[0xFF, segment.marker]);
            bytes.extend_from_slice(segment.all);
            bytes.extend_from_slice(segment.pixels);
        }
    }
    bytes.extend_from_slice(&[0xFF, END]);
    Some(Stripped {
        bytes,
        orientation: segments
            .iter()
            .find_map(Segment::orientation)
            .unwrap_or(Orientation::NoTransforms),
        moves: false,
    })
}
