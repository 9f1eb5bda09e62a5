//! The rules of a room, and the only place for them: REST, sockets, pages and server functions all come here, to the
//! [`RoomService`].
//!
//! A room is a log ([`store`]), a socket is a cursor into it. All that this process has of a room is its [`RoomHandle`],
//! which is there while somebody needs it: the [`hub`] writes to its sockets, [`presence`] has its seats. [`identity`]
//! knows whom the host site knows, the [`sweeper`] cleans up what is over.
//!
//! # The way of a message
//! 1. A socket's `Line` reads a frame (`server`, `http::socket`); `frames::read` makes a `ClientFrame` of it.
//! 2. Its `Session` counts it against the socket's bucket, and hands it to [`RoomService::begin_to_say`] with the
//!    [`Place`] at which its participant is.
//! 3. The rules ask for an allowance of the participant and of the room, and whether this may be said, changed or shown.
//!    From here on the body is bytes: what is decided later is decided by the header.
//! 4. [`store::Log::take`] encodes the entry, once, and puts a stored room's into the next transaction, which commits it
//!    with those of other rooms, and a live room's into its buffer in memory. Here it gets its `seq`.
//! 5. The store tells its [`store::Observer`], who is the server's and hands the bytes on to the room's handle, for its
//!    feed. Who reads the log later gets the same.
//! 6. The feed wakes the room's task ([`hub::Outlet`]), which writes what is new to every socket that stands right before
//!    it. One that stands elsewhere, or takes only a part, is called: its own task takes what follows its cursor, from the
//!    feed or, where that does not reach back so far, from the log.
//! 7. The sender's socket says that it is in the log: the ack, which goes out with the entry where the room has yet to
//!    write that.
//!
//! *Architecture invariant:* knows neither a web nor a database. The hub and the store never see each other: who starts
//! the server ties them together. There is one map of rooms, [`RoomHandles`]; what one room needs stands in its handle.

mod handle;
pub mod hub;
pub mod identity;
pub mod metrics;
pub mod presence;
mod service;
pub mod sweeper;

pub use handle::{Connection, RoomHandle, RoomHandles, Subscription, Turn};
pub use service::{
    Bell, Entrance, Following, History, HistoryQuery, MediaLimits, News, Parts, Place, Rendition, Resume, RoomService,
    Rules, Saving, Shown,
};
