//! What is written and not in the log yet, kept over a reload.
//!
//! In the session's storage: it lives as long as the tab, and no other tab sends it too.

use leptos::prelude::window;

use super::state::Unsent;
use crate::domain::RoomId;

fn key(room: &RoomId) -> String {
    format!("outbox-{room}")
}

/// What a page before this one had not sent.
pub(super) fn kept(room: &RoomId) -> Vec<Unsent> {
    let storage = window().session_storage().ok().flatten();
    let json = storage.and_then(|storage| storage.get_item(&key(room)).ok().flatten());
    json.and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Keeps what waits now. A browser that keeps nothing loses it with the page, as it would without us.
pub(super) fn keep(room: &RoomId, unsent: &[Unsent]) {
    let Ok(Some(storage)) = window().session_storage() else {
        return;
    };
    let _ = match serde_json::to_string(unsent) {
        Ok(json) if !unsent.is_empty() => storage.set_item(&key(room), &json),
        _ => storage.remove_item(&key(room)),
    };
}
