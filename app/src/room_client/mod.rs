//! The browser's side of a room.
//!
//! [`state`] is pure: events and the time in, state and effects out, so that order, resume and the outbox are tested
//! without a browser. [`rows`] turns the state into what the page lists. [`RoomClient`] is what components hold;
//! its socket does what the effects say.

pub mod backoff;
mod client;
#[cfg(feature = "hydrate")]
mod outbox;
pub mod rows;
#[cfg(feature = "hydrate")]
mod socket;
pub mod state;

pub use client::RoomClient;
pub use state::{Effect, Event, Link, Pending, Progress, RoomState};
