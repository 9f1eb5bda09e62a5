//! Who is inside a room, and who of them is connected, in memory.
//!
//! Everybody inside a room has a [`Seat`], whatever number of connections they have. When the last connection goes, the
//! seat stays for a grace: a reload or a tunnel is no departure. Who has left is remembered for as long as a new allowance
//! would be more than they have left.
//!
//! A seat says how things stand in *this* process. Several nodes will need another one of these, and nothing else.
//!
//! *Architecture invariant:* knows neither the room's handle nor who waits for its seats.

pub use self::seat::{Pace, Seat};
pub(crate) use self::{
    seat::FOREVER,
    seats::{Seats, Told},
};

mod seat;
mod seats;
