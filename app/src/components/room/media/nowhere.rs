//! The server's side of what only browsers do: nothing.

use leptos::prelude::*;
use wire::domain::{MediaId, RoomId, Seq};

use crate::room_client::RoomClient;

#[derive(Clone, Copy)]
pub(in super::super) struct Sharing;

impl Sharing {
    pub(in super::super) fn new(_: &RoomId, _: RoomClient) -> Self {
        Self
    }

    pub(in super::super) fn has_chosen(self) -> bool {
        false
    }

    pub(in super::super) fn takes_voice(self) -> bool {
        true
    }

    pub(in super::super) fn is_preparing(self) -> bool {
        false
    }

    pub(in super::super) fn on_the_way(self) -> usize {
        0
    }

    pub(in super::super) fn send(self, _: Option<Seq>) {}

    pub(in super::super) fn own(self, _: &MediaId) -> Option<String> {
        None
    }
}

#[component]
pub(in super::super) fn PickButtons() -> impl IntoView {}

#[component]
pub(in super::super) fn DropTarget() -> impl IntoView {}

#[component]
pub(in super::super) fn Tray(send: Callback<()>) -> impl IntoView {
    let _ = send;
}

#[component]
pub(in super::super) fn OutgoingRows() -> impl IntoView {}
