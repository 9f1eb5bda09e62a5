use leptos::prelude::*;

use super::InstantChatDialog;

/// What Instant Chat is, in one look, and the way to start one.
#[component]
pub fn InstantChatSection() -> impl IntoView {
    view! {
        <section class="hero" aria-labelledby="hero-title">
            <div class="hero-words">
                <h1 id="hero-title">"A chat, one link away."</h1>
                <p class="hero-lead">
                    "Start a room, share the link, talk. No account, no app, and gone in 24 hours."
                </p>
                <InstantChatDialog />
                <p class="hero-small soft">"Nothing is kept unless you say so."</p>
            </div>
            <Preview />
        </section>
        <ol class="steps" id="how-it-works" aria-label="How it works">
            <Step number=1 title="Start" words="One click makes a room. Choose whether its history is kept for those who come later." />
            <Step number=2 title="Share" words="Copy the link, send it, or show the code. Whoever has it can join." />
            <Step number=3 title="Talk" words="Type a name and you are in. After 24 hours, or when you end it, the room is gone." />
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
                <div class="bubble">"Are we still on for Saturday?"</div>
            </div>
            <div class="row last hue-4">
                <span class="face hue-4">"Ma"</span>
                <div class="bubble">"I can bring the tent 🏕️"</div>
                <span class="row-meta">"14:02"</span>
            </div>
            <div class="row mine first last">
                <div class="bubble">"Yes! Meet at the north gate at nine"</div>
                <span class="row-meta">"14:03 · sent"</span>
            </div>
            <div class="row first last hue-7">
                <span class="row-who">"Jonas"</span>
                <span class="face hue-7">"Jo"</span>
                <div class="bubble">"Perfect, see you there"</div>
                <span class="row-meta">"14:04"</span>
            </div>
            <div class="preview-typing soft"><span class="dots"><i></i><i></i><i></i></span>"Maya is typing…"</div>
        </div>
    }
}
