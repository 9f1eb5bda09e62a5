//! A server in a folder of its own, and what speaks to it.

mod server;
mod socket;

pub use self::{
    server::{Guest, TestRoom, TestServer, answer, until},
    socket::{Socket, say},
};
