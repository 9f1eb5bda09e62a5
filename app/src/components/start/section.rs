use leptos::prelude::*;

use super::InstantChatDialog;
use crate::words::pages;

/// What Instant Chat is, in one look, and the way to start one.
#[component]
pub fn InstantChatSection() -> impl IntoView {
    let words = pages();
    view! {
        <section class="hero" aria-labelledby="hero-title">
            <div class="hero-words">
                <h1 id="hero-title">{words.hero}</h1>
                <p class="hero-lead">{words.lead}</p>
                <InstantChatDialog />
                <p class="hero-small soft">{words.hero_small}</p>
            </div>
            <Preview />
        </section>
        <ol class="steps" id="how-it-works" aria-label=words.how_it_works>
            <Step number=1 title=words.step_start words=words.step_start_words />
            <Step number=2 title=words.step_share words=words.step_share_words />
            <Step number=3 title=words.step_talk words=words.step_talk_words />
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
    let words = pages();
    let [question, tent, answer, perfect] = words.preview;
    view! {
        <div class="preview" aria-hidden="true">
            <div class="row first hue-4">
                <span class="row-who">"Maya"</span>
                <div class="bubble">{question}</div>
            </div>
            <div class="row last hue-4">
                <span class="face hue-4">"Ma"</span>
                <div class="bubble">{tent}</div>
                <span class="row-meta">"14:02"</span>
            </div>
            <div class="row mine first last">
                <div class="bubble">{answer}</div>
                <span class="row-meta">{words.preview_sent}</span>
            </div>
            <div class="row first last hue-7">
                <span class="row-who">"Jonas"</span>
                <span class="face hue-7">"Jo"</span>
                <div class="bubble">{perfect}</div>
                <span class="row-meta">"14:04"</span>
            </div>
            <div class="preview-typing soft"><span class="dots"><i></i><i></i><i></i></span>{words.preview_typing}</div>
        </div>
    }
}
