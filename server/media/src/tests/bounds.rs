//! All that is compressed or counted in a file is bounded before a decoder sees it.

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};

use super::{taken::element, *};
use crate::strip::strip;

const MEGABYTE: usize = 1024 * 1024;

fn zlib(bytes: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![0; bytes]).expect("a Vec takes all");
    encoder.finish().expect("a Vec takes all")
}

/// What is left of a PNG with this chunk after its header.
fn png_with(extra: &[u8]) -> Result<Vec<u8>, Refused> {
    let file = encoded(ImageFormat::Png);
    let (head, rest) = file.split_at(8 + 25);
    strip(MediaType::Png, &[head, extra, rest].concat()).map(|stripped| stripped.bytes)
}

#[test]
fn a_profile_is_kept_when_it_inflates_to_what_one_may_have() {
    let profile = |compressed: &[u8]| chunk(b"iCCP", &[b"name\0\0", compressed].concat());
    let usual = profile(&zlib(3_000));
    let kept = png_with(&usual).expect("taken");
    assert!(holds(&kept, &usual));
    let bare = encoded(ImageFormat::Png);
    for other in [
        profile(&zlib(4 * MEGABYTE + 1)),
        profile(b"not compressed"),
        profile(&zlib(3_000)[..20]),
        chunk(b"iCCP", b""),
        chunk(b"iCCP", &[b'n'; 90]),
    ] {
        assert_eq!(png_with(&other), Ok(bare.clone()));
    }
    let twice = png_with(&[usual.clone(), usual.clone()].concat()).expect("taken");
    assert_eq!(twice, kept, "one is enough");
}

#[test]
fn what_a_png_says_beside_its_picture_is_gone_before_it_is_decoded() {
    let bomb = zlib(MEGABYTE);
    for extra in [
        chunk(b"zTXt", &[b"name\0\0", &bomb[..]].concat()),
        chunk(b"iTXt", &[b"name\0\x01\0\0\0", &bomb[..]].concat()),
        chunk(b"tEXt", &[b"name\0", &bomb[..]].concat()),
        chunk(b"eXIf", &bomb),
    ] {
        assert_eq!(png_with(&extra), Ok(encoded(ImageFormat::Png)));
    }
    assert_eq!(png_with(&chunk(b"tEXt", b"").repeat(50_000)), Err(Refused::Unsupported));
}

#[test]
fn a_file_with_more_parts_than_a_picture_needs_is_refused() {
    let jpeg = encoded(ImageFormat::Jpeg);
    let with = |extra: Vec<u8>| strip(MediaType::Jpeg, &[&jpeg[..2], &extra, &jpeg[2..]].concat());
    assert!(with(segment(0xFE, b"").repeat(4_000)).is_ok());
    assert!(with(segment(0xFE, b"").repeat(4_100)).is_err());
    let riff = webp(&[riff_chunk(b"SECR", b"").repeat(50_010)]);
    assert!(strip(MediaType::Webp, &riff).is_err());
}

#[test]
fn a_jpeg_has_one_picture_and_so_many_scans() {
    let jpeg = encoded(ImageFormat::Jpeg);
    let at = jpeg.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan");
    let (head, scan) = jpeg[..jpeg.len() - 2].split_at(at);
    let scans = |count: usize| strip(MediaType::Jpeg, &[head, &scan.repeat(count), &[0xFF, 0xD9]].concat());
    assert!(scans(32).is_ok());
    assert!(scans(33).is_err());
    let frame = head.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
    let frame = &head[frame..][..2 + 17];
    assert!(
        strip(MediaType::Jpeg, &[head, frame, scan].concat()).is_err(),
        "two pictures"
    );
}

#[test]
fn a_large_profile_of_a_jpeg_or_a_webp_is_dropped() {
    let jpeg = encoded(ImageFormat::Jpeg);
    let part = segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &vec![7; 60_000][..]].concat());
    let with = |parts: usize| {
        let file = [&jpeg[..2], &part.repeat(parts), &jpeg[2..]].concat();
        strip(MediaType::Jpeg, &file).expect("taken").bytes.len() - jpeg.len()
    };
    assert_eq!(with(9), 9 * part.len());
    assert_eq!(with(70), 0, "all of it, or nothing");

    let picture = encoded(ImageFormat::WebP)[12..].to_vec();
    let profiled = |bytes: usize| {
        let file = webp(&[extended(0x20), riff_chunk(b"ICCP", &vec![7; bytes]), picture.clone()]);
        let kept = prepare(&file).expect("taken").bytes;
        (kept.len() > bytes, kept[20] & 0x20 != 0)
    };
    assert_eq!(profiled(50_000), (true, true));
    assert_eq!(
        profiled(4 * MEGABYTE + 1),
        (false, false),
        "and it does not say that there is one"
    );
}

#[test]
fn frames_lie_within_their_picture_and_are_counted() {
    let animated = apng(64, 32, 3);
    let at = animated.windows(4).position(|kind| kind == b"fcTL").expect("a frame") + 4;
    let with = |place: usize, value: u32| {
        let mut file = animated.to_vec();
        file[at + place..][..4].copy_from_slice(&value.to_be_bytes());
        strip(MediaType::Png, &file).map(drop)
    };
    assert_eq!(with(4, 64), Ok(()));
    for (place, value) in [(4, 65), (8, 33), (12, 1), (16, 1), (4, 0), (12, u32::MAX)] {
        assert_eq!(with(place, value), Err(Refused::Unsupported), "{value} at {place}");
    }

    let picture = encoded(ImageFormat::WebP)[12..].to_vec();
    let moving = |head: [u8; 12], frames: usize| {
        let frame = riff_chunk(b"ANMF", &[&head[..], &[100, 0, 0, 0], &picture].concat());
        let file = webp(&[extended(0x02), riff_chunk(b"ANIM", &[0; 6]), frame.repeat(frames)]);
        strip(MediaType::Webp, &file).map(drop)
    };
    let within = [0, 0, 0, 0, 0, 0, 63, 0, 0, 31, 0, 0];
    assert_eq!(moving(within, 1_000), Ok(()));
    assert_eq!(moving(within, 1_001), Err(Refused::Unsupported));
    for (place, value) in [(0, 1), (3, 1), (6, 64), (9, 32), (8, 255)] {
        let mut beyond = within;
        beyond[place] = value;
        assert_eq!(moving(beyond, 1), Err(Refused::Unsupported), "{value} at {place}");
    }

    let still = animation(false);
    let mut large = still.to_vec();
    let at = large.iter().rposition(|byte| *byte == b',').expect("a frame");
    large[at + 5..at + 9].fill(0xFF);
    assert_eq!(prepare(&large.into()), Err(Refused::TooLarge));
}

#[test]
fn nothing_hides_behind_more_parts_of_a_recording_than_are_looked_at() {
    let (sound, film) = (taken::track(2, b"A_OPUS"), taken::track(1, b"V_VP8"));
    let with = |voids: usize, last: &Vec<u8>| {
        let voids = element(&[0xEC], b"").repeat(voids);
        prepare(&taken::webm(b"webm", &[sound.clone(), voids, last.clone()]))
    };
    assert!(with(198, &sound).is_ok());
    for (voids, last) in [(199, &sound), (199, &film), (100_000, &film)] {
        assert_eq!(with(voids, last), Err(Refused::Unsupported), "{voids}");
    }
}

#[test]
fn containers_of_sound_that_lie_or_have_no_end_are_refused() {
    // As long as a number can say, and longer than the file.
    let mut long = element(&[0x1A, 0x45, 0xDF, 0xA3], &element(&[0x42, 0x82], b"webm"));
    long[5..12].fill(0xFE);
    // Each in the one before it.
    let deep = (0..10_000).fold(Vec::new(), |inner: Vec<u8>, _| match inner.len() {
        ..1_000_000 => element(&[0xAE], &inner),
        _ => inner,
    });
    let nested = b"\0\0\0\x08moov".repeat(100_000);
    let boxes = |length: u32, kind: &[u8]| [&length.to_be_bytes(), kind, &[0; 8]].concat();
    let start = mp4_box(b"ftyp", b"M4A \0\0\0\0");
    for file in [
        long,
        taken::webm(b"webm", &[deep]).to_vec(),
        taken::webm(b"webm", &[element(&[0xEC], b"").repeat(100_000)]).to_vec(),
        [start.clone(), nested].concat(),
        [start.clone(), boxes(u32::MAX, b"moov")].concat(),
        [start.clone(), boxes(4, b"moov")].concat(),
        [start.clone(), boxes(1, b"mdat"), vec![0xFF; 8]].concat(),
        [start, mp4_box(b"stsd", &[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF])].concat(),
    ] {
        assert_eq!(prepare(&file.into()), Err(Refused::Unsupported));
    }
}
