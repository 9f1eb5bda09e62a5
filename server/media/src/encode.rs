//! Pictures as files again.

use image::{
    DynamicImage, ImageEncoder, ImageResult,
    codecs::{jpeg::JpegEncoder, png::PngEncoder},
};
use wire::domain::MediaType;

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
        match picture.as_rgba8() {
            Some(picture) => picture.write_with_encoder(encoder)?,
            None => picture.to_rgba8().write_with_encoder(encoder)?,
        }
        Ok((MediaType::Png, bytes))
    } else {
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        let _ = profile.map(|profile| encoder.set_icc_profile(profile));
        match picture.as_rgb8() {
            Some(picture) => picture.write_with_encoder(encoder)?,
            None => picture.to_rgb8().write_with_encoder(encoder)?,
        }
        Ok((MediaType::Jpeg, bytes))
    }
}
