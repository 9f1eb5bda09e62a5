//! What the server functions share: the request's context, cookies, and the redirects of plain forms.

use http::{StatusCode, header, request::Parts};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use wire::{
    domain::{IdentityToken, Nickname, RoomId, Timestamp, Token},
    error::{AppError, Code},
    links::room_path,
    service::Credentials,
};

use super::Refused;
use crate::{
    ports::SharedRooms,
    session::{self, CookiePolicy, Secret},
    words::Language,
};

/// The rooms behind the pages.
pub(super) fn rooms() -> Result<SharedRooms, AppError> {
    use_context().ok_or_else(|| AppError::new(Code::Internal))
}

/// Who asks. `identity` is what the form says of who they are on the host site; empty where it says nothing.
pub(super) fn visitor(room: &RoomId, identity: &str) -> Credentials {
    let mut visitor = use_context::<Parts>()
        .map(|parts| session::credentials(&parts.headers, room))
        .unwrap_or_default();
    visitor.identity = IdentityToken::parse(identity).or(visitor.identity);
    visitor
}

/// A typed name, or the sentence that says what is wrong with it; none where nothing was typed.
pub(super) fn nickname(typed: &str) -> Result<Option<Nickname>, AppError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    Nickname::parse(typed)
        .map(Some)
        .map_err(|invalid| AppError::with_detail(Code::InvalidName, invalid.to_string()))
}

fn policy() -> CookiePolicy {
    use_context().unwrap_or(CookiePolicy {
        secure: true,
        framed: false,
    })
}

/// Gives the browser a secret to keep.
pub(super) fn keep(secret: Secret, room: &RoomId, token: &Token, until: Timestamp) {
    let policy = policy();
    if let (Some(response), Some(cookie)) = (
        use_context::<ResponseOptions>(),
        policy.keep(secret, room, token, until),
    ) {
        response.append_header(header::SET_COOKIE, cookie);
    }
}

/// Lets the browser remember its language.
pub(super) fn keep_language(language: Language) {
    let policy = policy();
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

/// Answers for something that was done to a room, or was not: see [`go_on`] and [`refuse`].
pub(super) fn settle<T>(room: &RoomId, outcome: Result<T, AppError>) -> Result<T, Refused> {
    let path = room_path(room);
    match &outcome {
        Ok(_) => go_on(&path),
        Err(error) => refuse(&path, error),
    }
    Ok(outcome?)
}

/// Sends a plain form's browser back to `path`, with the code of what went wrong (nothing that was typed goes into the
/// address); gives any other client the error's status.
pub(super) fn refuse(path: &str, error: &AppError) {
    if is_plain_form() {
        let after = error.retry_after.map(|seconds| format!("&after={seconds}"));
        let (code, after) = (error.code.name(), after.unwrap_or_default());
        leptos_axum::redirect(&format!("{path}?problem={code}{after}"));
    } else if let (Some(response), Ok(status)) = (
        use_context::<ResponseOptions>(),
        StatusCode::from_u16(error.code.status()),
    ) {
        response.set_status(status);
    }
}

/// Whether a path that a form brought leads to a page of ours: no other site's, nothing that a browser reads as one.
pub(super) fn is_ours(path: &str) -> bool {
    let mut bytes = path.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_our_own_pages_only() {
        assert!(is_ours("/") && is_ours("/instant-chat/Vq3nT8-zKw_2"));
        for foreign in [
            "",
            "https://example.org",
            "//example.org",
            "/\\example.org",
            "/\t/example.org",
            "/a\r\nb: c",
        ] {
            assert!(!is_ours(foreign), "{foreign:?}");
        }
    }
}
