//! The way in, for browsers that keep cookies and for those that do not.

use wire::{
    domain::{RoomId, Token},
    error::AppError,
    protocol::Participant,
};

use crate::api::join_chat;

/// Joins, and sees to it that we can prove it: by a cookie that no script can read, or, in a browser that keeps none, by a
/// token that only this page knows.
///
/// # Errors
/// As [`join_chat`].
#[cfg(feature = "hydrate")]
pub async fn join(room: &RoomId, name: String, identity: String) -> Result<(Participant, Option<Token>), AppError> {
    use crate::{
        browser,
        client::{Client, browser::Browser},
    };
    use wire::{domain::IdentityToken, error::Code, protocol::calls::TokenIn};

    let client = || Client::new(Browser::quiet());
    let typed = name.trim().to_owned();
    let mut name = None;
    if browser::keeps_cookies() {
        let participant = join_chat(room.to_string(), typed.clone(), identity.clone()).await?;
        // Only who is inside is told who else is. Where there is no answer nothing speaks against the cookie.
        if client()
            .details(room)
            .await
            .is_ok_and(|details| details.participants.is_none())
        {
            name = Some(participant.name);
        } else {
            return Ok((participant, None));
        }
    } else if !typed.is_empty() {
        // The server says whether it is one.
        name = Some(serde_json::from_value(typed.into()).map_err(|_| Code::InvalidName)?);
    }
    let mut client = client().with_tokens_in(TokenIn::Answer);
    if let Some(identity) = IdentityToken::parse(&identity) {
        client = client.with_identity(&identity);
    }
    let joined = client.join(room, name.as_ref()).await?;
    Ok((joined.joined.participant, joined.token))
}

/// On the server nobody joins from within a page.
///
/// # Errors
/// As [`join_chat`].
#[cfg(not(feature = "hydrate"))]
pub async fn join(room: &RoomId, name: String, identity: String) -> Result<(Participant, Option<Token>), AppError> {
    Ok((join_chat(room.to_string(), name, identity).await?, None))
}
