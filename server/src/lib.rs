//! The Instant Chat server.
pub mod log;
