use leptos::{either::Either, prelude::*};
use wire::domain::{AltText, MediaId, Side};

use super::files::place_of;
use crate::{media::still, words::say};

/// A picture in the conversation: its place is kept while it loads, and a press shows it large.
#[component]
pub(in super::super) fn Picture(
    /// Which upload.
    id: MediaId,
    /// Its width and height.
    sides: (Side, Side),
    /// What it shows.
    alt: Option<AltText>,
) -> impl IntoView {
    let (width, height) = still::shown((sides.0.get(), sides.1.get()));
    let alt = alt.map_or_else(|| say!(picture).to_owned(), |alt| alt.as_str().to_owned());
    let src = place_of(&id, true);
    let (has_loaded, has_failed) = (RwSignal::new(false), RwSignal::new(false));
    move || {
        let alt = alt.clone();
        if has_failed.get() {
            return Either::Left(view! {
                <div class="picture-failed" role="status">
                    <p><bdi>{alt}</bdi></p>
                    <p>{say!(picture_failed)}</p>
                    <button type="button" class="link-button" on:click=move |_| has_failed.set(false)>{say!(try_again)}</button>
                </div>
            });
        }
        Either::Right(view! {
            <button type="button" class="picture" data-picture aria-haspopup="dialog" class:loading=move || !has_loaded.get()>
                <img
                    src=src
                    alt=alt
                    width=width
                    height=height
                    loading="lazy"
                    decoding="async"
                    draggable="false"
                    on:load=move |_| has_loaded.set(true)
                    on:error=move |_| has_failed.set(true)
                />
            </button>
        })
    }
}
