use leptos::prelude::*;
use wire::error::Code;

use super::{answer_status, gone::Gone};
use crate::words::say;

#[component]
pub(super) fn NotFound() -> impl IntoView {
    answer_status(Code::UnknownChat);
    view! { <Gone code=Code::UnknownChat detail=say!(nothing_behind) /> }
}
