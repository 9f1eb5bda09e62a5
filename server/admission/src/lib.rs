//! What a stranger can make us spend, and how much of it there may be: in one place, whoever spends it.
//!
//! - [`Budget`]: so many units of a [`Resource`], altogether and for one address. They are held by a [`Permit`], which
//!   gives them back when it is dropped; who finds nothing left is [told](Exhausted) when to come again;
//! - [`Bucket`]: how often something may be done, by the [`Rate`] at which that comes back;
//! - [`Visitors`]: what each address may do, by both.
//!
//! *Architecture invariant:* knows nothing of rooms, stores or connections: they take from here.

mod address;
mod bucket;
mod budget;
pub mod descriptors;
mod rate;
mod resource;
mod visitors;

pub use self::{
    address::Address,
    bucket::{Bucket, Scope, too_fast},
    budget::{Budget, Each, Permit},
    rate::Rate,
    resource::{Exhausted, Resource, Whose, too_many},
    visitors::{Action, Rates, Visitor, Visitors},
};
