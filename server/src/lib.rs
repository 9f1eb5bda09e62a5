//! The Instant Chat server: [`Server::start`] puts it together.
//!
//! A room is a log ([`store`]), a socket is a cursor into it. [`rooms`] holds the rules, [`http`] speaks to the world,
//! [`hub`] wakes sockets, [`media`] keeps pictures and recordings, [`presence`] knows who is connected, [`sweeper`]
//! cleans up. Budgets are in [`admission`].
//!
//! *Architecture invariants:* [`store`] and [`hub`] never see each other, `serve` ties them together; only [`http`]
//! knows axum.

// The pages are deeply nested types, compiled into this crate.
#![recursion_limit = "256"]

pub mod config;
pub mod http;
pub mod hub;
pub mod identity;
pub mod metrics;
pub mod presence;
pub mod rooms;
mod serve;
pub mod sweeper;
pub mod telemetry;

pub use serve::{Server, StartError};
