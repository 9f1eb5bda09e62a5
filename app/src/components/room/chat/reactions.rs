//! Answers of one emoji: under a message, and where one chooses them.

use leptos::{ev, prelude::*};
use wire::{
    domain::{Emoji, Seq},
    protocol::{Body, Version},
};

use super::context::{RoomContext, use_room};
use crate::{
    browser,
    components::{Glyph, Icon},
    room_client::{
        Look, Reaction,
        reactions::{MORE, QUICK},
    },
    words::{self, say},
};

/// Emoji in a line of the picker. `style/parts/acts.css` has as many columns.
const COLUMNS: i32 = 8;

/// Gives an emoji to a message, or takes one's own back.
fn toggle(room: &RoomContext, message: Seq, emoji: Emoji) {
    let on = !is_given(room, message, &emoji);
    room.client.submit(Body::Reaction {
        v: Version,
        target: message,
        emoji,
        on,
    });
}

/// Whether one gave this emoji oneself.
fn is_given(room: &RoomContext, message: Seq, emoji: &Emoji) -> bool {
    let state = room.client.state;
    room.reactions.with(|reactions| {
        let given = reactions.of(message).iter().find(|reaction| &reaction.emoji == emoji);
        given.is_some_and(|given| state.with_untracked(|state| given.who.iter().any(|who| state.is_me(who))))
    })
}

/// The emoji under a message: each with its count. A press gives it, too, or takes it back.
#[component]
pub(super) fn ReactionPills(message: Seq) -> impl IntoView {
    let room = use_room();
    let given = Memo::new(move |_| room.reactions.with(|reactions| reactions.of(message).to_vec()));
    let emoji = move || given.with(|given| given.iter().map(|reaction| reaction.emoji.clone()).collect::<Vec<_>>());
    view! {
        <ul class="reactions" hidden=move || given.with(Vec::is_empty)>
            <For each=emoji key=Clone::clone let:emoji>
                <Pill message emoji given />
            </For>
        </ul>
    }
}

#[component]
fn Pill(message: Seq, emoji: Emoji, given: Memo<Vec<Reaction>>) -> impl IntoView {
    let room = StoredValue::new(use_room());
    let emoji = StoredValue::new(emoji);
    let state = room.with_value(|room| room.client.state);
    let who = Memo::new(move |_| {
        let who = given.with(|given| {
            let this = given
                .iter()
                .find(|given| emoji.with_value(|emoji| &given.emoji == emoji));
            this.map(|given| given.who.clone())
        });
        who.unwrap_or_default()
    });
    let names = move || {
        let who = who.get();
        let name = |(index, id)| {
            let joint = words::joint(index, who.len())?;
            let name = state.with_untracked(|state| match (state.is_me(id), index) {
                (true, 0) => say!(you).to_owned(),
                (true, _) => say!(and_you).to_owned(),
                (false, _) => state.look(id).map_or_else(|| say!(somebody).to_owned(), Look::label),
            });
            Some(format!("{joint}{name}"))
        };
        who.iter().enumerate().filter_map(name).collect::<String>() + &words::and_others(who.len())
    };
    let mine = move || state.with_untracked(|state| who.with(|who| who.iter().any(|who| state.is_me(who))));
    let label = move || {
        format!(
            "{} {}: {}",
            emoji.with_value(|emoji| emoji.as_str().to_owned()),
            who.with(Vec::len),
            names()
        )
    };
    let pressed = move |_| {
        // It goes with the last who gave it: the focus stays with the message.
        if mine() && who.with_untracked(Vec::len) == 1 {
            browser::go_to_message(message);
        }
        room.with_value(|room| toggle(room, message, emoji.get_value()));
    };
    view! {
        <li>
            <button type="button" class="reaction" title=names aria-label=label aria-pressed=move || mine().to_string() on:click=pressed>
                <span class="emoji">{emoji.with_value(|emoji| emoji.as_str().to_owned())}</span>
                {move || who.with(Vec::len)}
            </button>
        </li>
    }
}

/// One emoji to answer with.
#[component]
fn Choice(emoji: &'static str, message: Seq, chosen: Callback<()>, tabindex: &'static str) -> impl IntoView {
    let room = use_room();
    let Ok(given) = Emoji::parse(emoji) else {
        return ().into_any();
    };
    let pressed = is_given(&room, message, &given).to_string();
    let choose = move |_| {
        chosen.run(());
        toggle(&room, message, given.clone());
    };
    view! {
        <button type="button" class="emoji-choice emoji" tabindex=tabindex aria-pressed=pressed on:click=choose>{emoji}</button>
    }
    .into_any()
}

/// The emoji within reach, and the way to the others.
#[component]
pub(super) fn QuickReactions(message: Seq, chosen: Callback<()>, more: Callback<()>) -> impl IntoView {
    let choice = |emoji| view! { <Choice emoji message chosen tabindex="0" /> };
    view! {
        <div class="quick" role="group" aria-label=say!(react)>
            {QUICK.map(choice).into_iter().collect::<Vec<_>>()}
            <button type="button" class="emoji-choice" aria-label=say!(more_reactions) on:click=move |_| more.run(())>
                <Icon glyph=Glyph::Plus />
            </button>
        </div>
    }
}

/// All emoji to choose from: arrows lead from one to the next.
#[component]
pub(super) fn EmojiPicker(message: Seq, chosen: Callback<()>) -> impl IntoView {
    let choice = |(index, &emoji): (usize, &&'static str)| {
        let tabindex = if index == 0 { "0" } else { "-1" };
        view! { <Choice emoji message chosen tabindex /> }
    };
    let moved = move |event: ev::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowRight" => 1,
            "ArrowLeft" => -1,
            "ArrowDown" => COLUMNS,
            "ArrowUp" => -COLUMNS,
            _ => return,
        };
        event.prevent_default();
        browser::focus_sibling(&event, step);
    };
    view! {
        <div class="emoji-grid" role="group" aria-label=say!(more_reactions) on:keydown=moved>
            {MORE.iter().enumerate().map(choice).collect::<Vec<_>>()}
        </div>
    }
}
