use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};

use super::super::{Brand, Glyph, Icon, words};
use crate::{
    api::join_chat,
    browser,
    domain::Timestamp,
    error::{AppError, Code},
    protocol::{Participant, RoomDetails},
};

/// What a guest is about to enter, and the way in. Seeing it changes nothing; the button does.
#[component]
pub(super) fn JoinCard(
    room: RoomDetails,
    is_creator: bool,
    now: Timestamp,
    suggestion: String,
    problem: RwSignal<Option<AppError>>,
    #[prop(into)] on_joined: Callback<Participant>,
) -> impl IntoView {
    let name = NodeRef::<html::Input>::new();
    // Filled by the page around a frame, if it knows who the visitor is.
    let identity = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let shut = room.settings.locked && !is_creator;
    let remaining = room.expires_at.millis() - now.millis();
    // The local time is the browser's to know.
    let ends_at = RwSignal::new(String::new());
    Effect::new(move || {
        let day = browser::day_name(room.expires_at).to_lowercase();
        ends_at.set(format!(", {day} at {}", browser::time_of_day(room.expires_at)));
        if let Some(input) = name.get() {
            if let Some(remembered) = browser::remembered_name().filter(|_| input.value().is_empty()) {
                input.set_value(&remembered);
            }
            if browser::has_keyboard() {
                let _ = input.focus();
            }
        }
    });

    let chat = room.chat_id.to_string();
    let submit = {
        let chat = chat.clone();
        move |event: SubmitEvent| {
            let Some(input) = name.get_untracked() else { return };
            event.prevent_default();
            if busy.get_untracked() {
                return;
            }
            busy.set(true);
            problem.set(None);
            let chat = chat.clone();
            let identity = identity.get_untracked().map(|input| input.value());
            spawn_local(async move {
                match join_chat(chat, input.value(), identity.unwrap_or_default()).await {
                    Ok(participant) => {
                        browser::remember_name(participant.name.as_str());
                        on_joined.run(participant);
                    }
                    Err(error) if matches!(error.code, Code::Removed) || matches!(error.code.status(), 404 | 410) => {
                        browser::reload();
                    }
                    Err(error) => {
                        problem.try_set(Some(error));
                        let _ = input.focus();
                    }
                }
                busy.try_set(false);
            });
        }
    };
    let suggested = suggestion.clone();
    let suggest = move |_| {
        if let Some(input) = name.get_untracked() {
            input.set_value(&suggested);
            let _ = input.focus();
        }
    };
    let (kept_glyph, kept) = if room.store_history {
        (
            Glyph::Book,
            "History is kept: who joins later can read it, until the chat ends",
        )
    } else {
        (Glyph::Vanish, "Nothing is kept: you see what is said from now on")
    };

    view! {
        <main class="stage">
            <div class="card">
                <Brand />
                <div class="card-words">
                    <h1>{match (is_creator, shut) {
                        (true, _) => "Your chat is ready",
                        (false, false) => "You are invited to chat",
                        (false, true) => "This chat is locked",
                    }}</h1>
                    <p class="soft">{if shut { Code::Locked.detail() } else { "Nothing happens until you join." }}</p>
                </div>
                <ul class="facts">
                    <li>
                        <Icon glyph=Glyph::People />
                        {words::people_are(room.participant_count)}
                        " inside"
                    </li>
                    <li>
                        <Icon glyph=kept_glyph />
                        {kept}
                    </li>
                    <li>
                        <Icon glyph=Glyph::Clock />
                        <span>"Ends in " {words::span(remaining)} {move || ends_at.get()}</span>
                    </li>
                </ul>
                <form class="form" action="/form/join" method="post" hidden=shut on:submit=submit>
                    <input type="hidden" name="chat" value=chat />
                    <input type="hidden" name="identity" node_ref=identity />
                    <label class="field">
                        <span>"Your name"</span>
                        <input
                            node_ref=name
                            class="input"
                            name="name"
                            type="text"
                            required
                            maxlength="80"
                            autocomplete="nickname"
                            enterkeyhint="go"
                            aria-describedby="join-problem"
                            aria-invalid=move || problem.with(Option::is_some).to_string()
                        />
                    </label>
                    <p class="suggestion soft js-only">
                        "No idea? Be "
                        <button type="button" class="link-button" on:click=suggest>{suggestion}</button>
                    </p>
                    <p id="join-problem" class="problem" role="alert">
                        {move || problem.get().map(|error| error.detail)}
                    </p>
                    <button class="button primary big wide" type="submit" aria-disabled=move || busy.get().to_string()>
                        {move || if busy.get() { "Joining…" } else { "Join chat" }}
                    </button>
                </form>
                <noscript>
                    <p class="soft">
                        "You can join without JavaScript, but talking live needs it: turn it on for this page to read and write."
                    </p>
                </noscript>
            </div>
        </main>
    }
}
