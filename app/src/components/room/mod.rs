//! A room's page: the card before joining, and the chat itself.

mod acts;
mod alerts;
mod banner;
mod composer;
mod context;
mod countdown;
mod end;
mod face;
mod govern;
mod header;
mod invite;
mod island;
mod join_card;
mod keys;
mod log;
mod media;
#[cfg(feature = "hydrate")]
mod outgoing;
mod people;
mod quote;
mod reactions;
mod row;
mod save;
mod skeleton;
mod text;
mod typing;
mod voice;
mod widget;

pub use island::InstantChatRoom;
pub use skeleton::Skeleton;
pub use widget::InstantChatWidget;
