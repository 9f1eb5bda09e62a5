use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wire::{error::AppError, protocol::Created};

use super::super::wait::{Wait, WaitWords};
use crate::{
    api::{Refused, create_chat},
    browser,
    words::{self, say},
};

/// The questions before a chat: a name, if one likes, and whether history is kept. Works as a plain form too.
#[component]
pub fn CreateForm(
    /// Called with the new chat; without it, the form posts itself and the server shows the chat's page.
    #[prop(optional, into)]
    on_created: Option<Callback<Created>>,
    /// What went wrong with the last try, for the plain form.
    #[prop(optional_no_strip)]
    problem: Option<AppError>,
) -> impl IntoView {
    let name = NodeRef::<html::Input>::new();
    let history = NodeRef::<html::Input>::new();
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(problem);
    let wait = Wait::after(problem);

    Effect::new(move || {
        if let (Some(input), Some(name)) = (name.get(), browser::remembered_name()) {
            input.set_value(&name);
        }
    });
    // Filled by the page around a frame, if it knows who the visitor is.
    let identity = NodeRef::<html::Input>::new();
    let submit = move |event: SubmitEvent| {
        let (Some(on_created), Some(name), Some(history)) = (on_created, name.get_untracked(), history.get_untracked())
        else {
            return;
        };
        event.prevent_default();
        if busy.get_untracked() || untrack(|| wait.is_on()) {
            return;
        }
        busy.set(true);
        problem.set(None);
        let identity = identity.get_untracked().map(|input| input.value());
        spawn_local(async move {
            let typed = name.value();
            match create_chat(typed.clone(), history.checked(), identity.unwrap_or_default()).await {
                Ok(created) => {
                    browser::remember_name(typed.trim());
                    on_created.run(created);
                }
                Err(Refused(error)) => {
                    problem.set(Some(error));
                    let _ = name.focus();
                }
            }
            busy.try_set(false);
        });
    };

    view! {
        <form class="form" action="/form/create" method="post" on:submit=submit>
            <input type="hidden" name="identity" node_ref=identity />
            <label class="field">
                <span>{say!(your_name)} " " <span class="soft">{say!(optional)}</span></span>
                <input
                    node_ref=name
                    class="input"
                    name="name"
                    type="text"
                    maxlength="80"
                    autocomplete="nickname"
                    enterkeyhint="done"
                    placeholder=say!(name_later)
                    aria-describedby="create-problem"
                />
            </label>
            <label class="switch">
                <input
                    node_ref=history
                    name="store_history"
                    value="true"
                    type="checkbox"
                    role="switch"
                    aria-describedby="history-off history-on"
                />
                <span class="switch-track" aria-hidden="true"></span>
                <span class="switch-words">
                    <span class="switch-title">{say!(keep_history)}</span>
                    <span id="history-off" class="soft when-off">
                        {say!(history_off)}
                    </span>
                    <span id="history-on" class="soft when-on">
                        {say!(history_on)}
                    </span>
                </span>
            </label>
            <p id="create-problem" class="problem" role="alert">
                {move || problem.get().map(|error| words::error(&error))}
            </p>
            <WaitWords wait />
            <div class="form-actions">
                <button class="button primary" type="submit" aria-disabled=move || (busy.get() || wait.is_on()).to_string()>
                    {move || if busy.get() { say!(creating) } else { say!(create) }}
                </button>
            </div>
        </form>
    }
}
