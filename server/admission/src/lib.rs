//! What a stranger can make us spend, and how much of it there may be: in one place, whoever spends it.
//!
//! - [`Budget`]: bytes, rooms, whatever there may be so many of altogether;
//! - [`Slots`]: places for what lasts, altogether and for one address;
//! - [`Bucket`]: how often something may be done, by the [`Rate`] at which that comes back;
//! - [`Limits`]: what each address may do, by all of these.
//!
//! What is taken is given back when what took it is dropped; who finds nothing left is told when to come again.
//!
//! *Architecture invariant:* knows nothing of rooms, stores or connections: they take from here.

mod address;
mod bucket;
mod budget;
pub mod descriptors;
mod limits;
mod rate;
mod slots;

pub use self::{
    address::Address,
    bucket::{Bucket, Scope, too_fast, too_many},
    budget::{Budget, Share},
    limits::{Deed, Limits, Rates, Visitor},
    rate::Rate,
    slots::{Full, Slot, Slots},
};
