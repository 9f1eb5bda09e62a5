//! Pictures and recordings on their way, where their messages will stand.

use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};

use super::{
    context::use_part,
    media::{Chosen, Sharing, Stage, What},
    voice::VoicePlayer,
};
use crate::{
    components::{Glyph, Icon},
    media::still,
    words::say,
};

/// One line for each.
#[component]
pub(super) fn OutgoingRows() -> impl IntoView {
    let sharing = use_part::<Sharing>();
    view! {
        <For each=move || sharing.outgoing.get() key=|chosen| chosen.id let:chosen>
            <OutgoingRow chosen />
        </For>
    }
}

#[component]
fn OutgoingRow(chosen: Chosen) -> impl IntoView {
    let sharing = use_part::<Sharing>();
    let Chosen {
        id, url, what, stage, ..
    } = chosen;
    let is_voice = matches!(what, What::Voice { .. });
    let sending = if is_voice {
        say!(sending_voice)
    } else {
        say!(sending_picture)
    };
    let content = match what {
        What::Picture { sides, alt } => {
            let (width, height) = still::shown(sides);
            Either::Left(view! {
                <span class="picture">
                    <img src=url alt=alt.get_untracked() width=width height=height />
                </span>
            })
        }
        What::Voice { millis, waveform } => Either::Right(view! { <VoicePlayer src=url millis waveform /> }),
    };
    let has_failed = {
        let stage = stage.clone();
        Memo::new(move |_| stage.with(|stage| matches!(stage, Stage::Failed(..))))
    };
    let percent = {
        let stage = stage.clone();
        // Whole percents: what is drawn has no more.
        Memo::new(move |_| {
            stage.with(|stage| match stage {
                Stage::Sending(part) => (part * 100.0).floor(),
                _ => 0.0,
            })
        })
    };
    let discard = move |_| sharing.discard(id);
    let trouble = move || match stage.get() {
        Stage::Failed(reason, may_again) => {
            let again = may_again.then(|| view! {
                <button type="button" class="link-button" on:click=move |_| sharing.retry(id)>{say!(try_again)}</button>
            });
            EitherOf3::A(view! {
                <div class="row-trouble" role="alert">
                    <span>{say!(not_sent)} " " {reason}</span>
                    {again}
                    <button type="button" class="link-button" on:click=discard>{say!(discard)}</button>
                </div>
            })
        }
        Stage::Waiting => EitherOf3::B(view! { <span class="row-meta">{say!(waiting)}</span> }),
        Stage::Sending(_) => EitherOf3::C(view! { <span class="row-meta">{say!(sending)}</span> }),
    };
    view! {
        <li class="row mine first last" class:waiting=move || !has_failed.get() class:failed=has_failed>
            <span class="visually-hidden">{say!(you)} ": "</span>
            <div class="bubble-place">
                <div class="bubble" class:bubble-picture=!is_voice class:bubble-voice=is_voice>
                    {content}
                    <div class="upload" hidden=has_failed>
                        <progress max="100" prop:value=percent aria-label=sending></progress>
                        <button type="button" class="icon-button" aria-label=say!(cancel) on:click=discard>
                            <Icon glyph=Glyph::Close />
                        </button>
                    </div>
                </div>
            </div>
            {trouble}
        </li>
    }
}
