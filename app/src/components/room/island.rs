use leptos::{either::Either, prelude::*};

use super::{InstantChatWidget, join_card::JoinCard};
use crate::{
    domain::Timestamp,
    error::{AppError, Code},
    protocol::{Participant, RoomDetails},
};

/// A room: the card that invites to join, then the chat.
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
    let you = RwSignal::new(you);
    let problem = RwSignal::new(problem);
    let expelled = move |()| {
        problem.set(Some(AppError::with_detail(
            Code::NotJoined,
            "Your place in this chat is gone. Join again to go on.",
        )));
        you.set(None);
    };
    move || match you.get() {
        None => {
            let joined = move |participant| {
                problem.set(None);
                you.set(Some(participant));
            };
            let (room, suggestion) = (room.clone(), suggestion.clone());
            Either::Left(view! { <JoinCard room is_creator now suggestion problem on_joined=joined /> })
        }
        Some(you) => {
            Either::Right(view! { <InstantChatWidget room=room.clone() you is_creator now on_expelled=expelled /> })
        }
    }
}
