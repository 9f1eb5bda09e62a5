//! Pictures: JPEG, PNG, WebP.

use std::io::Cursor;

use app::domain::MediaType;
use bytes::Bytes;
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
pub(super) fn prepare(media_type: MediaType, bytes: &Bytes) -> Result<Prepared, Refused> {
    let input = || Cursor::new(&bytes[..]);
    match media_type {
        MediaType::Jpeg => decoded(JpegDecoder::new(input()), media_type, bytes),
        MediaType::Png => decoded(PngDecoder::new(input()), media_type, bytes),
        _ => decoded(WebPDecoder::new(input()), media_type, bytes),
    }
}

fn decoded(decoder: ImageResult<impl ImageDecoder>, media_type: MediaType, bytes: &[u8]) -> Result<Prepared, Refused> {
    let mut decoder = decoder.map_err(|_| Refused::Unsupported)?;
    // Before anything is decoded: a file of a kilobyte may say that it has a billion pixels.
    let (width, height) = decoder.dimensions();
    let upright = sides(width, height)?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(DECODER_BYTES);
    decoder.set_limits(limits).map_err(|_| Refused::TooLarge)?;
    let orientation = decoder.orientation().map_err(|_| Refused::Unsupported)?;
    let profile = decoder.icc_profile().ok().flatten();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Refused::Unsupported)?;

    if orientation == Orientation::NoTransforms {
        let stripped = strip::strip(media_type, bytes)?;
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
