//! What stands between clients and the server, and is not honest.

mod cutter;
mod meddler;

pub use self::{
    cutter::Cutter,
    meddler::{Meddler, Trick},
};
