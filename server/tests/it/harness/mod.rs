//! A server in a folder of its own, and what speaks to it.

#[cfg_attr(
    not(target_os = "linux"),
    expect(dead_code, reason = "what they do is seen there alone")
)]
pub mod bombs;
pub mod bucket;
pub mod files;
mod place;
#[cfg(target_os = "linux")]
pub mod processes;
mod program;
pub mod raw;
mod server;
mod socket;

pub use self::{
    place::Place,
    program::{Program, command, signal},
    server::{Guest, TestRoom, TestServer, answer, client, number, until, until_within},
    socket::{Socket, say},
};
