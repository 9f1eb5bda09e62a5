//! GIF: its frames are copied as they are, and nothing else is.

use std::io::Cursor;

use bytes::Bytes;
use gif::{DecodeOptions, DecodingError, Encoder, EncodingError, Frame, Repeat};
use wire::domain::MediaType;

use super::{FRAMES_MAX, PIXELS_MAX, Prepared, Refused, sides};

pub(super) fn prepare(bytes: &Bytes) -> Result<Prepared, Refused> {
    let mut options = DecodeOptions::new();
    options.skip_frame_decoding(true);
    let mut decoder = options.read_info(Cursor::new(&bytes[..]))?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let screen = (decoder.width(), decoder.height());
    let first = decoder.read_next_frame()?.ok_or(Refused::Unsupported)?.clone();
    let (width, height) = canvas(screen, &first);
    let sides = Some(sides(width.into(), height.into())?);
    let mut encoder = Encoder::new(Vec::with_capacity(bytes.len()), width, height, &palette)?;
    // How often it starts over is said before the first frame.
    if decoder.repeat() != Repeat::default() {
        encoder.set_repeat(decoder.repeat())?;
    }
    let mut frames = 0;
    let mut next = Some(first);
    while let Some(frame) = next {
        frames += 1;
        // A viewer may take as much memory for a frame as it says, wherever it lies.
        if frames > FRAMES_MAX || u64::from(frame.width) * u64::from(frame.height) > PIXELS_MAX {
            return Err(Refused::TooLarge);
        }
        encoder.write_lzw_pre_encoded_frame(&frame)?;
        next = decoder.read_next_frame()?.cloned();
    }
    let bytes = encoder.into_inner()?;
    Ok(Prepared {
        media_type: MediaType::Gif,
        bytes: bytes.into(),
        sides,
        small: None,
    })
}

/// The sides as browsers have them: some programs write a screen of nothing, or one that is smaller than the picture.
fn canvas((width, height): (u16, u16), first: &Frame<'_>) -> (u16, u16) {
    (
        width.max(first.left.saturating_add(first.width)),
        height.max(first.top.saturating_add(first.height)),
    )
}

impl From<DecodingError> for Refused {
    fn from(_: DecodingError) -> Self {
        Self::Unsupported
    }
}

impl From<EncodingError> for Refused {
    fn from(_: EncodingError) -> Self {
        Self::Unsupported
    }
}
