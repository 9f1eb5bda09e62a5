//! Pictures in a room: chosen, shown before they are sent, made small, sent, and looked at.
//!
//! - [`still`]: what can be known of a picture without a browser: whether it moves, how large it is shown;
//! - `pipeline`: makes of what a person chose a picture that says nothing of where and by whom it was taken;
//! - [`Sharing`]: what is in the tray and what is on its way;
//! - [`Picture`]: a picture in the conversation.
//!
//! Choosing and sending are the browser's alone; the server, which compiles the same room, has stand-ins of it.

mod files;
mod lightbox;
mod picture;
mod still;
mod zoom;

#[cfg(feature = "hydrate")]
mod choosing;
#[cfg(feature = "hydrate")]
mod pipeline;
#[cfg(feature = "hydrate")]
mod recording;
#[cfg(feature = "hydrate")]
mod sharing;
#[cfg(feature = "hydrate")]
mod tray;

#[cfg(not(feature = "hydrate"))]
mod nowhere;

#[cfg(feature = "hydrate")]
pub(super) use self::{
    choosing::{DropTarget, PickButtons},
    recording::Recording,
    sharing::{Chosen, Sharing, Stage, What},
    still::shown,
    tray::Tray,
};
pub(super) use self::{
    files::{place_of, saves_by_token},
    lightbox::{Lightbox, LightboxDialog},
    picture::Picture,
};
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;
