use leptos::prelude::*;

use super::InstantChatDialog;
use crate::words::say;

/// What Instant Chat is, in one look, and the way to start one.
#[component]
pub fn InstantChatSection() -> impl IntoView {
    view! {
        <section class="hero" aria-labelledby="hero-title">
            <div class="hero-words">
                <h1 id="hero-title">{say!(hero)}</h1>
                <p class="hero-lead">{say!(lead)}</p>
                <InstantChatDialog />
                <p class="hero-small soft">{say!(hero_small)}</p>
            </div>
            <Preview />
        </section>
        <ol class="steps" id="how-it-works" aria-label=say!(how_it_works)>
            <Step number=1 title=say!(step_start) words=say!(step_start_words) />
            <Step number=2 title=say!(step_share) words=say!(step_share_words) />
            <Step number=3 title=say!(step_talk) words=say!(step_talk_words) />
        </ol>
    }
}

#[component]
fn Step(number: u8, title: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <li class="step">
            <span class="step-number" aria-hidden="true">{number}</span>
            <h2>{title}</h2>
            <p class="soft">{words}</p>
        </li>
    }
}

/// A picture of a conversation, drawn with the parts of a real one. Nobody needs to hear it read out.
#[component]
fn Preview() -> impl IntoView {
    view! {
        <div class="preview" aria-hidden="true">
            <div class="row first hue-4">
                <span class="row-who">"Maya"</span>
                <div class="bubble">{say!(preview.question)}</div>
            </div>
            <div class="row last hue-4">
                <span class="face hue-4">"Ma"</span>
                <div class="bubble">{say!(preview.tent)}</div>
                <span class="row-meta">"14:02"</span>
            </div>
            <div class="row mine first last">
                <div class="bubble">{say!(preview.answer)}</div>
                <span class="row-meta">{say!(preview_sent)}</span>
            </div>
            <div class="row first last hue-7">
                <span class="row-who">"Jonas"</span>
                <span class="face hue-7">"Jo"</span>
                <div class="bubble">{say!(preview.perfect)}</div>
                <span class="row-meta">"14:04"</span>
            </div>
            <div class="preview-typing soft"><span class="dots"><i></i><i></i><i></i></span>{say!(preview_typing)}</div>
        </div>
    }
}
