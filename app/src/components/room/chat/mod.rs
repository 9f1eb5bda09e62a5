//! The chat itself. Compiled for the browser alone: the server never renders it.

mod acts;
mod alerts;
mod banner;
mod composer;
mod context;
mod countdown;
mod dialog;
mod end;
mod face;
mod govern;
mod header;
mod invite;
mod keys;
mod log;
mod media;
mod menu;
mod outgoing;
mod people;
mod quote;
mod reactions;
mod row;
mod save;
mod text;
mod typing;
mod voice;
mod widget;

pub(super) use widget::enter;
