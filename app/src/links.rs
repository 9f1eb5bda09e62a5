//! Where things are on this site.

use crate::domain::RoomId;

/// The page of a room.
#[must_use]
pub fn room_path(room: &RoomId) -> String {
    format!("/instant-chat/{room}")
}

/// The picture of a room's link, for a phone's camera.
#[must_use]
pub fn qr_path(room: &RoomId) -> String {
    format!("/instant-chat/{room}/qr.svg")
}

/// The socket of a room.
#[must_use]
pub fn socket_path(room: &RoomId) -> String {
    format!("/api/chat/instant/{room}/socket")
}

/// The page that is being rendered, without its query.
#[cfg(feature = "ssr")]
#[must_use]
pub fn here() -> String {
    leptos::prelude::use_context::<http::request::Parts>()
        .map_or_else(|| "/".to_owned(), |parts| parts.uri.path().to_owned())
}

/// Whether a path that a form brought leads to a page of ours: no other site's, nothing that a browser reads as one.
#[cfg(feature = "ssr")]
#[must_use]
pub fn is_ours(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::is_ours;

    #[test]
    fn a_form_leads_back_to_our_own_pages_only() {
        assert!(is_ours("/") && is_ours("/instant-chat/Vq3nT8-zKw_2"));
        for foreign in [
            "",
            "https://example.org",
            "//example.org",
            "/\\example.org",
            "/\t/example.org",
            "/a\r\nb: c",
        ] {
            assert!(!is_ours(foreign), "{foreign:?}");
        }
    }
}
