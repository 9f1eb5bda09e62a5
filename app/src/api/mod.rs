//! Server functions: check, call the rooms, answer. The rules are behind [`crate::ports::Rooms`].
//!
//! Each works in two ways. Called from wasm it answers with JSON. Posted as a plain form, by a browser without
//! JavaScript or before wasm has come, it answers with a redirect to a page that shows the outcome.

use leptos::prelude::*;
use wire::protocol::{Created, Participant};
#[cfg(feature = "ssr")]
use wire::{
    domain::{IdentityToken, RoomId},
    error::Code,
    service::NewRoom,
};

#[cfg(feature = "ssr")]
use crate::{session::Secret, words::Language};

#[cfg(feature = "ssr")]
mod form;
mod govern;
mod refused;

pub use govern::{extend_chat, lock_chat, only_text, own_chat, owner_link, remove_from_chat};
pub use refused::Refused;

/// Starts a chat. With a name, its creator is inside at once.
///
/// # Errors
/// `invalid_name`, `invalid_identity`, `identity_required`; `unavailable` when the store does not answer.
#[server(name = CreateChat, prefix = "/form", endpoint = "create")]
pub async fn create_chat(
    /// The creator's name; empty to join later.
    #[server(default)]
    name: String,
    /// Whether those who come later can read what was said before. An unticked box is not sent.
    #[server(default)]
    store_history: bool,
    /// The host site's word for who it is, where there is one.
    #[server(default)]
    identity: String,
) -> Result<Created, Refused> {
    let outcome = async {
        form::rooms()?
            .create(NewRoom {
                store_history,
                creator_name: form::nickname(&name)?,
                identity: IdentityToken::parse(&identity),
            })
            .await
    };
    match outcome.await {
        Ok(room) => {
            let created = room.created;
            form::keep(
                Secret::Creator,
                &created.chat_id,
                &room.creator_token,
                created.expires_at,
            );
            if let Some((_, token)) = room.joined {
                form::keep(Secret::Participant, &created.chat_id, &token, created.expires_at);
            }
            form::go_on(&wire::links::room_path(&created.chat_id));
            Ok(created)
        }
        Err(error) => {
            form::refuse("/start", &error);
            Err(error.into())
        }
    }
}

/// Joins a chat under a name. Whoever is inside already stays the same participant.
///
/// # Errors
/// `invalid_name`, `invalid_identity`, `identity_required`, `room_full`; `unknown_chat`, `ended`, `expired`; `unavailable`.
#[server(name = JoinChat, prefix = "/form", endpoint = "join")]
pub async fn join_chat(
    /// The room's id.
    chat: String,
    /// What to be called.
    #[server(default)]
    name: String,
    /// The host site's word for who it is, where there is one.
    #[server(default)]
    identity: String,
) -> Result<Participant, Refused> {
    let room = RoomId::parse(chat).map_err(|_| Code::UnknownChat)?;
    let outcome = async {
        let name = form::nickname(&name)?;
        let visitor = form::visitor(&room, &identity);
        let joined = form::rooms()?.join(&room, name, &visitor).await?;
        form::keep(Secret::Participant, &room, &joined.token, joined.expires_at);
        Ok(joined.joined.participant)
    };
    let outcome = outcome.await;
    form::settle(&room, outcome)
}

/// Ends a chat for everybody. Only its creator can.
///
/// # Errors
/// `not_creator`; `unknown_chat`, `ended`, `expired`; `unavailable`.
#[server(name = EndChat, prefix = "/form", endpoint = "end")]
pub async fn end_chat(
    /// The room's id.
    chat: String,
) -> Result<(), Refused> {
    let room = RoomId::parse(chat).map_err(|_| Code::UnknownChat)?;
    let outcome = async { form::rooms()?.end(&room, &form::visitor(&room, "")).await }.await;
    form::settle(&room, outcome)
}

/// Chooses the language of the interface for this browser, and goes back to where it was chosen.
///
/// # Errors
/// None: what is no language of ours changes nothing.
#[server(name = ChooseLanguage, prefix = "/form", endpoint = "language")]
pub async fn choose_language(
    /// Its BCP 47 tag.
    #[server(default)]
    language: String,
    /// The path of the page where it was chosen.
    #[server(default)]
    back: String,
) -> Result<(), Refused> {
    if let Some(language) = Language::of_tag(&language) {
        form::keep_language(language);
    }
    form::go_on(if form::is_ours(&back) { &back } else { "/" });
    Ok(())
}
