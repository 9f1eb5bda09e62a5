//! A room → its sockets.
//!
//! Each room has a [`Channel`] with its feed: while somebody reads it, the newest encoded entries, the newest signals, and
//! whether the room is over. Who reads it has a [`Cursor`] into it. Where that is a socket, the room's task ([`delivery`])
//! writes what is new straight to it; one that is slower takes what follows its own cursor, and one that is slower than the
//! feed reads the log, and misses signals. There is no queue per socket.
//!
//! *Architecture invariant:* knows neither axum nor the log, nor which rooms there are.

use bytes::Bytes;

pub use self::{
    batch::{Batch, Cut, Fit, Frame, put_text},
    cursor::Cursor,
    delivery::Outlet,
    feed::Taken,
};
pub(crate) use self::{delivery::Channel, feed::Feed};

mod batch;
mod cursor;
mod delivery;
mod feed;

/// A frame's bytes. Our own types always serialize; if one day one does not, its frame is missing and the log says so.
#[must_use]
pub fn encode(value: &impl serde::Serialize) -> Option<Frame> {
    serde_json::to_vec(value)
        .inspect_err(|error| tracing::error!(%error, "a frame could not be encoded"))
        .map(Bytes::from)
        .ok()
}

#[cfg(test)]
mod tests;
