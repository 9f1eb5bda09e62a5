use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wire::{
    domain::{Timestamp, Token},
    error::{AppError, Code},
    links,
    protocol::RoomDetails,
};

use super::super::{
    Brand, Glyph, Icon, LanguageForm,
    wait::{Wait, WaitWords},
};
use crate::{
    browser,
    room_client::joining,
    words::{self, GAP, around, say},
};

/// What a guest is about to enter, and the way in. Seeing it changes nothing; the button does.
#[component]
pub(super) fn JoinCard(
    room: RoomDetails,
    is_creator: bool,
    now: Timestamp,
    suggestion: String,
    problem: RwSignal<Option<AppError>>,
    /// Is told what proves who the visitor is, where no cookie does.
    #[prop(into)]
    on_joined: Callback<Option<Token>>,
) -> impl IntoView {
    let name = NodeRef::<html::Input>::new();
    // Filled by the page around a frame, if it knows who the visitor is.
    let identity = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let wait = Wait::after(problem);
    let shut = room.settings.locked && !is_creator;
    let remaining = room.expires_at.millis() - now.millis();
    // The local time is the browser's to know.
    let ends_at = RwSignal::new(String::new());
    Effect::new(move || {
        ends_at.set(say!(list_comma).to_owned() + &browser::moment(room.expires_at));
        if let Some(input) = name.get() {
            if let Some(remembered) = browser::remembered_name().filter(|_| input.value().is_empty()) {
                input.set_value(&remembered);
            }
            if browser::has_keyboard() {
                let _ = input.focus();
            }
        }
    });

    let inside = match room.participant_count {
        0 => say!(inside_none).to_owned(),
        some => say!(inside, count = some),
    };
    let back = links::room_path(&room.chat_id);
    let chat = room.chat_id.to_string();
    let submit = {
        let chat = room.chat_id.clone();
        move |event: SubmitEvent| {
            let Some(input) = name.get_untracked() else { return };
            event.prevent_default();
            if busy.get_untracked() || untrack(|| wait.is_on()) {
                return;
            }
            busy.set(true);
            problem.set(None);
            let chat = chat.clone();
            let identity = identity.get_untracked().map(|input| input.value());
            spawn_local(async move {
                match joining::join(&chat, input.value(), identity.unwrap_or_default()).await {
                    Ok((participant, token)) => {
                        browser::remember_name(participant.name.as_str());
                        on_joined.run(token);
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
    let (before_suggestion, after_suggestion) = around(say!(no_idea, name = GAP));
    let suggested = suggestion.clone();
    let suggest = move |_| {
        if let Some(input) = name.get_untracked() {
            input.set_value(&suggested);
            let _ = input.focus();
        }
    };
    let (kept_glyph, kept) = if room.store_history {
        (Glyph::Book, say!(history_kept))
    } else {
        (Glyph::Vanish, say!(history_not_kept))
    };

    view! {
        <main class="stage">
            <div class="card">
                <Brand />
                <div class="card-words">
                    <h1>{match (is_creator, shut) {
                        (true, _) => say!(ready_title),
                        (false, false) => say!(invited),
                        (false, true) => say!(locked_title),
                    }}</h1>
                    <p class="soft">
                        {if shut { words::error(&Code::Locked.into()) } else { say!(nothing_yet).to_owned() }}
                    </p>
                </div>
                <ul class="facts">
                    <li>
                        <Icon glyph=Glyph::People />
                        {inside}
                    </li>
                    <li>
                        <Icon glyph=kept_glyph />
                        {kept}
                    </li>
                    <li>
                        <Icon glyph=Glyph::Clock />
                        <span>{say!(ends_in, time = words::span(remaining))} {move || ends_at.get()}</span>
                    </li>
                </ul>
                <form class="form" action="/form/join" method="post" hidden=shut on:submit=submit>
                    <input type="hidden" name="chat" value=chat />
                    <input type="hidden" name="identity" node_ref=identity />
                    <label class="field">
                        <span>{say!(your_name)}</span>
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
                        {before_suggestion}
                        <button type="button" class="link-button" on:click=suggest>{suggestion}</button>
                        {after_suggestion}
                    </p>
                    <p id="join-problem" class="problem" role="alert">
                        {move || problem.get().map(|error| words::error(&error))}
                    </p>
                    <WaitWords wait />
                    <button class="button primary big wide" type="submit" aria-disabled=move || (busy.get() || wait.is_on()).to_string()>
                        {move || if busy.get() { say!(joining) } else { say!(join) }}
                    </button>
                </form>
                <noscript>
                    <p class="soft">{say!(join_needs_script)}</p>
                </noscript>
                <LanguageForm back />
            </div>
        </main>
    }
}
