//! What the server functions share: the request's context, cookies, and the redirects of plain forms.

use http::{StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::{Nickname, RoomId};
use crate::{
    domain::{Timestamp, Token},
    error::{AppError, Code},
    ports::SharedRooms,
    session::{CookiePolicy, Credentials, Secret},
    words::Language,
};

/// The rooms behind the pages.
pub(super) fn rooms() -> Result<SharedRooms, AppError> {
    use_context().ok_or_else(|| AppError::new(Code::Internal))
}

/// Who asks.
pub(super) fn visitor(room: &RoomId) -> Credentials {
    use_context::<Parts>()
        .map(|parts| Credentials::from_headers(&parts.headers, room))
        .unwrap_or_default()
}

/// A typed name, or the sentence that says what is wrong with it.
pub(super) fn nickname(typed: &str) -> Result<Nickname, AppError> {
    Nickname::parse(typed).map_err(|invalid| AppError::with_detail(Code::InvalidName, invalid.to_string()))
}

/// Gives the browser a secret to keep.
pub(super) fn keep(secret: Secret, room: &RoomId, token: &Token, until: Timestamp) {
    let policy = use_context::<CookiePolicy>().unwrap_or(CookiePolicy { secure: true });
    if let (Some(response), Some(cookie)) = (
        use_context::<ResponseOptions>(),
        policy.keep(secret, room, token, until),
    ) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// Lets the browser remember its language.
pub(super) fn keep_language(language: Language) {
    let policy = use_context::<CookiePolicy>().unwrap_or(CookiePolicy { secure: true });
    if let (Some(response), Some(cookie)) = (use_context::<ResponseOptions>(), policy.keep_language(language)) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

fn is_plain_form() -> bool {
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts
            .headers
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    })
}

/// Sends a plain form's browser on to `path`. Wasm reads the answer itself and gets no redirect.
pub(super) fn go_on(path: &str) {
    if is_plain_form() {
        leptos_axum::redirect(path);
    }
}

/// Sends a plain form's browser back to `path`, with the code of what went wrong (nothing that was typed goes into the
/// address); gives any other client the error's status.
pub(super) fn refuse(path: &str, error: &AppError) {
    if is_plain_form() {
        leptos_axum::redirect(&format!("{path}?problem={}", error.code.name()));
    } else if let (Some(response), Ok(status)) = (
        use_context::<ResponseOptions>(),
        StatusCode::from_u16(error.code.status()),
    ) {
        response.set_status(status);
    }
}
