//! Where things are on this site.

use crate::domain::{MediaId, RoomId};

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

/// Where pictures and recordings of a room are uploaded.
#[must_use]
pub fn media_path(room: &RoomId) -> String {
    format!("/api/chat/instant/{room}/media")
}

/// A picture of a room, as small as the conversation shows it.
#[must_use]
pub fn small_path(room: &RoomId, id: &MediaId) -> String {
    medium_path(room, id) + "?size=small"
}

/// A picture or recording of a room.
#[must_use]
pub fn medium_path(room: &RoomId, id: &MediaId) -> String {
    format!("/api/chat/instant/{room}/media/{}", id.as_str())
}
