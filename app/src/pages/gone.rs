use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    components::{Brand, Glyph, Icon},
    error::{AppError, Code},
};

/// A page for what is not there (any more): says why, and offers what one most likely wants next.
#[component]
pub(super) fn Gone(error: AppError) -> impl IntoView {
    let title = match error.code {
        Code::Ended => "This chat has ended",
        Code::Expired => "This chat is over",
        Code::UnknownChat => "No chat here",
        Code::Removed => "You were removed from this chat",
        _ => "That did not work",
    };
    let glyph = match error.code {
        Code::Ended => Glyph::Stop,
        Code::Expired => Glyph::Clock,
        Code::Removed => Glyph::Door,
        _ => Glyph::Alert,
    };
    view! {
        <Title text=format!("{title} · Instant Chat") />
        <main class="stage">
            <div class="card">
                <Brand />
                <div class="card-words">
                    <span class="card-sign"><Icon glyph /></span>
                    <h1>{title}</h1>
                    <p class="soft">{error.detail}</p>
                    {matches!(error.code, Code::Ended | Code::Expired)
                        .then(|| view! { <p class="soft">"Nothing that was said here is left."</p> })}
                </div>
                <form action="/start" method="get">
                    <button class="button primary big wide" type="submit">
                        <Icon glyph=Glyph::Spark />
                        "Start a new chat"
                    </button>
                </form>
            </div>
        </main>
    }
}
