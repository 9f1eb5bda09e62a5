use leptos::prelude::*;

use super::{
    face::{Face, Name, verified_by},
    widget::use_room,
};

/// Everybody who ever joined: those who are here first.
#[component]
pub(super) fn People() -> impl IntoView {
    let state = use_room().client.state;
    let people = move || {
        let mut people = state.with(|state| state.people.clone());
        people.sort_by_key(|person| !person.online);
        people
    };
    view! {
        // Can be focused, so that keys can scroll it.
        <div id="people" class="menu people" popover="auto" tabindex="0" role="region" aria-labelledby="people-title">
            <h2 id="people-title" class="menu-title">"In this chat"</h2>
            <ul class="people-list">
                <For each=people key=|person| (person.id.clone(), person.online) let:person>
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
                                let id = person.id;
                                move || match (state.with(|state| state.is_me(&id)), person.online) {
                                    (true, _) => "you",
                                    (false, true) => "here",
                                    (false, false) => "away",
                                }
                            }
                        </span>
                    </li>
                </For>
            </ul>
        </div>
    }
}
