//! The browser's side of a room.
//!
//! [`state`] is pure: events and the time in, state and effects out, so that order, resume and the outbox are tested
//! without a browser. [`rows`] turns the state into what the page lists, [`looks`] tells people apart. [`RoomClient`]
//! is what components hold; its socket does what the effects say. What is too large for a socket goes by [`upload`]; the
//! message that shows it is then submitted like any other.

pub mod backoff;
mod client;
mod command;
mod facets;
pub mod joining;
pub mod looks;
#[cfg(feature = "hydrate")]
mod outbox;
pub mod reactions;
pub mod rows;
mod silence;
#[cfg(feature = "hydrate")]
mod socket;
pub mod state;
pub mod upload;

pub use client::RoomClient;
pub use facets::Facets;
pub use looks::Look;
pub use reactions::{Reaction, Reactions};
pub use state::{Effect, Event, Link, Pending, Progress, RoomState, Trouble};
