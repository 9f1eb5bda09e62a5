//! The rules of a room, and the only place for them: REST, sockets, pages and server functions all come here, to the
//! [`RoomService`].
//!
//! A room is a log ([`store`]), a socket is a cursor into it: the [`hub`] wakes sockets, [`presence`] knows who is
//! connected, [`identity`] whom the host site knows, the [`sweeper`] cleans up what is over.
//!
//! *Architecture invariant:* knows neither a web nor a database. The hub and the store never see each other: who starts
//! the server ties them together.

pub mod hub;
pub mod identity;
pub mod metrics;
pub mod presence;
mod service;
pub mod sweeper;

pub use service::{
    Bell, Entrance, Following, History, HistoryQuery, MediaLimits, News, Parts, Place, Rendition, Resume, RoomService,
    Rules, Saving, Shown,
};
