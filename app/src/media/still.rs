//! What can be known of a picture by its first bytes and by its sides.

/// The box (CSS pixels) that pictures have in the conversation.
const BOX: (u32, u32) = (320, 360);

/// No side is shown shorter (CSS pixels): a finger has to meet it.
const SHORTEST: u32 = 72;

/// Whether a file is one of those that may move. Drawn anew they would stand still, so they are sent as they are, and
/// lose their metadata on the server.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn moves(head: &[u8]) -> bool {
    let at = |offset: usize, magic: &[u8]| head.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    if at(0, b"GIF8") {
        return true;
    }
    if at(0, b"RIFF") && at(8, b"WEBPVP8X") {
        // The flags of the extended header.
        return head.get(20).is_some_and(|flags| flags & 0x02 != 0);
    }
    // APNG says how many frames it has before its first one.
    at(0, b"\x89PNG")
        && head
            .windows(4)
            .find(|kind| [b"acTL", b"IDAT"].contains(&(*kind).try_into().unwrap_or(b"IDAT")))
            .is_some_and(|kind| kind == b"acTL")
}

/// Whether nothing in it can be seen through: a JPEG.
#[cfg(any(feature = "hydrate", test))]
pub(crate) fn is_opaque(head: &[u8]) -> bool {
    head.starts_with(b"\xFF\xD8\xFF")
}

/// Sides no longer than `most`, in the same proportion.
pub(crate) fn fit((width, height): (u32, u32), most: (u32, u32)) -> (u32, u32) {
    let (width, height) = (width.max(1), height.max(1));
    if width <= most.0 && height <= most.1 {
        return (width, height);
    }
    let scaled = |side: u32, by: u32, of: u32| {
        let side = (u64::from(side) * u64::from(by) + u64::from(of) / 2) / u64::from(of);
        u32::try_from(side).unwrap_or(u32::MAX).max(1)
    };
    if u64::from(width) * u64::from(most.1) >= u64::from(height) * u64::from(most.0) {
        (most.0, scaled(height, most.0, width))
    } else {
        (scaled(width, most.1, height), most.1)
    }
}

/// How large a picture stands in the conversation, in CSS pixels: known before it is loaded, so that nothing jumps.
pub(crate) fn shown(sides: (u32, u32)) -> (u32, u32) {
    let (width, height) = fit(sides, BOX);
    (width.max(SHORTEST), height.max(SHORTEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_is_known_by_its_head() {
        for (head, expected) in [
            (&b"GIF89a"[..], true),
            (b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x02", true),
            (b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\x10", false),
            (b"RIFF\0\0\0\0WEBPVP8 ", false),
            (b"\x89PNG\r\n\x1A\n....IHDR....acTL....IDAT", true),
            // Words in the picture's data say nothing.
            (b"\x89PNG\r\n\x1A\n....IHDR....IDAT....acTL", false),
            (b"\x89PNG", false),
            (b"\xFF\xD8\xFF\xE0", false),
            (b"", false),
        ] {
            assert_eq!(moves(head), expected, "{head:?}");
        }
    }

    #[test]
    fn only_a_jpeg_is_opaque_for_sure() {
        assert!(is_opaque(b"\xFF\xD8\xFF\xE0"));
        assert!(!is_opaque(b"\x89PNG") && !is_opaque(b""));
    }

    #[test]
    fn sides_fit_in_proportion() {
        let most = (2_048, 2_048);
        assert_eq!(fit((4_000, 3_000), most), (2_048, 1_536));
        assert_eq!(fit((3_000, 4_000), most), (1_536, 2_048));
        assert_eq!(fit((800, 600), most), (800, 600));
        assert_eq!(fit((16_384, 1), most), (2_048, 1));
        assert_eq!(fit((0, 5), most), (1, 5));
    }

    #[test]
    fn in_the_conversation_pictures_have_a_place_of_their_size() {
        assert_eq!(shown((4_000, 3_000)), (320, 240));
        assert_eq!(shown((3_000, 4_000)), (270, 360));
        assert_eq!(shown((16, 16)), (72, 72));
        assert_eq!(shown((10_000, 100)), (320, 72));
    }
}
