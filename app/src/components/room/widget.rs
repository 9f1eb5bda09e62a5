use leptos::{either::Either, prelude::*};

use super::{banner::Banner, composer::Composer, end::Ended, header::RoomHeader, log::MessageLog, typing::Typing};
use crate::{
    domain::{RoomId, Timestamp},
    protocol::{Participant, RoomDetails},
    room_client::RoomClient,
};

/// What the parts of a room need to know of it.
#[derive(Clone)]
pub(super) struct RoomContext {
    /// Which room.
    pub(super) id: RoomId,
    /// Its connection.
    pub(super) client: RoomClient,
    /// Whether those who come later can read what was said before.
    pub(super) store_history: bool,
    /// Whether the visitor started it.
    pub(super) is_creator: bool,
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
    /// Who the visitor is here.
    you: Participant,
    /// Whether the visitor started it.
    is_creator: bool,
    /// When the server rendered the page.
    now: Timestamp,
    /// Called when the server no longer knows the visitor.
    #[prop(into)]
    on_expelled: Callback<()>,
) -> impl IntoView {
    let client = RoomClient::connect(&room.chat_id, room.expires_at, now);
    let ended = Memo::new(move |_| client.state.with(|state| state.ended));
    let expelled = Memo::new(move |_| client.state.with(|state| state.expelled));
    Effect::new(move || {
        if expelled.get() {
            on_expelled.run(());
        }
    });
    let chat = room.chat_id.to_string();
    provide_context(RoomContext {
        id: room.chat_id,
        client,
        store_history: room.store_history,
        is_creator,
    });

    view! {
        <div class="room">
            <RoomHeader />
            <main class="room-main">
                <h1 class="visually-hidden">"Chat"</h1>
                <Banner />
                <noscript>
                    <div class="no-script card">
                        <h2>"You are in as " <bdi>{you.name.to_string()}</bdi></h2>
                        <p>"Talking live needs JavaScript. Turn it on for this page, and the conversation appears here."</p>
                        {is_creator.then(|| view! {
                            <form action="/form/end" method="post">
                                <input type="hidden" name="chat" value=chat />
                                <button class="button danger" type="submit">"End this chat for everybody"</button>
                            </form>
                        })}
                    </div>
                </noscript>
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
