//! Pictures: JPEG, PNG, WebP.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageResult, Limits,
    codecs::{jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder},
    metadata::Orientation,
};
use wire::domain::{MEDIA_MAX_BYTES, MediaType};

use super::{
    Prepared, Refused,
    encode::encoded,
    sides, small,
    strip::{self, Stripped},
};

/// Memory that a decoder may take: four bytes for each pixel, and as much again for its own work.
const DECODER_BYTES: u64 = 8 * super::PIXELS_MAX;

/// How good a turned photograph is. Above it, files grow and nobody sees it.
const JPEG_QUALITY: u8 = 90;

/// Makes a picture fit to be shared: what stands upright keeps every pixel as it is.
///
/// The file without its metadata is the only one that a decoder sees: what is kept is a picture, too.
pub(super) fn prepare(media_type: MediaType, bytes: &[u8]) -> Result<Prepared, Refused> {
    let Stripped {
        bytes: stripped,
        orientation,
        moves,
    } = strip::strip(media_type, bytes)?;
    let mut decoder = open(media_type, &stripped)?;
    let profile = decoder.icc_profile().ok().flatten();
    let picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Unsupported)?;
    if moves || orientation == Orientation::NoTransforms {
        let small = (!moves).then(|| small::of(&picture, profile, stripped.len())).flatten();
        let (width, height) = match orientation {
            // An animation that is turned where it is shown.
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (picture.height(), picture.width()),
            _ => (picture.width(), picture.height()),
        };
        return Ok(Prepared {
            media_type,
            bytes: stripped.into(),
            sides: Some(sides(width, height)?),
            small,
        });
    }
    drop(stripped);
    // Turned with eight bits a colour: no more are encoded, and sixteen would take twice the memory.
    let mut picture = match picture.color().has_alpha() {
        true => DynamicImage::from(picture.into_rgba8()),
        false => DynamicImage::from(picture.into_rgb8()),
    };
    picture.apply_orientation(orientation);
    let sides = Some(sides(picture.width(), picture.height())?);
    let (media_type, bytes) = encoded(&picture, profile.clone(), JPEG_QUALITY).map_err(|_| Refused::Unsupported)?;
    if bytes.len() > MEDIA_MAX_BYTES {
        return Err(Refused::TooLarge);
    }
    let small = small::of(&picture, profile, bytes.len());
    Ok(Prepared {
        media_type,
        bytes: bytes.into(),
        sides,
        small,
    })
}

/// A decoder within bounds, which has read the head of the file only.
fn open(media_type: MediaType, bytes: &[u8]) -> Result<Box<dyn ImageDecoder + '_>, Refused> {
    fn boxed<'a>(decoder: ImageResult<impl ImageDecoder + 'a>) -> Result<Box<dyn ImageDecoder + 'a>, Refused> {
        Ok(Box::new(decoder.map_err(|_| Refused::Unsupported)?))
    }
    let input = Cursor::new(bytes);
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES);
    let mut decoder = match media_type {
        MediaType::Jpeg => boxed(JpegDecoder::new(input)),
        MediaType::Png => boxed(PngDecoder::with_limits(input, limits.clone())),
        _ => boxed(WebPDecoder::new(input)),
    }?;
    // Before anything is decoded: a file of a kilobyte may say that it has a billion pixels.
    let (width, height) = decoder.dimensions();
    sides(width, height)?;
    decoder.set_limits(limits).map_err(|_| Refused::TooLarge)?;
    Ok(decoder)
}
