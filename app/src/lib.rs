//! What browser and server share beside the [`wire`]: the pages and their islands.
//!
//! Compiled twice: natively with the feature `ssr` (the server renders pages and runs server functions), and to
//! wasm with `hydrate` (islands wake up and speak to the room's socket). Nothing here knows a database or a runtime.
//!
//! *Architecture invariant:* arrows point one way, `frontend → app ← server`, and to [`wire`] from all of them. All that pages ask of the server goes
//! through the trait [`ports::Rooms`].
//!
//! How to add
//! - **an entry kind**: a variant of [`wire::protocol::Entry`], a `match` arm in [`room_client::state`], a row in
//!   `components/room/row.rs`;
//! - **a page**: a component under `pages/` and its route in `pages/mod.rs`;
//! - **words**: see [`words`]; no component has any of its own;
//! - **an error**: a variant of [`wire::error::Code`] and its sentence in [`words`]; the compiler lists the rest.

// Views are deeply nested types.
#![recursion_limit = "256"]

pub mod api;
mod browser;
pub mod client;
pub mod components;
pub mod formatting;
#[cfg(any(feature = "hydrate", test))]
#[cfg_attr(
    not(feature = "hydrate"),
    expect(dead_code, reason = "what the tests do not call, only a browser does")
)]
mod media;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod ports;
pub mod room_client;
#[cfg(feature = "ssr")]
pub mod saved;
#[cfg(feature = "ssr")]
pub mod session;
pub mod words;
