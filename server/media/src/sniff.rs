//! What a file is, by its first bytes.

use wire::domain::MediaType;

/// The kind that a file begins like, if it is one that can be shared. Whether it is one to its end is for others to say.
pub(super) fn sniff(bytes: &[u8]) -> Option<MediaType> {
    let at = |offset: usize, magic: &[u8]| bytes.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    Some(match bytes {
        _ if at(0, b"\xFF\xD8\xFF") => MediaType::Jpeg,
        _ if at(0, b"\x89PNG\r\n\x1A\n") => MediaType::Png,
        _ if at(0, b"RIFF") && at(8, b"WEBP") => MediaType::Webp,
        _ if at(0, b"GIF87a") || at(0, b"GIF89a") => MediaType::Gif,
        _ if at(0, b"\x1A\x45\xDF\xA3") => MediaType::WebmAudio,
        _ if at(0, b"OggS") => MediaType::OggAudio,
        _ if at(4, b"ftyp") => MediaType::Mp4Audio,
        _ => return None,
    })
}
