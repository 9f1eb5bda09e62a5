//! What the parts of a room find in their context.

use std::sync::Arc;

use leptos::prelude::*;
use wire::domain::{RoomId, Seq};

use crate::room_client::{Look, Reactions, RoomClient};

/// What the parts of a room need to know of it.
#[derive(Clone)]
pub(super) struct RoomContext {
    /// Which room.
    pub(super) id: RoomId,
    /// Its connection.
    pub(super) client: RoomClient,
    /// How the people in it are told apart.
    pub(super) looks: RwSignal<Arc<Vec<Look>>>,
    /// The message that is being answered.
    pub(super) replying: RwSignal<Option<Seq>>,
    /// The message that is being edited.
    pub(super) editing: RwSignal<Option<Seq>>,
    /// Who answered what with an emoji.
    pub(super) reactions: RwSignal<Arc<Reactions>>,
    /// The site that vouches for those who are verified.
    pub(super) verified_by: Option<String>,
    /// Whether those who come later can read what was said before.
    pub(super) store_history: bool,
    /// Whether the visitor started it.
    pub(super) is_creator: bool,
    /// Whether this page alone knows who the visitor is: no cookie does.
    pub(super) has_token: bool,
}

/// The context of the room that the component is part of.
pub(super) fn use_room() -> RoomContext {
    use_part()
}

/// What one part of the room keeps for others: its dialog, its menu, what it has under way.
#[expect(
    clippy::expect_used,
    reason = "only called below InstantChatWidget, which provides all of them"
)]
pub(super) fn use_part<T: Clone + 'static>() -> T {
    use_context().expect("a part of InstantChatWidget")
}
