//! GIF: its frames are copied as they are, and nothing else is.

use std::io::Cursor;

use app::domain::MediaType;
use bytes::Bytes;
use gif::{DecodeOptions, DecodingError, Encoder, EncodingError, Repeat};

use super::{FRAMES_MAX, Prepared, Refused, sides};

pub(super) fn prepare(bytes: &Bytes) -> Result<Prepared, Refused> {
    let mut options = DecodeOptions::new();
    options.skip_frame_decoding(true);
    options.check_frame_consistency(true);
    let mut decoder = options.read_info(Cursor::new(&bytes[..]))?;
    let (width, height) = (decoder.width(), decoder.height());
    let sides = Some(sides(width.into(), height.into())?);
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let mut encoder = Encoder::new(Vec::with_capacity(bytes.len()), width, height, &palette)?;
    let mut frames = 0;
    while let Some(frame) = decoder.read_next_frame()?.cloned() {
        // How often it starts over is said before the first frame.
        if frames == 0 && decoder.repeat() != Repeat::default() {
            encoder.set_repeat(decoder.repeat())?;
        }
        frames += 1;
        if frames > FRAMES_MAX {
            return Err(Refused::TooLarge);
        }
        encoder.write_lzw_pre_encoded_frame(&frame)?;
    }
    if frames == 0 {
        return Err(Refused::Unsupported);
    }
    let bytes = encoder.into_inner()?;
    Ok(Prepared {
        media_type: MediaType::Gif,
        bytes: bytes.into(),
        sides,
        small: None,
    })
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
