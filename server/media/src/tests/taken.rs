//! What browsers show or record, and what is therefore taken although it is not as the standards have it.

use super::*;

/// A picture in which a cut costs something.
fn noise(format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let noise = |x: u32, y: u32| (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).to_le_bytes()[2];
    let picture = RgbImage::from_fn(256, 128, |x, y| Rgb([noise(x, y), noise(y, x), 0]));
    DynamicImage::from(picture)
        .write_to(&mut file, format)
        .expect("encodes");
    file.into_inner()
}

#[test]
fn a_jpeg_that_lacks_its_end_is_taken_and_given_one() {
    let whole = noise(ImageFormat::Jpeg);
    let kept = prepare(&Bytes::copy_from_slice(&whole[..whole.len() - 2])).expect("taken");
    assert_eq!(kept.bytes, whole, "all that it lacks is its end");
    for percent in [99, 90, 50] {
        let cut = Bytes::copy_from_slice(&whole[..whole.len() * percent / 100]);
        let kept = prepare(&cut).expect("taken");
        assert_eq!(pixels(kept.sides), Some((256, 128)));
        assert!(kept.bytes.ends_with(&[0xFF, 0xD9]));
        let (left, right) = (pixel(&kept.bytes, 8, 8), pixel(&whole, 8, 8));
        assert_eq!(left, right, "what has come of it is as it was");
        assert_eq!(prepare(&kept.bytes).expect("taken").bytes, kept.bytes);
    }
}

fn gif(screen: (u16, u16), frames: &[(u16, u16)]) -> Bytes {
    let mut encoder = ::gif::Encoder::new(Vec::new(), 100, 100, &[255, 0, 0, 0, 0, 255]).expect("begins");
    for (width, height) in frames {
        let pixels = vec![1; usize::from(*width) * usize::from(*height)];
        let frame = ::gif::Frame::from_indexed_pixels(*width, *height, pixels, None);
        encoder.write_frame(&frame).expect("a frame");
    }
    let mut file = encoder.into_inner().expect("ends");
    file[6..8].copy_from_slice(&screen.0.to_le_bytes());
    file[8..10].copy_from_slice(&screen.1.to_le_bytes());
    file.into()
}

#[test]
fn a_gif_is_as_large_as_its_screen_or_its_first_picture() {
    for (screen, frames, canvas) in [
        ((0, 0), vec![(20, 10), (20, 10)], (20, 10)),
        ((15, 6), vec![(20, 10), (20, 10)], (20, 10)),
        ((30, 5), vec![(20, 10), (40, 10)], (30, 10)),
        ((30, 30), vec![(20, 10)], (30, 30)),
    ] {
        let kept = prepare(&gif(screen, &frames)).expect("taken");
        assert_eq!(pixels(kept.sides), Some(canvas));
        let decoder = ::gif::Decoder::new(Cursor::new(&kept.bytes[..])).expect("decodes");
        assert_eq!((u32::from(decoder.width()), u32::from(decoder.height())), canvas);
        assert_eq!(prepare(&kept.bytes).expect("taken").bytes, kept.bytes);
    }
    assert_eq!(
        prepare(&gif((0, 0), &[])),
        Err(Refused::Unsupported),
        "nothing to be seen"
    );
}

#[test]
fn an_animation_that_is_to_be_turned_stays_one_and_says_so_alone() {
    let upright = apng(64, 32, 3);
    let turned = [&upright[..33], &chunk(b"eXIf", &exif(6)), &upright[33..]].concat();
    let kept = prepare(&turned.into()).expect("taken");
    assert_eq!(
        (kept.media_type, pixels(kept.sides)),
        (MediaType::Png, Some((32, 64))),
        "as browsers show it"
    );
    assert!(!holds(&kept.bytes, SECRET));
    let mut decoder = PngDecoder::new(Cursor::new(&kept.bytes[..])).expect("decodes");
    assert!(decoder.is_apng().expect("says so"));
    assert_eq!(decoder.orientation().expect("says so").to_exif(), 6);
    assert_eq!(prepare(&kept.bytes).expect("taken").bytes, kept.bytes);

    let picture = encoded(ImageFormat::WebP)[12..].to_vec();
    let frame = [&[0, 0, 0, 0, 0, 0, 63, 0, 0, 31, 0, 0, 100, 0, 0, 0][..], &picture].concat();
    let kept = prepare(&webp(&[
        extended(0x02 | 0x08),
        riff_chunk(b"ANIM", &[0; 6]),
        riff_chunk(b"ANMF", &frame),
        riff_chunk(b"EXIF", &exif(8)),
    ]))
    .expect("taken");
    assert_eq!(pixels(kept.sides), Some((32, 64)));
    assert!(!holds(&kept.bytes, SECRET));
    let mut decoder = WebPDecoder::new(Cursor::new(&kept.bytes[..])).expect("decodes");
    assert!(decoder.has_animation());
    assert_eq!(decoder.orientation().expect("says so").to_exif(), 8);
    assert_eq!(prepare(&kept.bytes).expect("taken").bytes, kept.bytes);
}

/// An element of EBML, its length in eight bytes.
pub(super) fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let mut length = (content.len() as u64).to_be_bytes();
    length[0] = 1;
    [id, &length, content].concat()
}

const EBML: &[u8] = &[0x1A, 0x45, 0xDF, 0xA3];
const SEGMENT: &[u8] = &[0x18, 0x53, 0x80, 0x67];
const TRACKS: &[u8] = &[0x16, 0x54, 0xAE, 0x6B];
const CLUSTER: &[u8] = &[0x1F, 0x43, 0xB6, 0x75];
/// A length that is not known yet, as recorders write it.
const UNKNOWN: &[u8] = &[0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];

pub(super) fn track(kind: u8, codec: &[u8]) -> Vec<u8> {
    let said = [
        element(&[0xD7], &[1]),
        element(&[0x83], &[kind]),
        element(&[0x86], codec),
        element(&[0x63, 0xA2], b"OpusHead V_VP8"),
    ];
    element(&[0xAE], &said.concat())
}

pub(super) fn webm(doc_type: &[u8], tracks: &[Vec<u8>]) -> Bytes {
    let head = element(EBML, &element(&[0x42, 0x82], doc_type));
    let tracks = element(TRACKS, &tracks.concat());
    let sound = [CLUSTER, UNKNOWN, b"\xA3\x90sound V_ A_OPUS"].concat();
    [&head[..], SEGMENT, UNKNOWN, &element(&[0xEC], &[0; 9]), &tracks, &sound]
        .concat()
        .into()
}

#[test]
fn what_is_in_a_webm_its_tracks_say_and_not_its_sound() {
    let sound = track(2, b"A_OPUS");
    let file = webm(b"webm", std::slice::from_ref(&sound));
    let kept = prepare(&file).expect("Opus, whatever its sound holds");
    assert_eq!((kept.media_type, kept.bytes), (MediaType::WebmAudio, file.clone()));
    assert!(prepare(&webm(b"webm\0", &[track(2, b"A_OPUS\0\0"), sound.clone()])).is_ok());
    // Cut off while it was recorded.
    assert!(prepare(&file.slice(..file.len() - 9)).is_ok());
    for other in [
        webm(b"matroska", std::slice::from_ref(&sound)),
        webm(b"webm", &[]),
        webm(b"webm", &[track(1, b"V_VP8")]),
        webm(b"webm", &[sound.clone(), track(1, b"V_VP8")]),
        webm(b"webm", &[track(1, b"A_OPUS")]),
        webm(b"webm", &[track(2, b"A_VORBIS")]),
        webm(b"webm", &[track(2, b"A_OPUS V_VP8")]),
    ] {
        assert_eq!(prepare(&other), Err(Refused::Unsupported));
    }
}

#[test]
fn an_mp4_may_hold_opus_and_every_kind_of_its_samples_is_looked_at() {
    assert_eq!(
        prepare(&mp4(b"soun", b"Opus")).expect("taken").media_type,
        MediaType::Mp4Audio
    );
    let two = |second: &[u8]| {
        let file = mp4(b"soun", b"mp4a");
        let at = file.windows(4).position(|kind| kind == b"stsd").expect("a description") + 4;
        let mut file = file.to_vec();
        // Where the first kind's eight spare bytes were, a second one.
        file[at + 7] = 2;
        file[at + 11] = 8;
        file[at + 16..at + 24].copy_from_slice(&[&[0, 0, 0, 8], second].concat());
        Bytes::from(file)
    };
    assert!(prepare(&two(b"Opus")).is_ok());
    assert_eq!(prepare(&two(b"avc1")), Err(Refused::Unsupported));
}
