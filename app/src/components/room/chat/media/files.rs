//! Where the page shows and saves the room's files from.

use leptos::{prelude::*, task::spawn_local};
use web_sys::Url;
use wire::{
    domain::{MediaId, Token},
    links,
};

use super::{
    super::context::{use_part, use_room},
    sharing::Sharing,
};
use crate::{
    browser,
    client::{Client, browser::Browser},
    room_client::RoomClient,
};

/// Where a picture or a recording can be shown from. What this page has sent it has itself. All else is at its address,
/// which a cookie opens; where there is none, the page fetches it by its token and shows its copy.
pub(in super::super) fn place_of(id: &MediaId, small: bool) -> Signal<Option<String>> {
    let room = use_room();
    if let Some(own) = use_part::<Sharing>().own(id) {
        return Signal::stored(Some(own));
    }
    let path = if small {
        links::small_path(&room.id, id)
    } else {
        links::medium_path(&room.id, id)
    };
    match room.client.token() {
        Some(token) => copied(path, token),
        None => Signal::stored(Some(path)),
    }
}

fn copied(path: String, token: Token) -> Signal<Option<String>> {
    let place = RwSignal::new(None::<String>);
    spawn_local(async move {
        let file = Client::new(Browser::quiet())
            .with_token(&token)
            .file(path.clone())
            .await;
        // What cannot be had cannot be had there either: whoever shows it says so.
        let copy = file.ok().and_then(|bytes| browser::copy_of(&bytes));
        place.try_set(Some(copy.unwrap_or(path)));
    });
    on_cleanup(move || {
        if let Some(copy) = place.get_untracked().filter(|place| place.starts_with("blob:")) {
            let _ = Url::revoke_object_url(&copy);
        }
    });
    place.into()
}

/// Saves what is behind a path where a link alone cannot: it has no token. `false` where it can.
pub(in super::super) fn saves_by_token(client: RoomClient, path: String, name: &'static str) -> bool {
    let Some(token) = client.token() else { return false };
    spawn_local(async move {
        let file = Client::new(Browser::quiet()).with_token(&token).file(path).await;
        if let Ok(bytes) = file {
            browser::save(&bytes, name);
        }
    });
    true
}
