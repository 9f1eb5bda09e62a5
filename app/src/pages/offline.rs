use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{Brand, Glyph, Icon},
    words::say,
};

/// What a browser keeps to show where there is no connection, in the place of any page.
#[component]
pub(super) fn Offline() -> impl IntoView {
    view! {
        <Title text=format!("{} · Instant Chat", say!(offline_title)) />
        <main class="stage">
            <div class="card">
                <Brand />
                <div class="card-words">
                    <span class="card-sign"><Icon glyph=Glyph::Alert /></span>
                    <h1>{say!(offline_title)}</h1>
                    <p class="soft">{say!(offline_words)}</p>
                </div>
                // The page that was asked for, whichever it is.
                <form action="" method="get">
                    <button class="button primary big wide" type="submit">{say!(offline_again)}</button>
                </form>
            </div>
        </main>
    }
}
