use leptos::prelude::*;
use wire::{
    domain::RoomId,
    links,
    protocol::{Participant, Settings, calls::SaveAs},
};

use super::super::{Brand, Glyph, Icon};
use crate::words::{GAP, around, say, span};

/// Where the browser finds the skeleton to take it away.
pub(super) const SKELETON_ID: &str = "skeleton";

/// What is said in the place of "Connecting…" where the wasm does not come, or cannot run. The page's own script chooses,
/// by what `data-asleep` says.
fn asleep(kind: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <div class="asleep" data-asleep=kind hidden>
            <p>{words}</p>
            <button type="button" class="button" data-again>{say!(try_again)}</button>
        </div>
    }
}

/// The chat's outline, shown until the browser has built the chat itself; without JavaScript, what is needed for it.
#[component]
pub fn Skeleton(
    /// The room's id, for the creator's form.
    chat: String,
    /// Who the visitor is here.
    you: Participant,
    /// Whether the visitor started it.
    is_creator: bool,
    /// Milliseconds until the chat ends by itself.
    remaining_ms: i64,
    /// What its creator has set.
    settings: Settings,
) -> impl IntoView {
    let (before_name, after_name) = around(say!(in_as, name = GAP));
    let export = RoomId::parse(chat.as_str())
        .map(|room| links::export_path(&room, SaveAs::Html))
        .unwrap_or_default();
    view! {
        <div id=SKELETON_ID class="room">
            <header class="bar room-bar">
                <Brand />
                <span class="bar-gap"></span>
                <span class="pill countdown">
                    <Icon glyph=Glyph::Clock />
                    <span>{span(remaining_ms)}</span>
                </span>
            </header>
            <main class="room-main">
                <h1 class="visually-hidden">{say!(chat)}</h1>
                <div class="log">
                    <div class="quiet js-only" role="status">
                        <p class="quiet-title" data-asleep="soon">{say!(connecting)}</p>
                        {asleep("slow", say!(asleep_slow))}
                        {asleep("failed", say!(asleep_failed))}
                        {asleep("never", say!(asleep_never))}
                    </div>
                </div>
                <noscript>
                    <div class="no-script card">
                        <h2>{before_name} <bdi>{you.name.to_string()}</bdi> {after_name}</h2>
                        <p>{say!(talking_needs_script)}</p>
                        <p><a href=export download>{say!(save_page)}</a></p>
                        {is_creator.then(|| view! {
                            <form action="/form/lock" method="post">
                                <input type="hidden" name="chat" value=chat.clone() />
                                <input type="hidden" name="locked" value=(!settings.locked).to_string() />
                                <button class="button wide" type="submit">
                                    {if settings.locked { say!(unlock) } else { say!(lock) }}
                                </button>
                            </form>
                            <form action="/form/text-only" method="post">
                                <input type="hidden" name="chat" value=chat.clone() />
                                <input type="hidden" name="text_only" value=(!settings.text_only).to_string() />
                                <button class="button wide" type="submit">
                                    {if settings.text_only { say!(allow_all) } else { say!(allow_text) }}
                                </button>
                            </form>
                            {(!settings.extended).then(|| view! {
                                <form action="/form/extend" method="post">
                                    <input type="hidden" name="chat" value=chat.clone() />
                                    <button class="button wide" type="submit">{say!(extend)}</button>
                                </form>
                            })}
                            <form action="/form/end" method="post">
                                <input type="hidden" name="chat" value=chat />
                                <button class="button danger wide" type="submit">{say!(end_this)}</button>
                            </form>
                        })}
                    </div>
                </noscript>
            </main>
            <footer class="room-foot js-only">
                <p class="typing"></p>
                <div class="composer composer-asleep"></div>
            </footer>
        </div>
    }
}
