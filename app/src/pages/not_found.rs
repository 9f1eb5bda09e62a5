use leptos::prelude::*;

use super::{answer_status, gone::Gone};
use crate::error::{AppError, Code};

#[component]
pub(super) fn NotFound() -> impl IntoView {
    answer_status(Code::UnknownChat);
    let error = AppError::with_detail(
        Code::UnknownChat,
        "There is nothing behind this address. Check that it is complete.",
    );
    view! { <Gone error /> }
}
