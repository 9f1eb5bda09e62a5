//! The pages, rendered on the server only. What must live in the browser is an island inside them.

mod gone;
mod home;
mod not_found;
mod offline;
mod room;
mod shell;
mod start;
mod suggestion;

use std::sync::Arc;

use http::{HeaderValue, StatusCode, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    hooks::use_query_map,
    path,
};
pub use shell::shell;
use wire::error::{AppError, Code};

/// Where the site's built files are, as links: provided as a context by the router.
#[derive(Debug, Clone)]
pub struct Assets {
    /// The wasm's JavaScript.
    pub js: String,
    /// The wasm.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
}

/// Makes the `Content-Security-Policy` of a page from its nonce: provided as a context by the router.
#[derive(Clone)]
pub struct CspForNonce(pub Arc<dyn Fn(&str) -> String + Send + Sync>);

/// Origins whose pages may show ours in a frame: provided as a context by the router.
#[derive(Debug, Clone, Default)]
pub struct Embedders(pub Vec<String>);

/// All pages. Each is rendered as a whole before its first byte is sent, so that its status is right.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    if let (Some(CspForNonce(policy)), Some(nonce)) = (use_context(), use_nonce())
        && let Ok(policy) = HeaderValue::from_str(&policy(&nonce))
    {
        answer_with(|response| response.insert_header(header::CONTENT_SECURITY_POLICY, policy));
    }
    view! {
        <Router>
            <Routes fallback=not_found::NotFound>
                <Route path=path!("/") view=home::Home ssr=SsrMode::Async />
                <Route path=path!("/offline") view=offline::Offline ssr=SsrMode::Async />
                <Route path=path!("/start") view=start::Start ssr=SsrMode::Async />
                <Route path=path!("/instant-chat/:id") view=room::Room ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Changes the answer that carries the page.
fn answer_with(change: impl FnOnce(ResponseOptions)) {
    if let Some(response) = use_context::<ResponseOptions>() {
        change(response);
    }
}

/// Sets the page's status to that of an error.
fn answer_status(code: Code) {
    if let Ok(status) = StatusCode::from_u16(code.status()) {
        answer_with(|response| response.set_status(status));
    }
}

/// Seconds that a page counts down at most: an hour.
const WAIT_MAX_SECS: u32 = 3_600;

/// What went wrong with the plain form that led here, if one did.
fn problem_of_query() -> Option<AppError> {
    let query = use_query_map().read_untracked();
    let code = Code::of_name(&query.get("problem")?)?;
    // An address says anything: nobody waits longer than our own limits make them.
    let after = query.get("after").and_then(|seconds| seconds.parse().ok());
    let after = after.filter(|seconds| (1..=WAIT_MAX_SECS).contains(seconds));
    Some(AppError {
        retry_after: after,
        ..AppError::new(code)
    })
}
