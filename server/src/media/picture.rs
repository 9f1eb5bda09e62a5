//! Pictures: JPEG, PNG, WebP.

use std::io::Cursor;

use app::domain::MediaType;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageResult, Limits,
    codecs::{
        jpeg::{JpegDecoder, JpegEncoder},
        png::{PngDecoder, PngEncoder},
        webp::WebPDecoder,
    },
    metadata::Orientation,
};

use super::{Prepared, Refused, sides, small, strip};

/// Memory that a decoder may take: four bytes for each pixel, and as much again for its own work.
const DECODER_BYTES: u64 = 8 * super::PIXELS_MAX;

/// How good a turned photograph is. Above it, files grow and nobody sees it.
const JPEG_QUALITY: u8 = 90;

/// Makes a picture fit to be shared: what stands upright keeps every pixel as it is.
///
/// The file without its metadata is the one that is decoded: what is kept is a picture, too.
pub(super) fn prepare(media_type: MediaType, bytes: &[u8]) -> Result<Prepared, Refused> {
    let mut original = open(media_type, bytes)?;
    let dimensions = original.dimensions();
    let orientation = original.orientation().map_err(|_| Refused::Unsupported)?;
    let profile = original.icc_profile().ok().flatten();
    drop(original);

    let stripped = strip::strip(media_type, bytes)?;
    let decoder = open(media_type, &stripped)?;
    if decoder.dimensions() != dimensions {
        return Err(Refused::Unsupported);
    }
    let upright = sides(dimensions.0, dimensions.1)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Unsupported)?;
    if orientation == Orientation::NoTransforms {
        let small = (!strip::moves(media_type, &stripped))
            .then(|| small::of(&picture, profile, stripped.len()))
            .flatten();
        return Ok(Prepared {
            media_type,
            bytes: stripped.into(),
            sides: Some(upright),
            small,
        });
    }
    picture.apply_orientation(orientation);
    let sides = Some(sides(picture.width(), picture.height())?);
    let (media_type, bytes) = encoded(&picture, profile.clone(), JPEG_QUALITY).map_err(|_| Refused::Unsupported)?;
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
    let mut decoder = match media_type {
        MediaType::Jpeg => boxed(JpegDecoder::new(input)),
        MediaType::Png => boxed(PngDecoder::new(input)),
        _ => boxed(WebPDecoder::new(input)),
    }?;
    // Before anything is decoded: a file of a kilobyte may say that it has a billion pixels.
    let (width, height) = decoder.dimensions();
    sides(width, height)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES);
    decoder.set_limits(limits).map_err(|_| Refused::TooLarge)?;
    Ok(decoder)
}

/// Photographs become JPEG, whatever they were; what is transparent, PNG.
pub(super) fn encoded(
    picture: &DynamicImage,
    profile: Option<Vec<u8>>,
    quality: u8,
) -> ImageResult<(MediaType, Vec<u8>)> {
    let mut bytes = Vec::new();
    // The profile says what the colours are. An encoder that cannot say it leaves them as they usually are.
    if picture.color().has_alpha() {
        let mut encoder = PngEncoder::new(&mut bytes);
        let _ = profile.map(|profile| encoder.set_icc_profile(profile));
        picture.to_rgba8().write_with_encoder(encoder)?;
        Ok((MediaType::Png, bytes))
    } else {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        let _ = profile.map(|profile| encoder.set_icc_profile(profile));
        picture.to_rgb8().write_with_encoder(encoder)?;
        Ok((MediaType::Jpeg, bytes))
    }
}
