use leptos::{
    either::{Either, EitherOf3, EitherOf6},
    prelude::*,
};
use wire::{
    domain::ParticipantId,
    protocol::{Body, Change},
};

use super::{
    context::use_room,
    face::{Face, Name, Names},
    media::Picture,
    media::place_of,
    quote::Quote,
    reactions::ReactionPills,
    text::Text,
    voice::VoicePlayer,
};
use crate::{
    browser,
    components::{Glyph, Icon},
    formatting::emoji_alone,
    room_client::{
        Progress,
        looks::hue_class,
        rows::{Changed, Message, Notice, Passage, Row},
    },
    words::{self, GAP, around, say},
};

/// One line of the conversation.
#[component]
pub(super) fn RowView(row: Row) -> impl IntoView {
    match row {
        Row::Day(at) => EitherOf6::A(view! { <li class="day">{browser::day_name(at)}</li> }),
        Row::New => EitherOf6::D(view! { <li class="new"><span>{say!(new)}</span></li> }),
        Row::Notice(notice) => EitherOf6::B(view! { <NoticeRow notice /> }),
        Row::Changed(changed) => EitherOf6::E(view! { <ChangedRow changed /> }),
        Row::Newer(_) => EitherOf6::F(view! { <NewerRow /> }),
        Row::Message(message) => EitherOf6::C(view! { <MessageRow message /> }),
    }
}

#[component]
fn NewerRow() -> impl IntoView {
    view! {
        <li class="notice soft">
            {say!(newer_entry)}
            " "
            <button type="button" class="link-button" on:click=|_| browser::reload()>{say!(reload)}</button>
        </li>
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
    let count = ids.len();
    let (before, after) = around(match notice.passage {
        Passage::Joined => say!(joined, count = count, who = GAP),
        Passage::Left => say!(left, count = count, who = GAP),
        Passage::Removed => say!(removed, count = count, who = GAP),
    });
    view! {
        <li class="notice soft">{before}<Names ids />{after}</li>
    }
}

#[component]
fn ChangedRow(changed: Changed) -> impl IntoView {
    let (said, ends_at) = match changed.change {
        Change::Locked(true) => (say!(locked, who = GAP), None),
        Change::Locked(false) => (say!(unlocked, who = GAP), None),
        Change::TextOnly(true) => (say!(text_only, who = GAP), None),
        Change::TextOnly(false) => (say!(all_kinds, who = GAP), None),
        Change::ExpiresAt(at) => (say!(extended, who = GAP), Some(say!(ends, time = browser::moment(at)))),
    };
    let who = match changed.by {
        Some(by) => Either::Left(view! { <Names ids=vec![by] /> }),
        None => Either::Right(say!(the_creator)),
    };
    // Only the creator can do it: not every language says who that is.
    let who = said.contains(GAP).then_some(who);
    let (before, after) = around(said);
    view! { <li class="notice soft">{before}{who}{after}{ends_at}</li> }
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
        Progress::Waiting => ("waiting", say!(sending)),
        Progress::Sent => ("sent", say!(sent)),
        Progress::Failed(_) => ("failed", say!(not_sent)),
    };
    let class = format!("row {} {state}", hue_class(&from));
    // The first of a group names its author for all to see; the others, and one's own, only for those who listen.
    let who_class = if first && !mine { "row-who" } else { "visually-hidden" };
    let face = (last && !mine).then(|| view! { <Face id=from.clone() /> });
    let name = if mine {
        Either::Left(say!(you))
    } else {
        Either::Right(view! { <Name id=from /> })
    };
    let trouble = match progress {
        Progress::Failed(reason) => {
            let again = client_id.clone();
            Some(view! {
                <div class="row-trouble" role="alert">
                    <span>{say!(not_sent)} " " {words::error(&reason)}</span>
                    <button type="button" class="link-button" on:click=move |_| client.retry(again.clone())>{say!(try_again)}</button>
                    <button type="button" class="link-button" on:click=move |_| client.discard(client_id.clone())>{say!(discard)}</button>
                </div>
            })
        }
        _ => None,
    };
    let edited = matches!(&*body, Body::Text { edited: true, .. });
    let meta = ((last || edited) && trouble.is_none()).then(|| {
        let edited = edited.then_some(say!(edited));
        let time = last.then(|| browser::time_of_day(at));
        let sent = (last && mine).then(|| state_words.to_owned());
        let parts: Vec<String> = edited.map(str::to_owned).into_iter().chain(time).chain(sent).collect();
        view! { <span class="row-meta">{parts.join(" · ")}</span> }
    });
    let plain = |text: &str| EitherOf3::A(view! { <Text text=text.to_owned() /> });
    let (is_picture, is_voice) = (
        matches!(&*body, Body::Image { .. }),
        matches!(&*body, Body::Audio { .. }),
    );
    let content = match &*body {
        Body::Text { text, .. } => plain(text.as_str()),
        Body::Image {
            media_id,
            width,
            height,
            alt,
            ..
        } => EitherOf3::B(view! { <Picture id=media_id.clone() sides=(*width, *height) alt=alt.clone() /> }),
        Body::Audio {
            media_id,
            duration_ms,
            waveform,
            ..
        } => {
            let (src, millis, waveform) = (place_of(media_id, false), *duration_ms, waveform.clone());
            EitherOf3::C(move || {
                src.get()
                    .map(|src| view! { <VoicePlayer src millis waveform=waveform.clone() /> })
            })
        }
        Body::Deleted { .. } => plain(say!(deleted)),
        // These stand here only when they failed.
        Body::Edit { text: Some(text), .. } => plain(text.as_str()),
        Body::Reaction { emoji, .. } => plain(emoji.as_str()),
        Body::Delete { .. } => plain(say!(delete_now)),
        Body::Edit { .. } | Body::Unknown => plain(say!(newer_kind)),
    };
    let quote = body.reply_to().map(|to| {
        view! {
            <button type="button" class="quote" data-quote=to.0>
                <Quote to />
            </button>
        }
    });
    // What is listened for is the list's: see `acts`.
    let is_emoji = matches!(&*body, Body::Text { text, reply_to: None, .. } if emoji_alone(text.as_str()));
    let is_deleted = matches!(&*body, Body::Deleted { .. });
    let reactions = seq.map(|message| view! { <ReactionPills message /> });
    let acts = seq.filter(|_| !is_deleted).map(|_| {
        view! {
            <button type="button" class="icon-button row-acts" aria-label=say!(message_menu) aria-haspopup="dialog">
                <Icon glyph=Glyph::More />
            </button>
        }
    });
    view! {
        <li data-seq=seq.map(|seq| seq.0) tabindex="-1" class=class class:mine=mine class:first=first class:last=last>
            <span class=who_class>{name}<span class="visually-hidden">": "</span></span>
            {face}
            <div class="bubble-place">
            <div class="bubble" class:bubble-picture=is_picture class:bubble-voice=is_voice class:bubble-deleted=is_deleted class:bubble-emoji=is_emoji>
                {quote}
                {content}
            </div>
            {acts}
            </div>
            {reactions}
            {meta}
            {trouble}
        </li>
    }
}
