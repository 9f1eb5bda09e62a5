use leptos::{html, prelude::*, task::spawn_local};

use super::context::{use_part, use_room};
use crate::{
    browser::{self, Keep},
    room_client::{RoomClient, RoomState},
    words::say,
};

const ICON: &str = "/favicon.svg";
const ICON_UNREAD: &str = "/favicon-unread.svg";

/// What a person wants to be called by while the page is hidden. Nothing, until they say so.
#[derive(Clone, Copy)]
pub(super) struct Alerts {
    sound: RwSignal<bool>,
    notification: RwSignal<bool>,
    /// This chat only, and as long as the tab.
    mute: RwSignal<bool>,
}

const SOUND: &str = "instant-chat-sound";
const NOTIFICATION: &str = "instant-chat-notification";

impl Alerts {
    /// As they were left, and calling from now on.
    pub(super) fn watch(client: RoomClient, room: &str) -> Self {
        let kept = |keep, key: &str| RwSignal::new(browser::kept(keep, key).is_some());
        let alerts = Self {
            sound: kept(Keep::Browser, SOUND),
            notification: kept(Keep::Browser, NOTIFICATION),
            mute: kept(Keep::Tab, &mute_key(room)),
        };
        let hidden = RwSignal::new(browser::is_hidden());
        browser::on_visibility(move |is_hidden| hidden.set(is_hidden));
        let unread = Memo::new(move |_| {
            if hidden.get() {
                client.state.with(RoomState::unread)
            } else {
                0
            }
        });
        let title = browser::title();
        Effect::new(move |before: Option<usize>| {
            let (before, unread) = (before.unwrap_or(0), unread.get());
            match (before, unread) {
                (0, 0) => {}
                (_, 0) => {
                    browser::set_title(&title);
                    browser::set_icon(ICON);
                }
                _ => {
                    browser::set_title(&format!("({unread}) {title}"));
                    browser::set_icon(ICON_UNREAD);
                }
            }
            if unread > before {
                alerts.call(client);
            }
            unread
        });
        alerts
    }

    fn call(self, client: RoomClient) {
        if self.mute.get_untracked() {
            return;
        }
        if self.sound.get_untracked() {
            browser::chime();
        }
        if self.notification.get_untracked() {
            // Who, and not what: a notification may stay where the chat does not.
            let from = client.state.with_untracked(|state| {
                let newest = state.entries.iter().rfind(|entry| state.is_of_somebody_else(entry))?;
                Some(state.look(newest.author()?)?.label())
            });
            let title = say!(new_message_from, name = from.as_deref().unwrap_or(say!(somebody)));
            spawn_local(async move { browser::notify(&title).await });
        }
    }
}

fn mute_key(room: &str) -> String {
    format!("mute-{room}")
}

/// The room's menu of alerts.
#[component]
pub(super) fn AlertSwitches() -> impl IntoView {
    let room = use_room();
    let Alerts {
        sound,
        notification,
        mute,
    } = use_part();
    let refused = RwSignal::new(false);
    let mute_key = mute_key(room.id.as_str());
    let turn = |signal: RwSignal<bool>, keep: Keep, key: &str, on: bool| {
        signal.set(on);
        browser::keep(keep, key, if on { "on" } else { "" });
    };
    let turn_sound = move |on| {
        turn(sound, Keep::Browser, SOUND, on);
        if on {
            browser::chime();
        }
    };
    let turn_notification = move |on: bool| {
        turn(notification, Keep::Browser, NOTIFICATION, on);
        spawn_local(async move {
            let may = !on || browser::may_notify().await;
            refused.set(!may);
            if !may {
                turn(notification, Keep::Browser, NOTIFICATION, false);
            }
        });
    };
    view! {
        <fieldset class="alerts">
            <legend class="menu-title">{say!(when_hidden)}</legend>
            <Switch title=say!(sound) on=sound turned=Callback::new(turn_sound) />
            <Switch title=say!(notifications) on=notification turned=Callback::new(turn_notification) />
            <Switch
                title=say!(mute)
                on=mute
                turned=Callback::new(move |on| turn(mute, Keep::Tab, &mute_key, on))
            />
            <p class="soft alerts-refused" role="status" hidden=move || !refused.get()>
                {move || if refused.get() { say!(notifications_refused) } else { "" }}
            </p>
        </fieldset>
    }
}

#[component]
pub(super) fn Switch(title: &'static str, on: RwSignal<bool>, turned: Callback<bool>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let changed = move |_| {
        if let Some(input) = input.get_untracked() {
            turned.run(input.checked());
        }
    };
    view! {
        <label class="switch menu-item">
            <input node_ref=input type="checkbox" role="switch" prop:checked=on on:change=changed />
            <span class="switch-track" aria-hidden="true"></span>
            <span class="switch-title">{title}</span>
        </label>
    }
}
