//! The service worker, which lets browsers install the site: it keeps the shell, and shows a page where there is no
//! connection.

use app::pages::Assets;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::Web;

const SCRIPT: &str = include_str!("install/service-worker.js");

/// It may fetch from its own server, and nothing else.
const POLICY: &str = "default-src 'none'; connect-src 'self'";

/// The script, with the names of this build's files. A browser that finds another script than before keeps anew. While
/// files change as we look there is nothing to keep.
pub(super) async fn script(State(web): State<Web>) -> Response {
    if web.site.is_watched() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Assets { js, wasm, css } = web.site.assets();
    // An array of paths is the same in Rust and in JavaScript.
    let script = format!("const SHELL = {:?};\n{SCRIPT}", ["/favicon.svg", &css, &js, &wasm]);
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, script).into_response()
}
