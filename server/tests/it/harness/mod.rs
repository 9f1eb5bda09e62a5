//! A server in a folder of its own, and what speaks to it.

pub mod files;
mod server;
mod socket;

pub use self::{
    server::{Guest, TestRoom, TestServer, answer, until},
    socket::{Socket, say},
};
