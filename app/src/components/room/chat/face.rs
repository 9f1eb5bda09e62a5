use leptos::prelude::*;
use wire::domain::ParticipantId;

use super::context::use_room;
use crate::{
    components::{Glyph, Icon},
    room_client::{Look, looks::hue_class},
    words::{self, say},
};

/// A participant's face: their first letters on their colour.
#[component]
pub(super) fn Face(
    /// Whose.
    id: ParticipantId,
) -> impl IntoView {
    let class = format!("face {}", hue_class(&id));
    view! { <span class=class aria-hidden="true">{of(id, |look| look.map_or_else(String::new, |look| look.initials.clone()))}</span> }
}

/// A participant's name, kept apart from the words around it whatever its direction, and from names that look alike.
#[component]
pub(super) fn Name(
    /// Whose.
    id: ParticipantId,
) -> impl IntoView {
    let name = of(id.clone(), |look| {
        look.map_or_else(|| say!(somebody).to_owned(), |look| look.name.to_string())
    });
    let mark = id.is_verified().then(|| {
        let words = verified_by();
        // Whoever doubts the name finds out whom the host means.
        let title = format!("{words}: {id}");
        view! {
            <span class="mark" title=title>
                <Icon glyph=Glyph::Check />
                <span class="visually-hidden">" (" {words} ")"</span>
            </span>
        }
    });
    let tag = of(id, |look| look.and_then(|look| look.tag.clone()).unwrap_or_default());
    view! {
        <bdi>{name}</bdi>
        {mark}
        <span class="tag">{tag}</span>
    }
}

/// What a mark says.
pub(super) fn verified_by() -> String {
    match use_room().verified_by {
        Some(host) => say!(verified_by, host = host),
        None => say!(verified).to_owned(),
    }
}

/// `Maya`, `You and Jonas`, `Maya, Jonas and 3 others`.
#[component]
pub(super) fn Names(
    /// Whose, in order.
    ids: Vec<ParticipantId>,
) -> impl IntoView {
    let client = use_room().client;
    let count = ids.len();
    let shown = ids.into_iter().enumerate().filter_map(move |(index, id)| {
        let joint = words::joint(index, count)?;
        let me = client.state.with_untracked(|state| state.is_me(&id));
        let you = me.then_some(if index == 0 { say!(you) } else { say!(and_you) });
        let name = (!me).then(|| view! { <Name id /> });
        Some(view! { {joint}{you}{name} })
    });
    view! { {shown.collect::<Vec<_>>()}{words::and_others(count)} }
}

/// Something of a participant's look. It changes when somebody comes who looks the same.
fn of(id: ParticipantId, part: fn(Option<&Look>) -> String) -> Signal<String> {
    let looks = use_room().looks;
    Signal::derive(move || looks.with(|looks| part(looks.iter().find(|look| look.id == id))))
}
