//! Small files, or files of ten megabytes, that would make a decoder take far more.

use flate2::{Compress, Compression, Crc, FlushCompress};
use image::{DynamicImage, ImageFormat, RgbImage};

const MEGABYTE: usize = 1024 * 1024;

/// What a bomb swells to where it can: more than any test lets the server take.
const SWOLLEN: usize = 512 * MEGABYTE;

/// Just under what may be uploaded.
const LARGE: usize = 9 * MEGABYTE;

/// Zeros, compressed: a megabyte of them is compressed once, and its block repeated.
pub fn zeros(bytes: usize) -> Vec<u8> {
    let mut compressor = Compress::new(Compression::best(), false);
    let mut block = Vec::with_capacity(MEGABYTE);
    compressor
        .compress_vec(&vec![0; MEGABYTE], &mut block, FlushCompress::Full)
        .expect("compresses");
    let mut rest = Vec::with_capacity(MEGABYTE);
    let mut compressor = Compress::new(Compression::best(), false);
    compressor
        .compress_vec(&vec![0; bytes % MEGABYTE], &mut rest, FlushCompress::Finish)
        .expect("compresses");
    // Adler-32 of zeros: one, and how many there are.
    let sum = u32::try_from(bytes % 65_521).expect("short") << 16 | 1;
    [
        &[0x78, 0x9C],
        &block.repeat(bytes / MEGABYTE)[..],
        &rest,
        &sum.to_be_bytes(),
    ]
    .concat()
}

fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = Crc::new();
    sum.update(kind);
    sum.update(content);
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length, &kind[..], content, &sum.sum().to_be_bytes()].concat()
}

/// A PNG in 24 colours a pixel, all of them black, with chunks after its header.
pub fn black_png(side: u32, extra: &[u8]) -> Vec<u8> {
    let bytes = usize::try_from(side * (1 + 3 * side)).expect("short");
    png(side, extra, &zeros(bytes))
}

fn png(side: u32, extra: &[u8], pixels: &[u8]) -> Vec<u8> {
    let header = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1A\n",
        &chunk(b"IHDR", &header)[..],
        extra,
        &chunk(b"IDAT", pixels),
        &chunk(b"IEND", b""),
    ]
    .concat()
}

/// A picture of as many pixels as there may be, that is to be turned: the slowest that is taken.
pub fn slow_picture() -> Vec<u8> {
    let exif = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    black_png(5_600, &chunk(b"eXIf", exif))
}

fn apng(frames: usize, side: u32) -> Vec<u8> {
    let frame = [&[0; 4], &side.to_be_bytes()[..], &side.to_be_bytes(), &[0; 14]].concat();
    let extra = [
        chunk(b"acTL", &[0, 1, 0, 0, 0, 0, 0, 0]),
        chunk(b"fcTL", &frame).repeat(frames),
    ];
    black_png(1, &extra.concat())
}

fn jpeg() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(16, 16))
        .write_to(&mut file, ImageFormat::Jpeg)
        .expect("encodes");
    file.into_inner()
}

fn jpeg_with(extra: &[u8]) -> Vec<u8> {
    let file = jpeg();
    [&file[..2], extra, &file[2..]].concat()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], &length[..], content].concat()
}

/// Gets sharper as it loads, a thousand times; each scan says that there is nothing new in it.
fn jpeg_of_many_scans() -> Vec<u8> {
    let side = 5_600_u16.to_be_bytes();
    let frame = [&[8], &side[..], &side, &[1, 1, 0x11, 0]].concat();
    // A code for "nothing up to the end of 32,767 blocks" alone.
    let code = [&[0x10, 1][..], &[0; 15], &[0xE0]].concat();
    let scan = [segment(0xDA, &[1, 1, 0, 1, 63, 0]), vec![0x3F; 40]].concat();
    [
        vec![0xFF, 0xD8],
        segment(0xDB, &[1; 65]),
        segment(0xC2, &frame),
        segment(0xC4, &code),
        scan.repeat(20_000),
        vec![0xFF, 0xD9],
    ]
    .concat()
}

fn riff(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_le_bytes();
    [&kind[..], &length, content].concat()
}

/// With a canvas of so many pixels a side.
fn webp(flags: u8, side: u32, extra: &[u8]) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    DynamicImage::from(RgbImage::new(16, 16))
        .write_to(&mut file, ImageFormat::WebP)
        .expect("encodes");
    let side = &(side - 1).to_le_bytes()[..3];
    let head = riff(b"VP8X", &[&[flags, 0, 0, 0], side, side].concat());
    riff(b"RIFF", &[b"WEBP", &head[..], extra, &file.into_inner()[12..]].concat())
}

fn gif(frames: usize, side: u16) -> Vec<u8> {
    let side = side.to_le_bytes();
    let frame = [b",\0\0\0\0", &side[..], &side, b"\0\x02\x02D\x01\0"].concat();
    [
        b"GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xFF\xFF\xFF",
        &frame.repeat(frames)[..],
        b";",
    ]
    .concat()
}

fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u64 | 1 << 56).to_be_bytes();
    [id, &length, content].concat()
}

fn webm(tracks: &[u8]) -> Vec<u8> {
    let head = element(b"\x1A\x45\xDF\xA3", &element(b"\x42\x82", b"webm"));
    let tracks = element(b"\x16\x54\xAE\x6B", tracks);
    [head, element(b"\x18\x53\x80\x67", &tracks)].concat()
}

fn mp4(content: &[u8]) -> Vec<u8> {
    [b"\0\0\0\x10ftypM4A \0\0\0\0", content].concat()
}

/// One of each kind, with its name.
pub fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let swollen = zeros(SWOLLEN);
    let packed = |kind: &[u8; 4], head: &[u8]| black_png(1, &chunk(kind, &[head, &swollen[..]].concat()));
    let profile = segment(0xE2, &[b"ICC_PROFILE\0\x01\xFF", &[7; 65_000][..]].concat());
    vec![
        ("PNG, a profile that swells", packed(b"iCCP", b"x\0\0")),
        ("PNG, a text that swells", packed(b"zTXt", b"x\0\0")),
        (
            "PNG, an international text that swells",
            packed(b"iTXt", b"x\0\x01\0\0\0"),
        ),
        ("PNG, more pixels than it says", png(1, b"", &swollen)),
        (
            "PNG, hundreds of thousands of chunks",
            black_png(1, &chunk(b"tEXt", b"").repeat(LARGE / 12)),
        ),
        (
            "PNG, a hundred thousand pieces of pixels",
            black_png(1, &chunk(b"IDAT", b"").repeat(100_000)),
        ),
        ("PNG, as large as can be said", {
            let mut file = black_png(1, b"");
            file.splice(8..33, chunk(b"IHDR", b"\x7F\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x08\x06\0\0\0"));
            file
        }),
        ("APNG, a hundred thousand frames", apng(100_000, 1)),
        ("APNG, a frame as large as can be said", apng(1, u32::MAX)),
        (
            "JPEG, a profile in 140 parts",
            jpeg_with(&profile.repeat(LARGE / profile.len())),
        ),
        (
            "JPEG, notes in two million parts",
            jpeg_with(&segment(0xFE, b"").repeat(LARGE / 4)),
        ),
        (
            "JPEG, EXIF in 140 parts",
            jpeg_with(&segment(0xE1, &[b"Exif\0\0II*\0\x08\0\0\0\xFF\xFF", &[0; 65_000][..]].concat()).repeat(140)),
        ),
        ("JPEG, twenty thousand scans", jpeg_of_many_scans()),
        (
            "JPEG, thousands of pictures",
            jpeg_with(&segment(0xC0, b"\x08\xFF\xFF\xFF\xFF\x01\x01\x11\0").repeat(4_000)),
        ),
        (
            "WebP, a profile of nine megabytes",
            webp(0x20, 16, &riff(b"ICCP", &vec![7; LARGE])),
        ),
        (
            "WebP, EXIF of nine megabytes",
            webp(0x08, 16, &riff(b"EXIF", &vec![7; LARGE])),
        ),
        (
            "WebP, a million chunks",
            webp(0, 16, &riff(b"SECR", b"").repeat(LARGE / 8)),
        ),
        (
            "WebP, a hundred thousand frames",
            webp(2, 16, &riff(b"ANMF", &[0; 16]).repeat(100_000)),
        ),
        (
            "WebP, a frame as large as can be said",
            webp(2, 16, &riff(b"ANMF", &[0xFF; 16])),
        ),
        (
            "WebP, a canvas as large as can be said",
            webp(2, 1 << 24, &riff(b"ANMF", &[0; 16])),
        ),
        ("GIF, a hundred thousand frames", gif(100_000, 16)),
        ("GIF, a thousand frames as large as can be said", gif(1_000, u16::MAX)),
        (
            "GIF, packed in one block that does not end",
            [&gif(1, 16)[..30], &[255; LARGE]].concat(),
        ),
        (
            "WebM, a track as long as can be said",
            webm(b"\xAE\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFE"),
        ),
        ("WebM, a million tracks", webm(&element(b"\xAE", b"").repeat(LARGE / 9))),
        (
            "Ogg, a head and nothing",
            [b"OggS\0\x02", &[0; 20][..], b"\xFF", &[255; LARGE]].concat(),
        ),
        (
            "MP4, a box as long as can be said",
            mp4(b"\0\0\0\x01moov\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"),
        ),
        (
            "MP4, a million boxes in each other",
            mp4(&b"\0\0\0\0moov".repeat(LARGE / 8)),
        ),
        ("MP4, billions of kinds", mp4(b"\0\0\0\x10stsd\0\0\0\0\xFF\xFF\xFF\xFF")),
    ]
}
