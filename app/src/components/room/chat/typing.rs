use leptos::{either::EitherOf3, prelude::*};

use super::{context::use_room, face::Names};
use crate::{
    room_client::RoomState,
    words::{GAP, around, say},
};

/// Who is typing. Its row keeps its height, so that nothing jumps.
#[component]
pub(super) fn Typing() -> impl IntoView {
    let state = use_room().client.state;
    let typing = Memo::new(move |_| state.with(RoomState::typing));
    view! {
        <p class="typing soft" class:shown=move || !typing.with(Vec::is_empty)>
            <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
            <span class="typing-names">
                {move || {
                    let ids = typing.get();
                    match ids.len() {
                        0 => EitherOf3::A(()),
                        many @ 3.. => EitherOf3::B(say!(typing_crowd, count = many)),
                        few => {
                            let (before, after) = around(say!(typing, count = few, who = GAP));
                            EitherOf3::C(view! { {before} <Names ids /> {after} })
                        }
                    }
                }}
            </span>
        </p>
    }
}
