//! What every response says about itself: what its content may do, and who may keep it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

use super::{Web, embed::Hosts};
use crate::config::Origin;

const ALWAYS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // A room's link is its key: no other site gets to see it.
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "microphone=(self), camera=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Two years: what preload lists ask for.
const HSTS: &str = "max-age=63072000";

/// For all that is no page: it may do nothing at all.
const CSP_NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Middleware: adds the headers that a handler has not set itself.
pub(super) async fn secure(State(web): State<Web>, request: Request, next: Next) -> Response {
    let is_room = request.uri().path().starts_with("/instant-chat/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        add(headers, name, value);
    }
    if !web.hosts.may_frame(headers) {
        add(headers, header::X_FRAME_OPTIONS, "DENY");
    }
    add(headers, header::CONTENT_SECURITY_POLICY, CSP_NOTHING);
    // Pages carry a nonce, answers carry what is private: who may be kept says so itself.
    add(headers, header::CACHE_CONTROL, "no-store");
    if web.cookies.secure {
        add(headers, header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if is_room {
        add(headers, HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    }
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

/// What a page seen under `origin` may do. Its scripts are those that carry `nonce`, and what those load.
pub(super) fn page_policy(nonce: &str, origin: &Origin, hosts: &Hosts, watching: bool) -> String {
    let ancestors = hosts.ancestors();
    // Safari before 17 does not take 'self' to mean the socket as well; the reloader of `cargo leptos watch` has a port
    // of its own.
    let scheme = if origin.is_https() { "wss" } else { "ws" };
    let sockets = if watching {
        "ws:".to_owned()
    } else {
        format!("{scheme}://{}", origin.authority())
    };
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self' 'nonce-{nonce}'; img-src 'self' blob: data:; media-src 'self' blob:; font-src 'self'; \
         connect-src 'self' {sockets}; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors {ancestors}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_s_socket_goes_to_its_own_host() {
        let policy = |origin: &str| page_policy("abc", &origin.parse().expect("an origin"), &Hosts::default(), false);
        assert!(policy("http://127.0.0.1:3000").contains("connect-src 'self' ws://127.0.0.1:3000;"));
        assert!(policy("https://chat.example.org").contains("connect-src 'self' wss://chat.example.org;"));
        assert!(!policy("https://chat.example.org").contains("unsafe-inline"));
    }
}
