use leptos::{either::Either, prelude::*};
use wire::{
    domain::{AltText, Seq},
    protocol::{Body, Entry},
};

use super::{context::use_room, face::Name};
use crate::words::say;

/// As much of a message as a quote shows, in characters.
const QUOTED: usize = 160;

/// Who said what a message answers, and how it begins. What is not here (any more) is not quoted.
#[component]
pub(super) fn Quote(to: Seq) -> impl IntoView {
    let client = use_room().client;
    let quoted = Memo::new(move |_| {
        client.facets.revision.track();
        client.state.with_untracked(|state| match state.entry(to)? {
            Entry::Message { from, body, .. } => {
                let said = match body {
                    Body::Text { text, .. } => text.as_str(),
                    Body::Image { alt, .. } => alt.as_ref().map_or(say!(picture), AltText::as_str),
                    Body::Audio { .. } => say!(voice),
                    Body::Deleted { .. } => say!(deleted),
                    Body::Reaction { .. } | Body::Edit { .. } | Body::Delete { .. } | Body::Unknown => return None,
                };
                let begin: String = said.chars().take(QUOTED).collect();
                Some((from.clone(), state.is_me(from), begin))
            }
            _ => None,
        })
    });
    move || match quoted.get() {
        Some((from, mine, begin)) => Either::Left(view! {
            <span class="quote-who">
                {if mine { Either::Left(say!(you)) } else { Either::Right(view! { <Name id=from /> }) }}
                <span class="visually-hidden">": "</span>
            </span>
            <bdi class="quote-text" dir="auto">{begin}</bdi>
        }),
        None => Either::Right(view! { <span class="quote-text">{say!(earlier_message)}</span> }),
    }
}
