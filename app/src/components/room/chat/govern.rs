//! What only the creator sees: the settings of the chat, removing somebody, the owner link.

use leptos::{html, prelude::*, task::spawn_local};
use wire::{domain::ParticipantId, error::AppError};

use super::{
    alerts::Switch,
    context::{use_part, use_room},
    dialog::{close, show},
    face::Name,
    menu::MenuItem,
};
use crate::{
    api::{Refused, extend_chat, lock_chat, only_text, owner_link, remove_from_chat},
    browser,
    components::{Glyph, Icon},
    words::{self, GAP, around, say},
};

/// Which dialogs the creator has open.
#[derive(Clone, Copy)]
pub(super) struct Govern {
    removing: RwSignal<Option<ParticipantId>>,
    remove: NodeRef<html::Dialog>,
    link: NodeRef<html::Dialog>,
}

impl Govern {
    pub(super) fn new() -> Self {
        Self {
            removing: RwSignal::new(None),
            remove: NodeRef::new(),
            link: NodeRef::new(),
        }
    }

    /// Asks once more before somebody is removed.
    pub(super) fn ask_to_remove(self, who: ParticipantId) {
        self.removing.set(Some(who));
        show(self.remove);
    }
}

/// The creator's part of the room's menu. What is switched shows when the log tells it.
#[component]
pub(super) fn YourChat() -> impl IntoView {
    let room = use_room();
    let state = room.client.state;
    let Govern { link, .. } = use_part();
    let chat = StoredValue::new(room.id.to_string());
    let problem = RwSignal::new(None::<AppError>);
    let (locked, text_only) = (RwSignal::new(false), RwSignal::new(false));
    let settings = Memo::new(move |_| state.with(|state| state.settings));
    let as_it_is = move || {
        let settings = settings.get();
        locked.set(settings.locked);
        text_only.set(settings.text_only);
    };
    Effect::new(as_it_is);
    let told = move |outcome: Result<(), Refused>| {
        problem.try_set(outcome.err().map(|Refused(error)| error));
        untrack(as_it_is);
    };
    let lock = move |on| spawn_local(async move { told(lock_chat(chat.get_value(), on).await) });
    let restrict = move |on| spawn_local(async move { told(only_text(chat.get_value(), on).await) });
    let extend = move |_| spawn_local(async move { told(extend_chat(chat.get_value()).await) });
    view! {
        <fieldset class="alerts">
            <legend class="menu-title">{say!(your_chat)}</legend>
            <Switch title=say!(locked_switch) on=locked turned=Callback::new(lock) />
            <Switch title=say!(text_only_switch) on=text_only turned=Callback::new(restrict) />
            <button type="button" class="menu-item" hidden=move || settings.get().extended on:click=extend>
                <Icon glyph=Glyph::Clock />
                {say!(extend)}
            </button>
            <MenuItem opens=link glyph=Glyph::Share>{say!(owner_link)}</MenuItem>
            <p class="problem menu-problem" role="alert">{move || problem.get().map(|error| words::error(&error))}</p>
        </fieldset>
    }
}

/// Asks once more before somebody is removed, and offers to lock the chat behind them.
#[component]
pub(super) fn RemoveDialog() -> impl IntoView {
    let (before_name, after_name) = around(say!(remove_title, name = GAP));
    let room = use_room();
    let Govern { removing, remove, .. } = use_part();
    let chat = StoredValue::new(room.id.to_string());
    let (busy, problem) = (RwSignal::new(false), RwSignal::new(None::<AppError>));
    let lock = RwSignal::new(true);
    let confirm = move |_| {
        let Some(who) = removing.get_untracked().filter(|_| !busy.get_untracked()) else {
            return;
        };
        busy.set(true);
        spawn_local(async move {
            match remove_from_chat(chat.get_value(), who.to_string(), lock.get_untracked()).await {
                Ok(()) => {
                    problem.set(None);
                    close(remove);
                }
                Err(Refused(error)) => problem.set(Some(error)),
            }
            busy.set(false);
        });
    };
    view! {
        <dialog node_ref=remove class="card dialog" aria-labelledby="remove-title">
            <h2 id="remove-title">
                {before_name}{move || removing.get().map(|id| view! { <Name id /> })}{after_name}
            </h2>
            <p class="soft">
                {say!(remove_hint)}
            </p>
            <Switch title=say!(remove_lock) on=lock turned=Callback::new(move |on| lock.set(on)) />
            <p class="soft">
                {say!(remove_open)}
            </p>
            <p class="problem" role="alert">{move || problem.get().map(|error| words::error(&error))}</p>
            <div class="form-actions">
                <button type="button" class="button" on:click=move |_| close(remove)>{say!(remove_not)}</button>
                <button type="button" class="button danger" aria-disabled=move || busy.get().to_string() on:click=confirm>
                    {move || if busy.get() { say!(removing) } else { say!(remove) }}
                </button>
            </div>
        </dialog>
    }
}

/// Makes a link that makes another device the creator's.
#[component]
pub(super) fn OwnerLinkDialog() -> impl IntoView {
    let room = use_room();
    let Govern { link: dialog, .. } = use_part();
    let chat = StoredValue::new(room.id.to_string());
    let outcome = RwSignal::new(None::<Result<String, Refused>>);
    let copied = RwSignal::new(false);
    let text = NodeRef::<html::P>::new();
    let make = move |_| {
        spawn_local(async move {
            let made = owner_link(chat.get_value()).await;
            outcome.set(Some(made));
        });
    };
    let copy = move |_| {
        let Some(Ok(url)) = outcome.get_untracked() else { return };
        spawn_local(async move {
            copied.set(browser::copy(&url).await);
            if !copied.get_untracked()
                && let Some(text) = text.get_untracked()
            {
                browser::select_text(&text);
            }
        });
    };
    // A secret does not wait on the screen for whoever looks next.
    let closed = move |_| {
        outcome.set(None);
        copied.set(false);
    };
    let made = move || outcome.with(|outcome| matches!(outcome, Some(Ok(_))));
    view! {
        <dialog node_ref=dialog class="card dialog" aria-labelledby="owner-title" on:close=closed>
            <form method="dialog" class="card-head">
                <h2 id="owner-title">{say!(owner_title)}</h2>
                <button class="icon-button" aria-label=say!(close)>
                    <Icon glyph=Glyph::Close />
                </button>
            </form>
            <p class="soft">
                {say!(owner_hint)}
            </p>
            <p node_ref=text class="owner-link" hidden=move || !made()>
                {move || outcome.get().and_then(Result::ok)}
            </p>
            <p class="problem" role="alert">
                {move || outcome.get().and_then(Result::err).map(|Refused(error)| words::error(&error))}
            </p>
            <p class="visually-hidden" role="status">{move || if copied.get() { say!(link_copied) } else { "" }}</p>
            <button type="button" class="button primary wide" hidden=made on:click=make>{say!(owner_show)}</button>
            <button type="button" class="button primary wide" hidden=move || !made() on:click=copy>
                <Icon glyph=Glyph::Copy />
                {move || if copied.get() { say!(copied) } else { say!(copy) }}
            </button>
        </dialog>
    }
}
