//! Parts of the state, each a signal.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Look, Reactions, RoomState};

/// Parts of the state that each row of the conversation looks at, as signals of their own: rows by the thousand must not
/// be asked at each change of anything whether it is about them.
#[derive(Clone, Copy)]
pub struct Facets {
    /// How people are told apart.
    pub looks: RwSignal<Arc<Vec<Look>>>,
    /// Who answered what with an emoji.
    pub reactions: RwSignal<Arc<Reactions>>,
    /// Another one whenever the conversation may look different.
    pub revision: RwSignal<u32>,
}

impl Facets {
    pub(super) fn of(state: &RoomState) -> Self {
        Self {
            looks: RwSignal::new(Arc::clone(&state.looks)),
            reactions: RwSignal::new(state.reactions()),
            revision: RwSignal::new(state.revision),
        }
    }

    /// Takes over what has changed.
    pub(super) fn follow(self, state: RwSignal<RoomState>) {
        let now = state.try_with_untracked(|state| (Arc::clone(&state.looks), state.reactions(), state.revision));
        let Some((looks, reactions, revision)) = now else {
            return;
        };
        set_changed(self.looks, looks, Arc::ptr_eq);
        set_changed(self.reactions, reactions, |was, is| Arc::ptr_eq(was, is) || was == is);
        set_changed(self.revision, revision, PartialEq::eq);
    }
}

fn set_changed<T: Send + Sync + 'static>(signal: RwSignal<T>, value: T, is_same: fn(&T, &T) -> bool) {
    if signal.try_with_untracked(|was| is_same(was, &value)) == Some(false) {
        signal.set(value);
    }
}
