use leptos::{html, prelude::*, task::spawn_local};
use wire::{
    domain::{Timestamp, Token},
    error::AppError,
    links,
    protocol::{Participant, RoomDetails},
};

use super::{join_card::JoinCard, skeleton::SKELETON_ID};
use crate::{
    api::{Refused, own_chat},
    browser,
};

/// A room: the card that invites to join, then the chat.
///
/// The card is hydrated, the chat is built in the browser: nothing of it can be known before the socket speaks, and
/// code that only builds is a third smaller than code that can hydrate too. Until then the page shows a skeleton.
#[island]
pub fn InstantChatRoom(
    /// The room.
    room: RoomDetails,
    /// Who the visitor is here, if they joined before.
    you: Option<Participant>,
    /// Whether the visitor started it.
    is_creator: bool,
    /// When the server rendered this.
    now: Timestamp,
    /// A name for who has none in mind.
    suggestion: String,
    /// What went wrong with the last try to join.
    problem: Option<AppError>,
) -> impl IntoView {
    let problem = RwSignal::new(problem);
    // At once and before anything else reads the address: the secret is not to be shared with the link.
    if let Some(token) = browser::take_from_fragment(links::OWNER_KEY)
        && !is_creator
    {
        let chat = room.chat_id.to_string();
        spawn_local(async move {
            match own_chat(chat, token).await {
                Ok(()) => browser::reload(),
                Err(Refused(error)) => {
                    problem.try_set(Some(error));
                }
            }
        });
    }
    let place = NodeRef::<html::Div>::new();
    let enter = {
        let room = room.clone();
        move |token: Option<Token>| {
            let Some(place) = place.get_untracked() else { return };
            place.set_text_content(None);
            if let Some(skeleton) = document().get_element_by_id(SKELETON_ID) {
                skeleton.remove();
            }
            #[cfg(feature = "hydrate")]
            super::chat::enter(&place, room.clone(), is_creator, now, token);
            // The server lets nobody in.
            #[cfg(not(feature = "hydrate"))]
            let _ = (&room, token);
        }
    };
    let joined_before = you.is_some();
    let card = (!joined_before).then(|| {
        let enter = enter.clone();
        let joined = move |token| enter(token);
        view! { <JoinCard room is_creator now suggestion problem on_joined=joined /> }
    });
    Effect::new(move || {
        if joined_before {
            enter(None);
        }
    });
    view! { <div node_ref=place class="room-place">{card}</div> }
}
