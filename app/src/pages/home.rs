use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::shell::WakeIslands;
use crate::{
    components::{Brand, LanguageForm, start::InstantChatSection},
    words::say,
};

#[component]
pub(super) fn Home() -> impl IntoView {
    view! {
        <Title text=say!(home_title) />
        <Meta name="description" content=say!(lead) />
        <header class="bar">
            <Brand />
            <span class="bar-gap"></span>
            <a class="bar-link soft" href="#how-it-works">{say!(how_it_works)}</a>
        </header>
        <main class="home">
            <InstantChatSection />
        </main>
        <footer class="foot">
            <LanguageForm back="/" />
        </footer>
        <WakeIslands at_once=false />
    }
}
