use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::shell::WakeIslands;
use crate::components::{Brand, start::InstantChatSection};

#[component]
pub(super) fn Home() -> impl IntoView {
    view! {
        <Title text="Instant Chat: a chat, one link away" />
        <Meta name="description" content="Start a room, share the link, talk. No account, no app, and gone in 24 hours." />
        <header class="bar">
            <Brand />
            <span class="bar-gap"></span>
            <a class="bar-link soft" href="#how-it-works">"How it works"</a>
        </header>
        <main class="home">
            <InstantChatSection />
        </main>
        <WakeIslands at_once=false />
    }
}
