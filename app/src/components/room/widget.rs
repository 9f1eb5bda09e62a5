use std::sync::Arc;

use leptos::{either::Either, prelude::*};
use wire::{
    domain::{RoomId, Seq, Timestamp, Token},
    protocol::RoomDetails,
};

use super::{
    acts::Acts,
    alerts::Alerts,
    banner::Banner,
    composer::Composer,
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
    room_client::{Link, Look, Reactions, RoomClient},
    words::say,
};

/// What the parts of a room need to know of it.
#[derive(Clone)]
pub(super) struct RoomContext {
    /// Which room.
    pub(super) id: RoomId,
    /// Its connection.
    pub(super) client: RoomClient,
    /// How the people in it are told apart.
    pub(super) looks: RwSignal<Arc<Vec<Look>>>,
    /// The menu of messages.
    pub(super) acts: Acts,
    /// The message that is being answered.
    pub(super) replying: RwSignal<Option<Seq>>,
    /// The message that is being edited.
    pub(super) editing: RwSignal<Option<Seq>>,
    /// Who answered what with an emoji.
    pub(super) reactions: RwSignal<Arc<Reactions>>,
    /// Pictures that are chosen and sent.
    pub(super) sharing: Sharing,
    /// What players of recordings share.
    pub(super) playback: Playback,
    /// The picture that is looked at.
    pub(super) lightbox: Lightbox,
    /// What calls the person back to a hidden page.
    pub(super) alerts: Alerts,
    /// The site that vouches for those who are verified.
    pub(super) verified_by: Option<String>,
    /// What the creator is about to do.
    pub(super) govern: Govern,
    /// Whether those who come later can read what was said before.
    pub(super) store_history: bool,
    /// Whether the visitor started it.
    pub(super) is_creator: bool,
    /// Whether this page alone knows who the visitor is: no cookie does.
    pub(super) has_token: bool,
}

/// The context of the room that the component is part of.
#[expect(
    clippy::expect_used,
    reason = "only called below InstantChatWidget, which provides it"
)]
pub(super) fn use_room() -> RoomContext {
    use_context().expect("a part of InstantChatWidget")
}

/// The chat itself: who is here, what is said, and a place to say something.
#[component]
pub fn InstantChatWidget(
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
    let alerts = Alerts::watch(client, room.chat_id.as_str());
    let sharing = Sharing::new(&room.chat_id, client);
    provide_context(RoomContext {
        id: room.chat_id,
        client,
        looks: client.facets.looks,
        acts: Acts::new(),
        replying: RwSignal::new(None),
        editing: RwSignal::new(None),
        reactions: client.facets.reactions,
        sharing,
        playback: Playback::new(),
        lightbox: Lightbox::new(),
        alerts,
        verified_by: room.verified_by,
        govern: Govern::new(),
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
