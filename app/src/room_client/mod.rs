//! The browser's side of a room.
//!
//! [`state`] is pure: events and the time in, state and effects out, so that order, resume and the outbox are tested
//! without a browser. [`rows`] turns the state into what the page lists, [`looks`] tells people apart. `RoomClient`
//! is what components hold, in a browser alone; its socket does what the effects say. What is too large for a socket goes by [`upload`]; the
//! message that shows it is then submitted like any other.

pub mod backoff;
#[cfg(feature = "hydrate")]
mod client;
#[cfg(feature = "hydrate")]
mod command;
#[cfg(feature = "hydrate")]
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

#[cfg(feature = "hydrate")]
pub use client::RoomClient;
#[cfg(feature = "hydrate")]
pub use facets::Facets;
pub use looks::Look;
pub use reactions::{Reaction, Reactions};
pub use state::{Effect, Event, Link, Pending, Progress, RoomState, Trouble};
