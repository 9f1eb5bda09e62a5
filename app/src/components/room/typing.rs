use leptos::prelude::*;

use super::{super::words, widget::use_room};

/// Who is typing. Its row keeps its height, so that nothing jumps.
#[component]
pub(super) fn Typing() -> impl IntoView {
    let state = use_room().client.state;
    let typing = move || state.with(|state| words::typing(&state.typing_names()));
    view! {
        <p class="typing soft" class:shown=move || !typing().is_empty()>
            <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
            <bdi>{typing}</bdi>
        </p>
    }
}
