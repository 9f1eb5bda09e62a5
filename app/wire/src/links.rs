//! Where things are on this site.

use crate::{
    domain::{MediaId, RoomId, Token},
    protocol::calls::SaveAs,
};

/// The page of a room.
#[must_use]
pub fn room_path(room: &RoomId) -> String {
    format!("/instant-chat/{room}")
}

/// The page of a room, with the creator's rights: a token in the fragment, which browsers do not send.
#[must_use]
pub fn owner_path(room: &RoomId, token: &Token) -> String {
    format!("{}#{OWNER_KEY}={}", room_path(room), token.expose())
}

/// What an owner link's token is called in the fragment, which holds `key=value` pairs joined by `&`.
pub const OWNER_KEY: &str = "owner";

/// Takes the value of `key` out of a fragment (without its `#`): the value, and what is left for others to read.
#[must_use]
pub fn take_from_fragment(fragment: &str, key: &str) -> (Option<String>, String) {
    let mut taken = None;
    let mut left = Vec::new();
    for pair in fragment.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some((name, value)) if name == key => taken = Some(value.to_owned()),
            _ => left.push(pair),
        }
    }
    (taken, left.join("&"))
}

/// The picture of a room's link, for a phone's camera.
#[must_use]
pub fn qr_path(room: &RoomId) -> String {
    format!("/instant-chat/{room}/qr.svg")
}

/// Where the API's calls are.
pub const API: &str = "/api/chat/instant";

/// Where a chat is started.
#[must_use]
pub fn create_path() -> String {
    format!("{API}/create")
}

/// Where one of the API's calls about a room goes: `call` is what follows the room's id, nothing or `/` and a name.
#[must_use]
pub fn call_path(room: &RoomId, call: &str) -> String {
    format!("{API}/{room}{call}")
}

/// The socket of a room.
#[must_use]
pub fn socket_path(room: &RoomId) -> String {
    call_path(room, "/socket")
}

/// Where pictures and recordings of a room are uploaded.
#[must_use]
pub fn media_path(room: &RoomId) -> String {
    call_path(room, "/media")
}

/// A picture or recording of a room.
#[must_use]
pub fn medium_path(room: &RoomId, id: &MediaId) -> String {
    call_path(room, "/media/") + id.as_str()
}

/// A picture of a room, as small as the conversation shows it.
#[must_use]
pub fn small_path(room: &RoomId, id: &MediaId) -> String {
    medium_path(room, id) + "?size=small"
}

/// A room's conversation, as a file to keep.
#[must_use]
pub fn export_path(room: &RoomId, save_as: SaveAs) -> String {
    call_path(room, "/export?format=") + save_as.name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_keeps_what_belongs_to_others() {
        let take = |fragment| take_from_fragment(fragment, OWNER_KEY);
        let of = |value: &str, left: &str| (Some(value.to_owned()), left.to_owned());
        assert_eq!(take("owner=abc"), of("abc", ""));
        assert_eq!(take("key=x=y&owner=abc&later"), of("abc", "key=x=y&later"));
        assert_eq!(take("key=owner"), (None, "key=owner".to_owned()));
        assert_eq!(take(""), (None, String::new()));
    }
}
