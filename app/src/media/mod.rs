//! What can be known of pictures and recordings without a browser.

pub(crate) mod bars;
pub(crate) mod still;
pub(crate) mod webm;
pub(crate) mod zoom;
