//! The Instant Chat server.
fn main() {}
