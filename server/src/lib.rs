//! The Instant Chat server.
pub mod clock;
pub mod config;
pub mod hub;
pub mod log;
pub mod presence;
pub mod random;
pub mod rooms;
mod sync;
