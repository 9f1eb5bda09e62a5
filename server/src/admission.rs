//! How much there may be at once: places that are taken, and given back when what took them is dropped. How often
//! something may be done is in [`crate::limits`].

pub use self::{
    budget::{Budget, Share},
    slots::{Full, Slot, Slots},
};

mod budget;
pub(crate) mod descriptors;
mod slots;
