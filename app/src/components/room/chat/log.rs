use leptos::{either::Either, html, prelude::*};
use wire::protocol::{Body, Entry};

use super::{
    acts::{Acts, ActsMenu},
    banner::trouble_words,
    context::{use_part, use_room},
    media::{Lightbox, LightboxDialog, Sharing},
    outgoing::OutgoingRows,
    row::RowView,
};
use crate::{
    browser,
    components::{Glyph, Icon},
    room_client::{Link, RoomState, rows},
    words::say,
};

/// So near the bottom (px) counts as being there.
const NEAR_PX: i32 = 48;

/// The conversation. Stays at the newest message while the reader is there, and leaves them alone when they read above.
#[component]
pub(super) fn MessageLog() -> impl IntoView {
    let room = use_room();
    let (state, acts) = (room.client.state, use_part::<Acts>());
    let (sharing, lightbox) = (use_part::<Sharing>(), use_part::<Lightbox>());
    let revision = room.client.facets.revision;
    let rows = Memo::new(move |_| {
        revision.track();
        state.with_untracked(|state| rows::rows(state, browser::local_day))
    });
    let scroller = NodeRef::<html::Div>::new();
    // Laid out from the bottom up (column-reverse): 0 is the newest, above is negative.
    let at_bottom = RwSignal::new(true);
    let scrolled = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            let near = scroller.scroll_top() > -NEAR_PX;
            if near != at_bottom.get_untracked() {
                at_bottom.set(near);
            }
        }
    };
    let to_newest = move || {
        if let Some(scroller) = scroller.get_untracked() {
            scroller.set_scroll_top(0);
        }
        at_bottom.set(true);
    };

    // A hidden page is not read, nor is the newest by who reads above.
    let hidden = RwSignal::new(browser::is_hidden());
    browser::on_visibility(move |is_hidden| hidden.set(is_hidden));
    let reading = Memo::new(move |_| at_bottom.get() && !hidden.get());
    Effect::new(move || room.client.reading(reading.get()));
    let unseen = move || state.with(RoomState::unread);

    // What one says oneself is worth seeing.
    let said = move || state.with(RoomState::on_the_way) + sharing.on_the_way();
    Effect::new(move |before: Option<usize>| {
        let said = said();
        if before.is_some_and(|before| said > before) {
            to_newest();
        }
        said
    });

    let news = move || state.with(newest_words);
    let quiet = Memo::new(move |_| {
        state.with(|state| {
            let silent = state.outbox.is_empty()
                && sharing.on_the_way() == 0
                && !state
                    .entries
                    .iter()
                    .any(|entry| matches!(**entry, Entry::Message { .. }));
            silent.then(|| (state.link, state.trouble.as_ref().map(trouble_words)))
        })
    });

    view! {
        <div class="log" node_ref=scroller on:scroll=scrolled tabindex="0" role="region" aria-label=say!(messages)>
            <div class="log-inner">
                {move || quiet.get().map(|(link, trouble)| view! { <Quiet link trouble store_history=room.store_history /> })}
                <ol
                    class="rows"
                    on:click=move |event| {
                        if !lightbox.clicked(&event) {
                            acts.clicked(&event);
                        }
                    }
                    on:contextmenu=move |event| acts.context_menu(&event)
                    on:pointerdown=move |event| acts.pressed(&event)
                    on:pointerup=move |_| acts.released()
                    on:pointercancel=move |_| acts.released()
                    on:touchend=move |event| acts.lifted(&event)
                >
                    <For each=move || rows.get() key=rows::Row::key let:row>
                        <RowView row />
                    </For>
                    <OutgoingRows />
                </ol>
            </div>
        </div>
        <ActsMenu />
        <LightboxDialog />
        <p class="visually-hidden" role="status">{news}</p>
        <button type="button" class="button newest" hidden=move || at_bottom.get() on:click=move |_| to_newest()>
            <Icon glyph=Glyph::Down />
            {move || match unseen() {
                0 => say!(to_newest).to_owned(),
                many => say!(new_messages, count = many),
            }}
        </button>
    }
}

/// The newest message of somebody else, for those who listen to the page: only what came while it was open, not a
/// replay of what was.
fn newest_words(state: &RoomState) -> Option<String> {
    let Entry::Message { seq, from, body, .. } = state.entries.last()?.as_ref() else {
        return None;
    };
    if *seq <= state.live_after || state.is_me(from) {
        return None;
    }
    let words = match body {
        Body::Text { text, .. } => text.as_str(),
        Body::Image { alt: Some(alt), .. } => &format!("{}: {}", say!(picture), alt.as_str()),
        Body::Image { .. } => say!(picture),
        Body::Audio { .. } => say!(voice),
        Body::Unknown => say!(newer_kind),
        // What became of a message that was read is no news.
        Body::Reaction { .. } | Body::Edit { .. } | Body::Delete { .. } | Body::Deleted { .. } => return None,
    };
    Some(format!("{}: {words}", state.look(from)?.label()))
}

/// A conversation that has not begun, or that is not here yet.
#[component]
fn Quiet(link: Link, trouble: Option<String>, store_history: bool) -> impl IntoView {
    if let Some(trouble) = trouble {
        return Either::Left(view! {
            <div class="quiet">
                <p class="quiet-title">{trouble}</p>
                <button type="button" class="button" on:click=|_| browser::reload()>{say!(reload)}</button>
            </div>
        });
    }
    let words = match link {
        Link::Connecting | Link::Lost => (say!(connecting), ""),
        Link::Closed => (say!(nothing_said), ""),
        Link::Open if store_history => (say!(say_hello), say!(hello_kept)),
        Link::Open => (say!(say_hello), say!(hello_live)),
    };
    Either::Right(view! {
        <div class="quiet">
            <p class="quiet-title">{words.0}</p>
            <p class="soft">{words.1}</p>
        </div>
    })
}
