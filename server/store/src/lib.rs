//! Rooms and what happened in them, kept.
//!
//! The [`Log`] holds a room's entries, numbered 1, 2, 3 without gaps, and takes [`Command`]s: whatever changes a room, in
//! one step with the entry that tells of it. The [`Registry`] answers which rooms there are and who belongs to them, the
//! [`MediaRegistry`] what was shared in them; [`Upkeep`] is for who cleans up. A stored room's log is the database; a live
//! room's log is memory and never touches a disk. Nothing above this crate asks which it is, and no SQL stands outside it.
//!
//! How to add a command: a variant of [`Command`], and what it does to rows in `database::commands`. How to add a look-up: a
//! method of its trait, and its SQL where `database` implements that. Nothing forwards either of them.
//!
//! *Architecture invariant:* knows neither sockets nor rules. Who wants to hear of new entries passes an
//! [`Observer`].
//!
//! How to add a store: for an SQL database, a `database::Dialect`; for anything else these traits.
//! Then run `tests/log_contract` on it.

mod body;
mod command;
mod database;
mod draft;
mod error;
mod frame;
mod log;
mod memory;
mod open;
mod position;
mod postgres;
mod registry;
mod routed;
mod space;
mod sqlite;
mod url;

pub use self::{
    body::RawBody,
    command::{Command, Outcome},
    draft::{Act, Appended, Draft},
    error::{LogError, OpenError},
    frame::Logged,
    log::{Executing, Log, Observer},
    memory::{Memories, Remembers, RoomMemories, RoomMemory},
    open::{Stores, open},
    position::{PAGE_BYTES, PAGE_MAX, Page, Position},
    postgres::PostgresStore,
    registry::{
        Arrival, Media, MediaAdmission, MediaQuota, MediaRegistry, Member, Over, PASSES_MAX, Registry, Room, Upkeep,
    },
    space::{Bounds, Space},
    sqlite::SqliteStore,
    url::{UrlError, check_url},
};
