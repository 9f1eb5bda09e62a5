//! How long a WebM recording is, written into it: a browser that records does not know yet when it writes the head, and
//! a player without it can neither say how long a recording is nor jump in it.
//!
//! EBML: <https://www.rfc-editor.org/rfc/rfc8794>, the elements: <https://www.rfc-editor.org/rfc/rfc9559>.
#![cfg(any(feature = "hydrate", test))]

const EBML: [u8; 4] = [0x1A, 0x45, 0xDF, 0xA3];
const SEGMENT: [u8; 4] = [0x18, 0x53, 0x80, 0x67];
const INFO: [u8; 4] = [0x15, 0x49, 0xA9, 0x66];
const TIMESTAMP_SCALE: [u8; 3] = [0x2A, 0xD7, 0xB1];
const DURATION: [u8; 2] = [0x44, 0x89];

/// What a recording's numbers count when it does not say, in nanoseconds.
const USUAL_SCALE: u64 = 1_000_000;

/// The same recording with its length, in milliseconds. `None` where there is nothing to do: it has one, is no WebM, or
/// is written in a way that has no room for it (then it plays as it is).
pub(crate) fn with_duration(file: &[u8], millis: u32) -> Option<Vec<u8>> {
    let head = Element::at(file, 0).filter(|head| head.id == EBML)?;
    let segment = Element::at(file, head.end?).filter(|segment| segment.id == SEGMENT)?;
    // A segment of a known length would need to be longer by as much: recordings have none.
    if segment.end.is_some() {
        return None;
    }
    let mut at = segment.start;
    let info = loop {
        let element = Element::at(file, at)?;
        if element.id == INFO {
            break element;
        }
        at = element.end?;
    };
    let (mut inside, end, mut scale) = (info.start, info.end?, USUAL_SCALE);
    while inside < end {
        let element = Element::at(file, inside)?;
        let value = file.get(element.start..element.end?)?;
        if element.id == DURATION {
            return None;
        }
        if element.id == TIMESTAMP_SCALE {
            scale = value.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
        }
        inside = element.end?;
    }
    let ticks = f64::from(millis) * 1_000_000.0 / scale.max(1) as f64;
    let mut duration = Vec::from(DURATION);
    duration.push(0x88);
    duration.extend(ticks.to_be_bytes());

    let mut whole = Vec::with_capacity(file.len() + 32);
    whole.extend_from_slice(&file[..at]);
    whole.extend_from_slice(&INFO);
    // A length of eight bytes holds any.
    let length = u64::try_from(end - info.start + duration.len()).ok()? | 1 << 56;
    whole.extend(length.to_be_bytes());
    whole.extend_from_slice(&file[info.start..end]);
    whole.extend(duration);
    whole.extend_from_slice(&file[end..]);
    Some(whole)
}

struct Element<'f> {
    id: &'f [u8],
    /// Where its content begins.
    start: usize,
    /// Where it ends; `None` for one that goes on until something else begins.
    end: Option<usize>,
}

impl<'f> Element<'f> {
    fn at(file: &'f [u8], at: usize) -> Option<Self> {
        let width = number_width(*file.get(at)?).filter(|width| *width <= 4)?;
        let id = file.get(at..at + width)?;
        let length_at = at + width;
        let first = *file.get(length_at)?;
        let width = number_width(first)?;
        let bytes = file.get(length_at..length_at + width)?;
        let mask = (1 << (8 - width)) - 1;
        let length = bytes[1..]
            .iter()
            .fold(u64::from(first & mask), |number, byte| number << 8 | u64::from(*byte));
        let is_unknown = length == (1 << (7 * width)) - 1;
        let start = length_at + width;
        let end = start
            .checked_add(usize::try_from(length).ok()?)
            .filter(|end| *end <= file.len());
        if !is_unknown && end.is_none() {
            return None;
        }
        Some(Self {
            id,
            start,
            end: end.filter(|_| !is_unknown),
        })
    }
}

/// How many bytes a number has that begins with this one: 1 to 8.
fn number_width(first: u8) -> Option<usize> {
    let width = first.leading_zeros() as usize + 1;
    (width <= 8).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\x1A\x45\xDF\xA3\x84\x42\x86\x81\x01";
    const OPEN_SEGMENT: &[u8] = b"\x18\x53\x80\x67\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF";
    const CLUSTER: &[u8] = b"\x1F\x43\xB6\x75\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xE7\x81\x00";

    fn recording(info: &[u8]) -> Vec<u8> {
        let length = 0x80 | u8::try_from(info.len()).expect("short");
        [HEAD, OPEN_SEGMENT, &INFO, &[length], info, CLUSTER].concat()
    }

    /// A millisecond, as browsers count.
    const SCALE: &[u8] = b"\x2A\xD7\xB1\x83\x0F\x42\x40";

    #[test]
    fn a_recording_learns_its_length_and_keeps_the_rest() {
        let file = recording(SCALE);
        let whole = with_duration(&file, 1_500).expect("there is room");
        let at = whole.windows(2).position(|two| two == DURATION).expect("a duration");
        assert_eq!(whole[at + 3..at + 11], 1_500.0_f64.to_be_bytes());
        assert!(whole.starts_with(&[HEAD, OPEN_SEGMENT, &INFO].concat()));
        assert!(whole.ends_with(CLUSTER));
        // A second time there is nothing to do.
        assert_eq!(with_duration(&whole, 99), None);
    }

    #[test]
    fn other_scales_are_counted_in() {
        let whole = with_duration(&recording(b"\x2A\xD7\xB1\x82\x27\x10"), 1_500).expect("there is room");
        let at = whole.windows(2).position(|two| two == DURATION).expect("a duration");
        assert_eq!(whole[at + 3..at + 11], 150_000.0_f64.to_be_bytes());
    }

    #[test]
    fn what_is_none_is_left_alone() {
        let file = recording(SCALE);
        assert_eq!(with_duration(b"", 1), None);
        assert_eq!(with_duration(b"OggS and so on", 1), None);
        // Cut anywhere in its head, it is no reason to fall over.
        for length in 0..file.len() - CLUSTER.len() {
            assert_eq!(with_duration(&file[..length], 1), None, "{length}");
        }
    }
}
