use http::request::Parts;
use leptos::prelude::*;
use leptos_meta::Title;
use wire::error::Code;

use crate::{
    components::{Brand, Glyph, Icon, LanguageForm},
    words::say,
};

/// A page for what is not there (any more): says why, and offers what one most likely wants next.
#[component]
pub(super) fn Gone(
    /// What the matter is.
    code: Code,
    /// The same in a sentence.
    #[prop(into)]
    detail: String,
) -> impl IntoView {
    let title = match code {
        Code::Ended => say!(gone_ended),
        Code::Expired => say!(gone_expired),
        Code::UnknownChat => say!(gone_unknown),
        Code::Removed => say!(gone_removed),
        _ => say!(gone_other),
    };
    let glyph = match code {
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
                    <p class="soft">{detail}</p>
                    {matches!(code, Code::Ended | Code::Expired)
                        .then(|| view! { <p class="soft">{say!(nothing_left)}</p> })}
                </div>
                <form action="/start" method="get">
                    <button class="button primary big wide" type="submit">
                        <Icon glyph=Glyph::Spark />
                        {say!(start_new)}
                    </button>
                </form>
                <LanguageForm back=here() />
            </div>
        </main>
    }
}

/// The path of the page that is being rendered.
fn here() -> String {
    use_context::<Parts>().map_or_else(|| "/".to_owned(), |parts| parts.uri.path().to_owned())
}
