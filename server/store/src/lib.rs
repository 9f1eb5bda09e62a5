//! Rooms and what happened in them, kept.
//!
//! Two questions, two traits. The [`Log`] holds a room's entries, numbered 1, 2, 3 without gaps; the [`Registry`] holds
//! the rooms themselves and who belongs to them. A stored room's log is the database; a live room's log is memory
//! ([`memory`]) and never touches a disk. Nothing above this crate asks which it is, and no SQL stands outside it.
//!
//! *Architecture invariant:* knows neither sockets nor rules. Who wants to hear of new entries passes an
//! [`Observer`].
//!
//! How to add a store: for an SQL database, a `database::Dialect`; for anything else both traits, or [`Log`] alone.
//! Then run `tests/log_contract` on it.

mod database;
mod draft;
mod error;
mod log;
pub mod memory;
mod open;
mod postgres;
mod registry;
mod routed;
mod space;
mod sqlite;
mod url;

pub use self::{
    draft::{Appended, Draft},
    error::{LogError, OpenError},
    log::{Appending, Log, Observer, PAGE_BYTES, PAGE_MAX, Page, Position},
    memory::MemoryLog,
    open::{Stores, open},
    postgres::PostgresStore,
    registry::{Admission, Media, MediaAdmission, MediaQuota, Member, Over, PASSES_MAX, Registry, Room},
    space::{Bounds, Space},
    sqlite::SqliteStore,
    url::{UrlError, check_url},
};
