//! What browser, server and programs have in common: validated values (the [`domain`]), what goes over the wire (the
//! [`protocol`]), what can go wrong ([`error`]) and where things are ([`links`]); and what is asked of the rooms within
//! the server ([`service`]).
//!
//! Compiled natively and to wasm. In a browser, what Unicode's and the calendar's tables are needed for is left to the
//! browser, or believed of the server.
//!
//! *Architecture invariant:* knows nothing of ours, and neither pages nor a runtime nor a database.
//!
//! How to add
//! - **an entry kind**: a variant of [`protocol::Entry`]; then the page's `room_client::state`, and a row in
//!   `components/room/row.rs`;
//! - **an error**: a variant of [`error::Code`]; the compiler lists the rest.

pub mod domain;
pub mod error;
pub mod links;
pub mod protocol;
pub mod service;
