//! Files that people share, and those that the server keeps.

use std::{fs, path::Path};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use memchr::memmem;

/// What nobody is to know: where a photograph was taken.
pub const PLACE: &str = "48.8584N-2.2945E";

/// A photograph of noise that lies on its side, with EXIF that says so, and where it was taken. Turned upright, it is
/// half as wide as high.
pub fn sideways_photograph(seed: u8) -> Vec<u8> {
    let noise = |x: u32, y: u32| (x * 31 + y * 17 + u32::from(seed) * 7).to_le_bytes()[0];
    let picture = RgbImage::from_fn(64, 32, |x, y| Rgb([noise(x, y), noise(y, x), seed]));
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut file, ImageFormat::Jpeg)
        .expect("encodes");
    let file = file.into_inner();
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(PLACE.as_bytes());
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&file[..2], &[0xFF, 0xE1], &length, &exif, &file[2..]].concat()
}

/// A drawing of so many bytes, more or less: noise does not compress.
pub fn large_drawing(side: u32) -> Vec<u8> {
    let mut state = 7_u32;
    let picture = RgbImage::from_fn(side, side, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.rotate_left(7).to_be_bytes();
        Rgb([a, b, c])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::from(picture)
        .write_to(&mut file, ImageFormat::Png)
        .expect("encodes");
    file.into_inner()
}

/// How often the words stand in files of this folder.
pub fn on_disk(folder: &Path, words: &str) -> usize {
    let files = fs::read_dir(folder).expect("a folder").flatten();
    let count = |bytes: Vec<u8>| memmem::find_iter(&bytes, words).count();
    files.filter_map(|file| fs::read(file.path()).ok()).map(count).sum()
}
