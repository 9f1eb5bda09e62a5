//! The browser s side of a room.
