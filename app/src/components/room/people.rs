use leptos::prelude::*;

use super::{
    face::{Face, Name},
    widget::use_room,
};
use crate::words::words;

/// Everybody who ever joined: those who are here first.
#[component]
pub(super) fn People() -> impl IntoView {
    let words = words();
    let state = use_room().client.state;
    let people = move || {
        let mut people = state.with(|state| state.people.clone());
        people.sort_by_key(|person| !person.online);
        people
    };
    view! {
        // Can be focused, so that keys can scroll it.
        <div id="people" class="menu people" popover="auto" tabindex="0" role="region" aria-labelledby="people-title">
            <h2 id="people-title" class="menu-title">{words.in_this_chat}</h2>
            <ul class="people-list">
                <For each=people key=|person| (person.id.clone(), person.online) let:person>
                    <li class="person" class:away=!person.online>
                        <Face id=person.id.clone() />
                        <span class="person-name"><Name id=person.id.clone() /></span>
                        <span class="soft person-state">
                            {
                                let id = person.id;
                                move || match (state.with(|state| state.is_me(&id)), person.online) {
                                    (true, _) => words.person_you,
                                    (false, true) => words.person_here,
                                    (false, false) => words.person_away,
                                }
                            }
                        </span>
                    </li>
                </For>
            </ul>
        </div>
    }
}
