//! The Instant Chat server.
pub mod clock;
pub mod log;
pub mod random;
