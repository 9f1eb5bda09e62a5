use leptos::prelude::*;

use super::{
    context::{use_part, use_room},
    face::{Face, Name, verified_by},
    govern::Govern,
};
use crate::words::say;

/// Everybody who ever joined: those who are here first.
#[component]
pub(super) fn People() -> impl IntoView {
    let room = use_room();
    let (state, govern, is_creator) = (room.client.state, use_part::<Govern>(), room.is_creator);
    let people = move || {
        let mut people = state.with(|state| state.people.clone());
        people.sort_by_key(|person| !person.online);
        people
    };
    view! {
        // Can be focused, so that keys can scroll it.
        <div id="people" class="menu people" popover="auto" tabindex="0" role="region" aria-labelledby="people-title">
            <h2 id="people-title" class="menu-title">{say!(in_this_chat)}</h2>
            <ul class="people-list">
                <For each=people key=|person| (person.id.clone(), person.online, person.removed) let:person>
                    <li class="person" class:away=!person.online>
                        <Face id=person.id.clone() />
                        <span class="person-name">
                            <Name id=person.id.clone() />
                            {person.id.is_verified().then(|| view! {
                                <span class="person-verified soft" aria-hidden="true">{verified_by()}</span>
                            })}
                        </span>
                        <span class="soft person-state">
                            {
                                let id = person.id.clone();
                                move || match (state.with(|state| state.is_me(&id)), person.online) {
                                    _ if person.removed => say!(person_removed),
                                    (true, _) => say!(person_you),
                                    (false, true) => say!(person_here),
                                    (false, false) => say!(person_away),
                                }
                            }
                        </span>
                        {(is_creator && !person.removed && !state.with_untracked(|state| state.is_me(&person.id)))
                            .then(|| {
                                let id = person.id.clone();
                                let remove = move |_| govern.ask_to_remove(id.clone());
                                view! {
                                    <button type="button" class="link-button person-remove" on:click=remove>
                                        {say!(remove)}
                                        <span class="visually-hidden">" "<Name id=person.id /></span>
                                    </button>
                                }
                            })}
                    </li>
                </For>
            </ul>
        </div>
    }
}
