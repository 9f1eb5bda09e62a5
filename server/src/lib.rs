//! The Instant Chat server: [`Server::start`] puts it together.
//!
//! The rules are in [`rooms`]. [`http`] speaks to the world, `site` to the pages, `serve` ties all together.
//!
//! *Architecture invariant:* only [`http`], and `serve` below it, know axum.

// The pages are deeply nested types, compiled into this crate.
#![recursion_limit = "256"]

pub mod config;
pub mod http;
pub mod metrics;
mod serve;
mod site;
pub mod telemetry;

pub use serve::{Server, StartError};
