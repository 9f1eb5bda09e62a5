//! Parts of pages. Each compiles for both sides; none of them names the server.
#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod brand;
mod icon;
mod language;
pub mod room;
mod share;
pub mod start;
mod wait;

pub use brand::Brand;
pub use icon::{Glyph, Icon};
pub use language::LanguageForm;
pub use share::ShareLink;
