use leptos::{
    either::{Either, EitherOf5},
    prelude::*,
};

use super::{
    super::{Glyph, Icon},
    face::{Face, Name, Names},
    media::Picture,
    quote::Quote,
    text::Text,
    widget::use_room,
};
use crate::{
    browser,
    domain::ParticipantId,
    protocol::{Body, Change},
    room_client::{
        Progress,
        looks::hue_class,
        rows::{Changed, Message, Notice, Passage, Row},
    },
};

/// One line of the conversation.
#[component]
pub(super) fn RowView(row: Row) -> impl IntoView {
    match row {
        Row::Day(at) => EitherOf5::A(view! { <li class="day">{browser::day_name(at)}</li> }),
        Row::New => EitherOf5::D(view! { <li class="new"><span>"New"</span></li> }),
        Row::Notice(notice) => EitherOf5::B(view! { <NoticeRow notice /> }),
        Row::Changed(changed) => EitherOf5::E(view! { <ChangedRow changed /> }),
        Row::Message(message) => EitherOf5::C(view! { <MessageRow message /> }),
    }
}

#[component]
fn NoticeRow(notice: Notice) -> impl IntoView {
    let mut ids: Vec<ParticipantId> = Vec::new();
    for id in notice.who {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let removed_many = ids.len() > 1;
    view! {
        <li class="notice soft">
            <Names ids />
            {match notice.passage {
                Passage::Joined => " joined",
                Passage::Left => " left",
                Passage::Removed if removed_many => " were removed",
                Passage::Removed => " was removed",
            }}
        </li>
    }
}

#[component]
fn ChangedRow(changed: Changed) -> impl IntoView {
    let what = match changed.change {
        Change::Locked(true) => "locked the chat: nobody new can join".to_owned(),
        Change::Locked(false) => "opened the chat again".to_owned(),
        Change::TextOnly(true) => "allowed only text from now on".to_owned(),
        Change::TextOnly(false) => "allowed pictures and voice again".to_owned(),
        Change::ExpiresAt(at) => {
            // The name of a weekday keeps its capital.
            let day = browser::day_name(at)
                .replace("Tomorrow", "tomorrow")
                .replace("Today", "today");
            format!("extended the chat: it ends {day} at {}", browser::time_of_day(at))
        }
    };
    let who = match changed.by {
        Some(by) => Either::Left(view! { <Names ids=vec![by] /> }),
        None => Either::Right("The creator"),
    };
    view! { <li class="notice soft">{who}" "{what}</li> }
}

#[component]
fn MessageRow(message: Message) -> impl IntoView {
    let client = use_room().client;
    let Message {
        seq,
        from,
        mine,
        client_id,
        body,
        at,
        first,
        last,
        progress,
    } = message;
    let (state, state_words) = match &progress {
        Progress::Waiting => ("waiting", "sending…"),
        Progress::Sent => ("sent", "sent"),
        Progress::Failed(_) => ("failed", "not sent"),
    };
    let class = format!("row {} {state}", hue_class(&from));
    // The first of a group names its author for all to see; the others, and one's own, only for those who listen.
    let who_class = if first && !mine { "row-who" } else { "visually-hidden" };
    let face = (last && !mine).then(|| view! { <Face id=from.clone() /> });
    let name = if mine {
        Either::Left("You")
    } else {
        Either::Right(view! { <Name id=from /> })
    };
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
    let words = |text: &str| Either::Left(view! { <Text text=text.to_owned() /> });
    let is_picture = matches!(&*body, Body::Image { .. });
    let content = match &*body {
        Body::Text { text, .. } => words(text.as_str()),
        Body::Image {
            media_id,
            width,
            height,
            alt,
            ..
        } => Either::Right(view! { <Picture id=media_id.clone() sides=(*width, *height) alt=alt.clone() /> }),
        Body::Audio { .. } => words("A voice message"),
        Body::Unknown => words("This message needs a newer page. Reload to see it."),
    };
    let quote = body.reply_to().map(|to| {
        view! {
            <button type="button" class="quote" data-quote=to.0>
                <Quote to />
            </button>
        }
    });
    // What is listened for is the list's: see `acts`.
    let acts = seq.map(|_| {
        view! {
            <button type="button" class="icon-button row-acts" aria-label="Message menu" aria-haspopup="dialog">
                <Icon glyph=Glyph::More />
            </button>
        }
    });
    view! {
        <li data-seq=seq.map(|seq| seq.0) tabindex="-1" class=class class:mine=mine class:first=first class:last=last>
            <span class=who_class>{name}<span class="visually-hidden">": "</span></span>
            {face}
            <div class="bubble-place">
            <div class="bubble" class:bubble-picture=is_picture>
                {quote}
                {content}
            </div>
            {acts}
            </div>
            {meta}
            {trouble}
        </li>
    }
}
