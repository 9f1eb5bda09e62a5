use leptos::prelude::*;

use super::{super::words, widget::use_room};

/// Who is typing. Its row keeps its height, so that nothing jumps.
#[component]
pub(super) fn Typing() -> impl IntoView {
    let state = use_room().client.state;
    let typing = Memo::new(move |_| state.with(|state| words::typing(&state.typing_names())));
    view! {
        <p class="typing soft" class:shown=move || !typing.with(String::is_empty)>
            <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
            <bdi>{move || typing.get()}</bdi>
        </p>
    }
}
