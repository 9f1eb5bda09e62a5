//! Small copies, for conversations: a phone need not load what fills a screen for what fills a bubble.

use image::{DynamicImage, GenericImageView};

use super::{Prepared, encode::encoded, sides};

/// The longest side of a small copy, in pixels: a bubble's, on a screen with two to the point.
pub(super) const SMALL_SIDE: u32 = 720;

/// How good a small photograph is: nobody looks at it closely.
const QUALITY: u8 = 80;

/// A small copy of a picture, if it is worth it: at most half of the `bytes` that the picture itself has.
pub(super) fn of(picture: &DynamicImage, profile: Option<Vec<u8>>, bytes: usize) -> Option<Box<Prepared>> {
    let (width, height) = picture.dimensions();
    if width.max(height) <= SMALL_SIDE {
        return None;
    }
    let small = opaque(picture.thumbnail(SMALL_SIDE, SMALL_SIDE));
    let sides = sides(small.width(), small.height()).ok();
    let (media_type, small) = encoded(&small, profile, QUALITY).ok()?;
    (small.len() <= bytes / 2).then(|| {
        Box::new(Prepared {
            media_type,
            bytes: small.into(),
            sides,
            small: None,
        })
    })
}

/// The same without its transparency, where nothing is seen through: most screenshots are so, and far smaller then.
fn opaque(picture: DynamicImage) -> DynamicImage {
    let is_opaque = picture.color().has_alpha() && picture.pixels().all(|(_, _, pixel)| pixel.0[3] == u8::MAX);
    if is_opaque { picture.to_rgb8().into() } else { picture }
}
