//! What anybody may send, and what must hold of it whatever it is. Each function panics where it does not.
//!
//! The engine calls them with what it makes up ([`libfuzzer`](https://llvm.org/docs/LibFuzzer.html), in `targets/`), the
//! tests with what is in `corpus/`.

mod frames;
mod identity;
mod media;
mod text;

pub use self::{frames::frames, identity::identity, media::media, text::text};
