//! What is written and not in the log yet, kept over a reload.
//!
//! In the session's storage: it lives as long as the tab, and no other tab sends it too.

use wire::domain::RoomId;

use super::state::Unsent;
use crate::browser::{self, Keep};

fn key(room: &RoomId) -> String {
    format!("outbox-{room}")
}

/// What a page before this one had not sent.
pub(super) fn kept(room: &RoomId) -> Vec<Unsent> {
    let json = browser::kept(Keep::Tab, &key(room));
    json.and_then(|json| serde_json::from_str(&json).ok())
        .unwrap_or_default()
}

/// Keeps what waits now. A browser that keeps nothing loses it with the page, as it would without us.
pub(super) fn keep(room: &RoomId, unsent: &[Unsent]) {
    let json = match serde_json::to_string(unsent) {
        Ok(json) if !unsent.is_empty() => json,
        _ => String::new(),
    };
    browser::keep(Keep::Tab, &key(room), &json);
}
