//! The chat on pages of other sites: those that the operator named, and no others.

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::Web;
use crate::config::Origin;

const SCRIPT: &str = include_str!("embed/embed.js");

/// Pages that may show ours in a frame.
#[derive(Debug, Clone, Default)]
pub struct Hosts(pub Vec<Origin>);

impl Hosts {
    /// Whether there are any.
    #[must_use]
    pub fn are_named(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether an answer with these headers says that its page may be shown by them. Then `X-Frame-Options`, which knows
    /// everybody or nobody, must not stand beside it.
    pub(super) fn may_frame(&self, headers: &HeaderMap) -> bool {
        let policy = headers.get(header::CONTENT_SECURITY_POLICY);
        let policy = policy.and_then(|policy| policy.to_str().ok()).unwrap_or_default();
        self.are_named() && policy.contains(&format!("frame-ancestors {}", self.ancestors()))
    }

    /// What `frame-ancestors` says.
    pub(super) fn ancestors(&self) -> String {
        if self.0.is_empty() {
            return "'none'".to_owned();
        }
        let origins: Vec<_> = self.0.iter().map(Origin::as_str).collect();
        origins.join(" ")
    }
}

/// `GET /embed.js`: what a page includes to show a chat. There is none where no page may.
pub(super) async fn script(State(web): State<Web>) -> Response {
    if !web.hosts.are_named() {
        return StatusCode::NOT_FOUND.into_response();
    }
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        // The one file that other sites load.
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
    ];
    (headers, SCRIPT).into_response()
}
