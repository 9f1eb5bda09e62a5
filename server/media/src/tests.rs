//! What comes in, and what is left of it.

use std::io::Cursor;

use image::{
    AnimationDecoder, DynamicImage, GenericImageView, ImageDecoder, ImageFormat, Rgb, RgbImage,
    codecs::{png::PngDecoder, webp::WebPDecoder},
};

use super::*;

mod bounds;
mod taken;

const SECRET: &[u8] = b"48.8584N";

/// Wider than high; red on the left, blue on the right.
fn flag(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, _| {
        Rgb(if x < width / 2 { [255, 0, 0] } else { [0, 0, 255] })
    })
    .into()
}

fn encoded(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    flag(64, 32).write_to(&mut file, format).expect("encodes");
    file.into_inner()
}

/// EXIF that says how the picture is to be turned, and something that nobody is to know.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(SECRET);
    exif
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker][..], &length, content].concat()
}

/// A photograph with all places in which cameras and programs leave something.
fn photograph(orientation: u8) -> Bytes {
    let file = encoded(ImageFormat::Jpeg);
    let exif = segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
    let others = [
        (0xE1, &b"http://ns.adobe.com/xap/1.0/\0"[..]),
        (0xE2, b"MPF\0"),
        (0xED, b"Photoshop 3.0\0"),
        (0xFE, b""),
    ]
    .map(|(marker, name)| segment(marker, &[name, SECRET].concat()))
    .concat();
    // What follows the picture is often a second one.
    [&file[..2], &exif, &others, &file[2..], &exif, SECRET].concat().into()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

fn pixel(file: &[u8], x: u32, y: u32) -> [u8; 3] {
    let picture = image::load_from_memory(file).expect("decodes");
    let [r, g, b, _] = picture.get_pixel(x, y).0;
    [r, g, b]
}

fn pixels(sides: Option<(Side, Side)>) -> Option<(u32, u32)> {
    sides.map(|(width, height)| (width.get(), height.get()))
}

#[test]
fn an_upright_photograph_keeps_its_pixels_and_loses_all_else() {
    let original = photograph(1);
    assert!(holds(&original, SECRET));
    let kept = prepare(&original).expect("taken");
    assert_eq!((kept.media_type, pixels(kept.sides)), (MediaType::Jpeg, Some((64, 32))));
    assert!(!holds(&kept.bytes, SECRET) && !holds(&kept.bytes, b"Exif"));
    assert_eq!(
        image::load_from_memory(&kept.bytes).expect("decodes"),
        image::load_from_memory(&original).expect("decodes")
    );
}

#[test]
fn a_photograph_that_lies_on_its_side_is_put_upright() {
    // Six: to be turned clockwise by a quarter. What was left is on top then.
    let kept = prepare(&photograph(6)).expect("taken");
    assert_eq!(pixels(kept.sides), Some((32, 64)));
    assert!(!holds(&kept.bytes, SECRET) && !holds(&kept.bytes, b"Exif"));
    let ([top, _, _], [_, _, bottom]) = (pixel(&kept.bytes, 16, 8), pixel(&kept.bytes, 16, 56));
    assert!(top > 200 && bottom > 200, "red on top, blue below");
}

fn chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let checked = [kind, content].concat();
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length, &checked[..], &checksum(&checked).to_be_bytes()].concat()
}

/// A PNG of so many frames, all of them its first one.
fn apng(width: u32, height: u32, frames: u32) -> Bytes {
    let mut file = Cursor::new(Vec::new());
    flag(width, height)
        .write_to(&mut file, ImageFormat::Png)
        .expect("encodes");
    let file = file.into_inner();
    let (head, rest) = file.split_at(8 + 25);
    let at = rest.windows(4).position(|kind| kind == b"IDAT").expect("pixels") - 4;
    let length = u32::from_be_bytes(*rest[at..].first_chunk().expect("a length"));
    let pixels = &rest[at + 8..][..usize::try_from(length).expect("short")];
    let frame = |number: u32| {
        let place = [number, width, height, 0, 0].map(u32::to_be_bytes).concat();
        chunk(b"fcTL", &[&place, &[0, 1, 0, 10, 0, 0][..]].concat())
    };
    let mut animated = [head, &chunk(b"acTL", &[frames.to_be_bytes(), [0; 4]].concat())].concat();
    animated.extend_from_slice(&frame(0));
    animated.extend_from_slice(&chunk(b"IDAT", pixels));
    for number in 1..frames {
        animated.extend_from_slice(&frame(2 * number - 1));
        let data = [&(2 * number).to_be_bytes(), pixels].concat();
        animated.extend_from_slice(&chunk(b"fdAT", &data));
    }
    animated.extend_from_slice(&chunk(b"tEXt", &[b"Author\0", SECRET].concat()));
    animated.extend_from_slice(&chunk(b"IEND", b""));
    animated.into()
}

#[test]
fn an_animated_png_stays_animated() {
    let kept = prepare(&apng(64, 32, 3)).expect("taken");
    assert!(!holds(&kept.bytes, SECRET));
    let decoder = PngDecoder::new(Cursor::new(&kept.bytes[..])).expect("decodes");
    assert!(decoder.is_apng().expect("says so"));
    let frames = decoder.apng().expect("an animation").into_frames().collect_frames();
    assert_eq!(frames.expect("decodes").len(), 3);
    assert_eq!(
        prepare(&apng(8, 4, 1_001)),
        Err(Refused::Unsupported),
        "too many frames"
    );
}

#[test]
fn png_keeps_its_picture_only() {
    let file = encoded(ImageFormat::Png);
    // After the signature and the header, which is 25 bytes long.
    let (head, rest) = file.split_at(8 + 25);
    let secrets = [
        chunk(b"tEXt", &[b"Author\0", SECRET].concat()),
        chunk(b"eXIf", &exif(1)),
    ]
    .concat();
    let original = Bytes::from([head, &secrets, rest, b"<script>", SECRET].concat());
    let kept = prepare(&original).expect("taken");
    assert!(!holds(&kept.bytes, SECRET) && !holds(&kept.bytes, b"<script>"));
    assert_eq!(kept.bytes, file);
}

/// The checksum of a PNG's chunk, bit by bit.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc: u32, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

fn riff_chunk(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_le_bytes();
    let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [kind, &length, content, padding].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Bytes {
    let chunks = [b"WEBP".to_vec(), chunks.concat()].concat();
    riff_chunk(b"RIFF", &chunks).into()
}

/// `VP8X`: flags, then the canvas.
fn extended(flags: u8) -> Vec<u8> {
    riff_chunk(b"VP8X", &[flags, 0, 0, 0, 63, 0, 0, 31, 0, 0])
}

#[test]
fn webp_keeps_its_picture_only() {
    let picture = encoded(ImageFormat::WebP)[12..].to_vec();
    let secrets = [riff_chunk(b"EXIF", &exif(1)), riff_chunk(b"XMP ", SECRET)].concat();
    let original = webp(&[extended(0x0C), picture, secrets]);
    let kept = prepare(&original).expect("taken");
    assert_eq!((kept.media_type, pixels(kept.sides)), (MediaType::Webp, Some((64, 32))));
    assert!(!holds(&kept.bytes, SECRET));
    assert_eq!(kept.bytes[20] & 0x0C, 0, "and does not say that there is more");
    assert_eq!(pixel(&kept.bytes, 8, 8), [255, 0, 0]);
}

#[test]
fn an_animated_webp_stays_animated() {
    let picture = encoded(ImageFormat::WebP)[12..].to_vec();
    let frame = [
        &[0, 0, 0, 0, 0, 0, 63, 0, 0, 31, 0, 0, 100, 0, 0, 0][..],
        &picture,
        &riff_chunk(b"SECR", SECRET),
    ]
    .concat();
    let frame = riff_chunk(b"ANMF", &frame);
    let original = webp(&[extended(0x02), riff_chunk(b"ANIM", &[0; 6]), frame.clone(), frame]);
    let kept = prepare(&original).expect("taken");
    assert!(!holds(&kept.bytes, SECRET));
    let decoder = WebPDecoder::new(Cursor::new(&kept.bytes[..])).expect("decodes");
    assert!(decoder.has_animation());
    assert_eq!(decoder.dimensions(), (64, 32));
}

fn animation(comment: bool) -> Bytes {
    let mut encoder = ::gif::Encoder::new(Vec::new(), 4, 2, &[255, 0, 0, 0, 0, 255]).expect("begins");
    encoder.set_repeat(::gif::Repeat::Infinite).expect("says so");
    if comment {
        encoder
            .write_raw_extension(::gif::Extension::Comment.into(), &[SECRET])
            .expect("a comment");
    }
    for colour in 0..2 {
        let mut frame = ::gif::Frame::from_indexed_pixels(4, 2, vec![colour; 8], None);
        frame.delay = 7;
        encoder.write_frame(&frame).expect("a frame");
    }
    encoder.into_inner().expect("ends").into()
}

#[test]
fn a_gif_stays_animated_and_loses_its_comments() {
    let original = animation(true);
    assert!(holds(&original, SECRET));
    let kept = prepare(&original).expect("taken");
    assert!(!holds(&kept.bytes, SECRET));
    assert_eq!(pixels(kept.sides), Some((4, 2)));
    let mut decoder = ::gif::Decoder::new(Cursor::new(&kept.bytes[..])).expect("decodes");
    for colour in 0..2 {
        let frame = decoder.read_next_frame().expect("decodes").expect("a frame");
        assert_eq!((frame.delay, &frame.buffer[..]), (7, &[colour; 8][..]));
    }
    assert!(decoder.read_next_frame().expect("decodes").is_none());
    assert_eq!(decoder.repeat(), ::gif::Repeat::Infinite);
}

#[test]
fn a_large_picture_has_a_small_copy_that_is_upright_and_says_nothing_either() {
    for (orientation, (width, height)) in [(1, (720, 480)), (6, (480, 720))] {
        let mut file = Cursor::new(Vec::new());
        let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes()[2];
        let picture = RgbImage::from_fn(1_200, 800, |x, y| Rgb([noise(x, y), noise(y, x), 0]));
        DynamicImage::from(picture)
            .write_to(&mut file, ImageFormat::Jpeg)
            .expect("encodes");
        let file = file.into_inner();
        let exif = segment(0xE1, &[b"Exif\0\0", &exif(orientation)[..]].concat());
        let kept = prepare(&[&file[..2], &exif, &file[2..]].concat().into()).expect("taken");
        let small = kept.small.expect("a small copy");
        assert_eq!(pixels(small.sides), Some((width, height)));
        assert!(small.bytes.len() <= kept.bytes.len() / 2);
        assert!(!holds(&small.bytes, SECRET));
        let decoded = image::load_from_memory(&small.bytes).expect("decodes");
        assert_eq!(decoded.dimensions(), (width, height));
    }
}

#[test]
fn what_is_small_or_moves_has_no_small_copy() {
    assert_eq!(prepare(&photograph(6)).expect("taken").small, None);
    assert_eq!(prepare(&animation(false)).expect("taken").small, None);
    let mut file = Cursor::new(Vec::new());
    flag(1_000, 500)
        .write_to(&mut file, ImageFormat::WebP)
        .expect("encodes");
    let picture = file.into_inner()[12..].to_vec();
    let canvas = |flags| riff_chunk(b"VP8X", &[flags, 0, 0, 0, 0xE7, 3, 0, 0xF3, 1, 0]);
    let frame = [&[0, 0, 0, 0, 0, 0, 0xE7, 3, 0, 0xF3, 1, 0, 100, 0, 0, 0][..], &picture].concat();
    let moving = webp(&[canvas(0x02), riff_chunk(b"ANIM", &[0; 6]), riff_chunk(b"ANMF", &frame)]);
    assert_eq!(prepare(&moving).expect("taken").small, None);
    assert_eq!(prepare(&apng(1_000, 500, 2)).expect("taken").small, None);
}

#[test]
fn a_small_file_with_a_billion_pixels_is_refused_before_it_is_decoded() {
    let mut bomb = encoded(ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
    let sum = checksum(&bomb[12..29]).to_be_bytes();
    bomb[29..33].copy_from_slice(&sum);
    assert_eq!(prepare(&bomb.into()), Err(Refused::TooLarge));
    let mut gif = animation(false).to_vec();
    gif[6..10].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert_eq!(prepare(&gif.into()), Err(Refused::TooLarge));
}

#[test]
fn what_makes_a_decoder_panic_is_refused() {
    // Found by the fuzzer: zune-jpeg 0.5.15 asserts what is not so.
    let found = include_bytes!("../../../end2end/fuzz/corpus/media/found-decoder-panics");
    assert_eq!(prepare(&Bytes::from_static(found)), Err(Refused::Unsupported));
}

#[test]
fn a_frame_without_a_picture_is_refused() {
    let found = include_bytes!("../../../end2end/fuzz/corpus/media/found-frame-without-picture");
    assert_eq!(prepare(&Bytes::from_static(found)), Err(Refused::Unsupported));
}

#[test]
fn what_only_begins_like_a_picture_is_refused() {
    let jpeg = encoded(ImageFormat::Jpeg);
    let files: [&[u8]; 11] = [
        b"",
        b"<!doctype html><script>alert(1)</script>",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
        b"GIF89a=\0/\0*<script>*/1;alert(1)",
        b"\xFF\xD8\xFF\xFE<script>alert(1)</script>",
        b"\x89PNG\r\n\x1A\n<script>",
        b"RIFF\0\0\0\0WEBP<script>",
        b"%PDF-1.7",
        b"\x1A\x45\xDF\xA3\x42\x82\x84webm V_VP8 A_OPUS",
        b"\0\0\0\x18ftypisom\0\0\0\0isommp42",
        &jpeg[..jpeg.len() / 2],
    ];
    for file in files {
        let refused = prepare(&Bytes::copy_from_slice(file));
        assert_eq!(refused, Err(Refused::Unsupported), "{:?}", file.get(..20));
    }
}

fn mp4_box(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).expect("short").to_be_bytes();
    [&length, kind, content].concat()
}

fn mp4(handler: &[u8], sample: &[u8]) -> Bytes {
    let hdlr = mp4_box(b"hdlr", &[&[0; 8], handler, &[0; 12]].concat());
    let stsd = mp4_box(
        b"stsd",
        &[&[0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 16], sample, &[0; 8]].concat(),
    );
    let track = mp4_box(
        b"trak",
        &mp4_box(b"mdia", &[hdlr, mp4_box(b"minf", &mp4_box(b"stbl", &stsd))].concat()),
    );
    let place = mp4_box(b"udta", &mp4_box(b"\xA9xyz", SECRET));
    let movie = mp4_box(b"moov", &[track, place].concat());
    [mp4_box(b"ftyp", b"M4A \0\0\0\0"), movie, mp4_box(b"mdat", b"sound")]
        .concat()
        .into()
}

#[test]
fn an_mp4_with_sound_loses_what_it_says_of_its_place() {
    let original = mp4(b"soun", b"mp4a");
    assert!(holds(&original, SECRET));
    let kept = prepare(&original).expect("taken");
    assert_eq!((kept.media_type, kept.sides), (MediaType::Mp4Audio, None));
    assert!(!holds(&kept.bytes, SECRET));
    assert_eq!(kept.bytes.len(), original.len(), "sound is found by its place");
    assert!(holds(&kept.bytes, b"sound"));
}

#[test]
fn films_are_refused() {
    assert_eq!(prepare(&mp4(b"vide", b"avc1")), Err(Refused::Unsupported));
    assert_eq!(prepare(&mp4(b"vide", b"mp4a")), Err(Refused::Unsupported));
}
