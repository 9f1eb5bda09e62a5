use leptos::{either::Either, mount::mount_to, prelude::*};
use wire::{
    domain::{Timestamp, Token},
    protocol::RoomDetails,
};

use super::{
    acts::Acts,
    alerts::Alerts,
    banner::Banner,
    composer::Composer,
    context::RoomContext,
    end::Ended,
    govern::Govern,
    header::RoomHeader,
    log::MessageLog,
    media::{Lightbox, Sharing},
    typing::Typing,
    voice::Playback,
};
use crate::{
    browser::{self, Keep},
    room_client::{Link, RoomClient},
    words::say,
};

/// Puts the chat where the card was.
pub(in super::super) fn enter(
    place: &web_sys::HtmlElement,
    room: RoomDetails,
    is_creator: bool,
    now: Timestamp,
    token: Option<Token>,
) {
    let chat = move || view! { <InstantChatWidget room is_creator now token /> };
    mount_to(place.clone(), chat).forget();
}

/// The chat itself: who is here, what is said, and a place to say something.
#[component]
fn InstantChatWidget(
    /// The room.
    room: RoomDetails,
    /// Whether the visitor started it.
    is_creator: bool,
    /// When the server rendered the page.
    now: Timestamp,
    /// What proves who the visitor is, where no cookie does.
    token: Option<Token>,
) -> impl IntoView {
    let has_token = token.is_some();
    let client = RoomClient::connect(&room.chat_id, room.expires_at, now, token);
    let ended = Memo::new(move |_| client.state.with(|state| state.ended));
    // Nothing is known before the first welcome or refusal.
    let expelled = Memo::new(move |_| {
        client
            .state
            .with(|state| (state.link != Link::Connecting).then_some(state.expelled))
    });
    let expelled_key = format!("expelled-{}", room.chat_id);
    Effect::new(move || match expelled.get() {
        // The page says what happened, and how to come back. Once: a page that knows us when the socket does not would
        // load itself for ever.
        Some(true) if browser::kept(Keep::Tab, &expelled_key).is_none() => {
            browser::keep(Keep::Tab, &expelled_key, "1");
            browser::reload();
        }
        Some(false) => browser::keep(Keep::Tab, &expelled_key, ""),
        _ => {}
    });
    provide_context(Alerts::watch(client, room.chat_id.as_str()));
    provide_context(Sharing::new(&room.chat_id, client));
    provide_context(Acts::new());
    provide_context(Playback::new());
    provide_context(Lightbox::new());
    provide_context(Govern::new());
    provide_context(RoomContext {
        id: room.chat_id,
        client,
        looks: client.facets.looks,
        replying: RwSignal::new(None),
        editing: RwSignal::new(None),
        reactions: client.facets.reactions,
        verified_by: room.verified_by,
        store_history: room.store_history,
        is_creator,
        has_token,
    });

    view! {
        <div class="room">
            <RoomHeader />
            <main class="room-main">
                <h1 class="visually-hidden">{say!(chat)}</h1>
                <Banner />
                <MessageLog />
            </main>
            <footer class="room-foot">
                <Typing />
                {move || match ended.get() {
                    None => Either::Left(view! { <Composer /> }),
                    Some(reason) => Either::Right(view! { <Ended reason /> }),
                }}
            </footer>
        </div>
    }
}
