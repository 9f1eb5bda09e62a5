use leptos::{html, prelude::*};
use wire::links;

use super::{
    alerts::AlertSwitches,
    context::use_room,
    countdown::Countdown,
    dialog::show,
    end::EndDialog,
    face::Face,
    govern::{OwnerLinkDialog, RemoveDialog, YourChat},
    invite::InviteDialog,
    keys::KeysDialog,
    menu::MenuItem,
    people::People,
    save::SaveDialog,
};
use crate::{
    browser,
    components::{Brand, Glyph, Icon, LanguageForm},
    words::say,
};

/// Faces that fit beside the count.
const FACES: usize = 3;

/// The bar over a chat: who is here, how long it goes on, invite, more.
#[component]
pub(super) fn RoomHeader() -> impl IntoView {
    let room = use_room();
    let back = links::room_path(&room.id);
    let client = room.client;
    let online = Memo::new(move |_| {
        client.state.with(|state| {
            state
                .people
                .iter()
                .filter(|person| person.online)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let ended = move || client.state.with(|state| state.ended.is_some());
    let invite = NodeRef::<html::Dialog>::new();
    let [end, save, keys] = [(); 3].map(|()| NodeRef::<html::Dialog>::new());
    let leave = move |_| {
        client.leave();
        // The goodbye is on its way before the page goes: both leave in this order.
        set_timeout(|| browser::go_to("/"), std::time::Duration::from_millis(60));
    };

    view! {
        <header class="bar room-bar">
            <Brand />
            <button type="button" class="here" popovertarget="people" hidden=move || online.with(Vec::is_empty)>
                <span class="faces" aria-hidden="true">
                    <For each=move || online.get().into_iter().take(FACES) key=|person| person.id.clone() let:person>
                        <Face id=person.id />
                    </For>
                </span>
                <span class="here-count">{move || say!(here, count = online.with(Vec::len))}</span>
            </button>
            <People />
            <span class="bar-gap"></span>
            <Countdown />
            <button type="button" class="button invite" hidden=ended on:click=move |_| show(invite)>
                <Icon glyph=Glyph::Share />
                <span class="button-words">{say!(invite)}</span>
            </button>
            <button type="button" class="icon-button" aria-label=say!(more) popovertarget="more" hidden=ended>
                <Icon glyph=Glyph::More />
            </button>
            <div id="more" class="menu" popover="auto">
                {room.is_creator.then(|| view! { <YourChat /> })}
                <AlertSwitches />
                <MenuItem opens=save glyph=Glyph::Save>{say!(save_chat)}</MenuItem>
                <MenuItem opens=keys glyph=Glyph::Keyboard class="menu-item with-keyboard">{say!(keys_title)}</MenuItem>
                <button type="button" class="menu-item" on:click=leave>
                    <Icon glyph=Glyph::Door />
                    {say!(leave)}
                </button>
                {room.is_creator.then(|| view! {
                    <MenuItem opens=end glyph=Glyph::Stop class="menu-item danger">{say!(end_for_all)}</MenuItem>
                })}
                <LanguageForm back />
            </div>
            <InviteDialog dialog=invite />
            <SaveDialog dialog=save />
            <KeysDialog dialog=keys />
            {room.is_creator.then(|| view! { <EndDialog dialog=end /> <RemoveDialog /> <OwnerLinkDialog /> })}
        </header>
    }
}
