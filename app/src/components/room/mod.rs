//! A room's page: the card before joining, and the chat itself.

#[cfg(feature = "hydrate")]
mod chat;
mod island;
mod join_card;
mod skeleton;

pub use island::InstantChatRoom;
pub use skeleton::Skeleton;
