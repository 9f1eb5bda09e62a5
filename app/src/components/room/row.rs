use leptos::{either::EitherOf3, prelude::*};

use super::{
    super::{Face, face, words},
    text::Text,
    widget::use_room,
};
use crate::{
    browser,
    protocol::Body,
    room_client::{
        Progress,
        rows::{Message, Notice, Row},
    },
};

/// One line of the conversation.
#[component]
pub(super) fn RowView(row: Row) -> impl IntoView {
    match row {
        Row::Day(at) => EitherOf3::A(view! { <li class="day">{browser::day_name(at)}</li> }),
        Row::Notice(notice) => EitherOf3::B(view! { <NoticeRow notice /> }),
        Row::Message(message) => EitherOf3::C(view! { <MessageRow message /> }),
    }
}

#[component]
fn NoticeRow(notice: Notice) -> impl IntoView {
    let who = use_room().client.state.with_untracked(|state| {
        let mut who: Vec<String> = Vec::new();
        for id in &notice.who {
            let name = match state.person(id) {
                _ if state.is_me(id) => if who.is_empty() { "You" } else { "you" }.to_owned(),
                Some(person) => person.name.to_string(),
                None => "Somebody".to_owned(),
            };
            if !who.contains(&name) {
                who.push(name);
            }
        }
        words::names(&who)
    });
    view! {
        <li class="notice soft">
            <bdi>{who}</bdi>
            {if notice.joined { " joined" } else { " left" }}
        </li>
    }
}

#[component]
fn MessageRow(message: Message) -> impl IntoView {
    let client = use_room().client;
    let Message {
        from,
        mine,
        client_id,
        body,
        at,
        first,
        last,
        progress,
    } = message;
    let author = client
        .state
        .with_untracked(|state| state.person(&from).map(|person| person.name.clone()));
    let name = author
        .as_ref()
        .map_or_else(|| "Somebody".to_owned(), ToString::to_string);
    let (state, state_words) = match &progress {
        Progress::Waiting => ("waiting", "sending…"),
        Progress::Sent => ("sent", "sent"),
        Progress::Failed(_) => ("failed", "not sent"),
    };
    let class = format!("row {} {state}", face::hue_class(&from));
    // The first of a group names its author for all to see; the others, and one's own, only for those who listen.
    let who_class = if first && !mine { "row-who" } else { "visually-hidden" };
    let name = if mine { "You".to_owned() } else { name };
    let face = author
        .filter(|_| last && !mine)
        .map(|name| view! { <Face id=from name /> });
    let trouble = match progress {
        Progress::Failed(reason) => {
            let again = client_id.clone();
            Some(view! {
                <div class="row-trouble" role="alert">
                    <span>"Not sent. " {reason}</span>
                    <button type="button" class="link-button" on:click=move |_| client.retry(again.clone())>"Try again"</button>
                    <button type="button" class="link-button" on:click=move |_| client.discard(client_id.clone())>"Discard"</button>
                </div>
            })
        }
        _ => None,
    };
    let meta = (last && trouble.is_none()).then(|| {
        let sent = mine.then(|| format!(" · {state_words}"));
        view! { <span class="row-meta">{browser::time_of_day(at)} {sent}</span> }
    });
    let words = match &*body {
        Body::Text { text, .. } => text.as_str().to_owned(),
        Body::Unknown => "This message needs a newer page. Reload to see it.".to_owned(),
    };
    view! {
        <li class=class class:mine=mine class:first=first class:last=last>
            <span class=who_class><bdi>{name}</bdi><span class="visually-hidden">": "</span></span>
            {face}
            <div class="bubble">
                <Text text=words />
            </div>
            {meta}
            {trouble}
        </li>
    }
}
