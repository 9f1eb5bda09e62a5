//! A server in a folder of its own, and what speaks to it.

pub mod bucket;
pub mod files;
mod program;
pub mod raw;
mod server;
mod socket;

pub use self::{
    program::{Program, command},
    server::{Guest, TestRoom, TestServer, answer, client, until},
    socket::{Socket, say},
};
