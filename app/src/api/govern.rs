//! What only a chat's creator may do. As plain forms, they lead back to the chat.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use wire::{
    domain::{ParticipantId, RoomId, Token},
    error::{AppError, Code},
    service::Ruling,
};

use super::Refused;
#[cfg(feature = "ssr")]
use super::form;
#[cfg(feature = "ssr")]
use crate::session::Secret;

/// Locks a chat (nobody new gets in), or opens it again.
///
/// # Errors
/// `not_creator`; `unknown_chat`, `ended`, `expired`; `unavailable`.
#[server(name = LockChat, prefix = "/form", endpoint = "lock")]
pub async fn lock_chat(
    /// The room's id.
    chat: String,
    /// Whether nobody new gets in.
    #[server(default)]
    locked: bool,
) -> Result<(), Refused> {
    rule(chat, Ruling::Lock(locked)).await
}

/// Allows only text in a chat, or everything again.
///
/// # Errors
/// As [`lock_chat`].
#[server(name = OnlyText, prefix = "/form", endpoint = "text-only")]
pub async fn only_text(
    /// The room's id.
    chat: String,
    /// Whether pictures and recordings are refused.
    #[server(default)]
    text_only: bool,
) -> Result<(), Refused> {
    rule(chat, Ruling::TextOnly(text_only)).await
}

/// Extends a chat by 24 hours, once.
///
/// # Errors
/// As [`lock_chat`], and `already_extended`.
#[server(name = ExtendChat, prefix = "/form", endpoint = "extend")]
pub async fn extend_chat(
    /// The room's id.
    chat: String,
) -> Result<(), Refused> {
    rule(chat, Ruling::Extend(wire::protocol::EXTENSION_MAX_HOURS)).await
}

/// Removes somebody from a chat for good, and locks it where that is wanted, too.
///
/// # Errors
/// As [`lock_chat`], and `unknown_participant`.
#[server(name = RemoveFromChat, prefix = "/form", endpoint = "remove")]
pub async fn remove_from_chat(
    /// The room's id.
    chat: String,
    /// Whom: a participant's id.
    who: String,
    /// Whether to lock the chat, too: first, so that they cannot come back in between.
    #[server(default)]
    lock: bool,
) -> Result<(), Refused> {
    let who = ParticipantId::parse(who).map_err(|_| Code::UnknownParticipant)?;
    if lock {
        rule(chat.clone(), Ruling::Lock(true)).await?;
    }
    rule(chat, Ruling::Remove(who)).await
}

/// Makes a link that gives the creator's rights to another device.
///
/// # Errors
/// As [`lock_chat`], and `owner_links_spent`.
#[server(name = OwnerLink, prefix = "/form", endpoint = "owner-link")]
pub async fn owner_link(
    /// The room's id.
    chat: String,
) -> Result<String, Refused> {
    let room = room(chat)?;
    let outcome = async { form::rooms()?.owner_link(&room, &form::visitor(&room, "")).await }.await;
    form::settle(&room, outcome)
}

/// Takes the creator's rights with an owner link's token, into a cookie that scripts cannot read.
///
/// # Errors
/// As [`lock_chat`].
#[server(name = OwnChat, prefix = "/form", endpoint = "own")]
pub async fn own_chat(
    /// The room's id.
    chat: String,
    /// The link's token.
    token: String,
) -> Result<(), Refused> {
    let room = room(chat)?;
    let outcome = async {
        let token = Token::parse(&token).ok_or(Code::NotCreator)?;
        let until = form::rooms()?.own(&room, &token).await?;
        form::keep(Secret::Creator, &room, &token, until);
        Ok(())
    };
    let outcome = outcome.await;
    form::settle(&room, outcome)
}

#[cfg(feature = "ssr")]
fn room(chat: String) -> Result<RoomId, AppError> {
    RoomId::parse(chat).map_err(|_| Code::UnknownChat.into())
}

#[cfg(feature = "ssr")]
async fn rule(chat: String, ruling: Ruling) -> Result<(), Refused> {
    let room = room(chat)?;
    let outcome = async { form::rooms()?.rule(&room, &form::visitor(&room, ""), ruling).await }.await;
    form::settle(&room, outcome)
}
