//! Pictures in a room: chosen, shown before they are sent, made small, sent, and looked at.
//!
//! - [`pipeline`]: makes of what a person chose a picture that says nothing of where and by whom it was taken;
//! - [`Sharing`]: what is in the tray and what is on its way;
//! - [`Picture`]: a picture in the conversation.

mod choosing;
mod files;
mod lightbox;
mod picture;
mod pipeline;
mod recording;
mod sharing;
mod tray;

pub(super) use self::{
    choosing::{DropTarget, PickButtons},
    files::{place_of, saves_by_token},
    lightbox::{Lightbox, LightboxDialog},
    picture::Picture,
    recording::Recording,
    sharing::{Chosen, Sharing, Stage, What},
    tray::Tray,
};
