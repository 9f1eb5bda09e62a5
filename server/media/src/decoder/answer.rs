//! What a decoder answers: a byte that says how it went, then the file, then its smaller copy if there is one. In front
//! of each file: its kind, its width and height (zeros for what has none), its length.

use std::io::{self, Write};

use bytes::{Buf, Bytes};
use wire::domain::{MediaType, Side};

use crate::{Prepared, refusals::Refused};

const TAKEN: u8 = 0;
const UNSUPPORTED: u8 = 1;
const TOO_LARGE: u8 = 2;

pub(super) fn write(out: &mut impl Write, answer: &Result<Prepared, Refused>) -> io::Result<()> {
    match answer {
        Err(Refused::Unsupported) => out.write_all(&[UNSUPPORTED]),
        Err(Refused::TooLarge) => out.write_all(&[TOO_LARGE]),
        Ok(taken) => {
            out.write_all(&[TAKEN])?;
            write_file(out, taken)?;
            taken.small.iter().try_for_each(|small| write_file(out, small))
        }
    }?;
    out.flush()
}

fn write_file(out: &mut impl Write, file: &Prepared) -> io::Result<()> {
    let kind = MediaType::ALL.iter().position(|kind| *kind == file.media_type);
    let kind = kind
        .and_then(|kind| u8::try_from(kind).ok())
        .ok_or(io::ErrorKind::InvalidData)?;
    let (width, height) = file.sides.map_or((0, 0), |(width, height)| (width.get(), height.get()));
    let length = u32::try_from(file.bytes.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
    out.write_all(&[kind])?;
    for number in [width, height, length] {
        out.write_all(&number.to_be_bytes())?;
    }
    out.write_all(&file.bytes)
}

/// What was answered, if it is an answer to its end. Whoever answers may have been taken over by what it decoded.
pub(super) fn read(mut answer: Bytes) -> Option<Result<Prepared, Refused>> {
    Some(match answer.try_get_u8().ok()? {
        TAKEN => {
            let mut taken = read_file(&mut answer)?;
            if answer.has_remaining() {
                taken.small = Some(Box::new(read_file(&mut answer)?));
            }
            if answer.has_remaining() {
                return None;
            }
            Ok(taken)
        }
        TOO_LARGE => Err(Refused::TooLarge),
        UNSUPPORTED => Err(Refused::Unsupported),
        _ => return None,
    })
}

fn read_file(answer: &mut Bytes) -> Option<Prepared> {
    let media_type = *MediaType::ALL.get(usize::from(answer.try_get_u8().ok()?))?;
    let mut number = || answer.try_get_u32().ok();
    let sides = match (number()?, number()?) {
        (0, 0) => None,
        (width, height) => Some((Side::try_from(width).ok()?, Side::try_from(height).ok()?)),
    };
    let length = usize::try_from(number()?)
        .ok()
        .filter(|length| *length <= answer.len())?;
    Some(Prepared {
        media_type,
        bytes: answer.split_to(length),
        sides,
        small: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken() -> Prepared {
        let file = |bytes: &'static [u8], side| Prepared {
            media_type: MediaType::Webp,
            bytes: Bytes::from_static(bytes),
            sides: Some((side, side)),
            small: None,
        };
        Prepared {
            small: Some(Box::new(file(b"small", Side::try_from(1).expect("a side")))),
            ..file(b"a picture", Side::try_from(16_384).expect("a side"))
        }
    }

    #[test]
    fn an_answer_is_read_as_it_was_written_or_not_at_all() {
        let sound = Prepared {
            media_type: MediaType::Mp4Audio,
            sides: None,
            small: None,
            ..taken()
        };
        for answer in [
            Ok(taken()),
            Ok(sound),
            Err(Refused::Unsupported),
            Err(Refused::TooLarge),
        ] {
            let mut written = Vec::new();
            write(&mut written, &answer).expect("a Vec takes all");
            assert_eq!(read(written.clone().into()), Some(answer));
            written.push(0);
            if written.len() > 2 {
                assert_eq!(read(written.into()), None, "more than was said");
            }
        }
        let mut written = Vec::new();
        write(&mut written, &Ok(taken())).expect("a Vec takes all");
        let whole = 1 + 13 + b"a picture".len();
        for end in (0..written.len()).filter(|end| *end != whole) {
            assert_eq!(read(Bytes::copy_from_slice(&written[..end])), None, "cut at {end}");
        }
    }

    #[test]
    fn what_nobody_would_answer_is_none() {
        let sides = |side: u32| [&[TAKEN, 0][..], &side.to_be_bytes(), &side.to_be_bytes(), &[0; 4]].concat();
        assert!(read(sides(16_384).into()).is_some());
        for answer in [
            vec![9],
            sides(16_385),
            vec![TAKEN, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            assert_eq!(read(answer.into()), None);
        }
    }
}
