use leptos::{html, prelude::*, task::spawn_local};
use wire::{domain::RoomId, links};

use super::{Glyph, Icon};
use crate::{browser, words::say};

/// How long "Copied" stays, in milliseconds.
const COPIED_FOR_MS: u64 = 2_500;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copying {
    Idle,
    Copied,
    /// The browser would not: the link is selected for the person to copy.
    Selected,
}

/// A room's link: to copy, to hand to the system's share sheet, to scan.
#[component]
pub fn ShareLink(
    /// Which room.
    room: RoomId,
    /// Its whole address.
    #[prop(into)]
    url: Signal<String>,
    /// The room's page, for a button that leads there.
    #[prop(optional, into)]
    enter: Option<String>,
) -> impl IntoView {
    let text = NodeRef::<html::Span>::new();
    let copying = RwSignal::new(Copying::Idle);
    let copy = move |_| {
        spawn_local(async move {
            if browser::copy(&url.get_untracked()).await {
                copying.set(Copying::Copied);
            } else {
                if let Some(text) = text.get_untracked() {
                    browser::select_text(&text);
                }
                copying.set(Copying::Selected);
            }
            let idle = move || {
                copying.try_set(Copying::Idle);
            };
            set_timeout(idle, std::time::Duration::from_millis(COPIED_FOR_MS));
        });
    };
    let share = move |_| spawn_local(async move { browser::share(&url.get_untracked()).await });
    // What had the focus before the link was there is gone: the next step takes it.
    let enter_link = NodeRef::<html::A>::new();
    Effect::new(move || {
        if let Some(link) = enter_link.get() {
            let _ = link.focus();
        }
    });
    // Asked after the page has woken up, so that both sides render the same at first.
    let can_share = RwSignal::new(false);
    Effect::new(move || can_share.set(browser::can_share()));

    view! {
        <div class="share">
            <div class="share-link">
                <span class="share-url" node_ref=text>
                    // Not to be seen, but part of what is selected and copied by hand.
                    <span class="share-scheme">{move || split_scheme(&url.get()).0}</span>
                    {move || split_scheme(&url.get()).1}
                </span>
                <button type="button" class="button primary" on:click=copy>
                    {move || match copying.get() {
                        Copying::Copied => view! { <Icon glyph=Glyph::Check /> {say!(copied)} },
                        _ => view! { <Icon glyph=Glyph::Copy /> {say!(copy)} },
                    }}
                </button>
            </div>
            <p class="visually-hidden" role="status">
                {move || if copying.get() == Copying::Copied { say!(link_copied) } else { "" }}
            </p>
            <p class="soft share-hint" role="status" hidden=move || copying.get() != Copying::Selected>
                {move || if copying.get() == Copying::Selected { say!(link_selected) } else { "" }}
            </p>
            <img class="qr" src=links::qr_path(&room) width="168" height="168" alt=say!(qr) />
            <div class="share-actions">
                <button type="button" class="button" on:click=share hidden=move || !can_share.get()>
                    <Icon glyph=Glyph::Share />
                    {say!(share)}
                </button>
                {enter.map(|path| view! { <a node_ref=enter_link class="button primary" href=path>{say!(enter)}</a> })}
            </div>
        </div>
    }
}

/// `https://` and the rest of an address.
fn split_scheme(url: &str) -> (String, String) {
    let (scheme, rest) = url.split_at(url.find("://").map_or(0, |at| at + 3));
    (scheme.to_owned(), rest.to_owned())
}
