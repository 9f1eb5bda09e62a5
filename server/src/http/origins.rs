//! Which pages may speak to this server. Browsers say where a request comes from; cookies alone prove nothing, as they
//! are sent along with requests that other sites cause.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::cors::{AllowOrigin, CorsLayer};
use wire::error::Code;

use super::{Web, problem::Problem};
use crate::config::Origin;

/// The origins of this server and of pages that it trusts.
#[derive(Debug, Clone)]
pub struct Origins {
    /// The public address. Without one, the server goes by whatever host a request came to.
    pub public: Option<Origin>,
    /// More that may.
    pub allowed: Vec<Origin>,
    /// Where the server listens: for requests that do not say which host they are for.
    pub local: Origin,
}

impl Origins {
    /// The origin under which the sender of a request sees this server.
    #[must_use]
    pub fn of_request(&self, headers: &HeaderMap) -> Origin {
        let host = || Origin::of_host(text(headers, header::HOST)?).ok();
        self.public.clone().or_else(host).unwrap_or_else(|| self.local.clone())
    }

    /// Whether a socket may be opened: no browser opens one without saying where from.
    #[must_use]
    pub fn may_open_socket(&self, headers: &HeaderMap) -> bool {
        match headers.get(header::ORIGIN) {
            None => true,
            Some(origin) => origin.to_str().is_ok_and(|origin| self.accepts(origin, headers)),
        }
    }

    /// Whether a request may change something.
    ///
    /// Our `Referrer-Policy: no-referrer` makes browsers send `Origin: null` with our own forms; there
    /// `Sec-Fetch-Site`, which pages cannot forge, says where the form was. Programs send neither.
    #[must_use]
    pub fn may_change(&self, headers: &HeaderMap) -> bool {
        match text(headers, header::ORIGIN).filter(|origin| *origin != "null") {
            Some(origin) => self.accepts(origin, headers),
            None => match headers.get("sec-fetch-site") {
                None => true,
                Some(site) => site == "same-origin" || site == "none",
            },
        }
    }

    /// What pages of other origins may ask the API: nothing, but for those that were named. They bring a token, as our
    /// cookies are for our own pages.
    pub(super) fn cors(&self) -> CorsLayer {
        let allowed = self.allowed.iter();
        let allowed = allowed.filter_map(|origin| HeaderValue::from_str(origin.as_str()).ok());
        CorsLayer::new()
            .allow_origin(AllowOrigin::list(allowed))
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([
                header::AUTHORIZATION,
                header::CONTENT_TYPE,
                HeaderName::from_static("last-event-id"),
            ])
            .expose_headers([header::RETRY_AFTER, HeaderName::from_static("x-request-id")])
    }

    fn accepts(&self, origin: &str, headers: &HeaderMap) -> bool {
        let Ok(origin) = origin.parse::<Origin>() else {
            return false;
        };
        let ours = match &self.public {
            Some(public) => origin == *public,
            // A proxy in front may have taken the TLS off: only the host counts.
            None => text(headers, header::HOST)
                .and_then(|host| Origin::of_host(host).ok())
                .is_some_and(|host| host.authority() == origin.authority()),
        };
        ours || self.allowed.contains(&origin)
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Middleware: refuses requests by which another site would change something.
pub(super) async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || web.origins.may_change(request.headers()) {
        next.run(request).await
    } else {
        Problem::from(Code::ForbiddenOrigin).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    fn origins(public: Option<&str>, allowed: &[&str]) -> Origins {
        let parse = |text: &str| text.parse().expect("an origin");
        Origins {
            public: public.map(parse),
            allowed: allowed.iter().copied().map(parse).collect(),
            local: parse("http://127.0.0.1:3000"),
        }
    }

    #[test]
    fn without_a_public_address_the_host_decides() {
        let origins = origins(None, &[]);
        let at = |origin| headers(&[("host", "chat.lan:3000"), ("origin", origin)]);
        assert!(origins.may_open_socket(&at("http://chat.lan:3000")));
        assert!(origins.may_open_socket(&at("https://chat.lan:3000")));
        for foreign in [
            "http://evil.example",
            "http://chat.lan",
            "http://chat.lan:3000.evil.example",
            "null",
            "",
        ] {
            assert!(!origins.may_open_socket(&at(foreign)), "{foreign}");
        }
    }

    #[test]
    fn with_a_public_address_only_it_and_the_allowed_ones_do() {
        let origins = origins(Some("https://chat.example.org"), &["https://www.example.org"]);
        let at = |origin| headers(&[("host", "evil.example"), ("origin", origin)]);
        assert!(origins.may_open_socket(&at("https://chat.example.org")));
        assert!(origins.may_open_socket(&at("https://www.example.org")));
        for foreign in [
            "https://evil.example",
            "http://chat.example.org",
            "https://chat.example.org:444",
        ] {
            assert!(!origins.may_open_socket(&at(foreign)), "{foreign}");
        }
    }

    #[test]
    fn programs_say_nothing_and_may() {
        assert!(origins(None, &[]).may_open_socket(&HeaderMap::new()));
        assert!(origins(None, &[]).may_change(&HeaderMap::new()));
    }

    #[test]
    fn our_own_forms_come_from_null_and_other_sites_do_not_get_by_with_it() {
        let origins = origins(None, &[]);
        let form = |site| headers(&[("host", "chat.lan"), ("origin", "null"), ("sec-fetch-site", site)]);
        assert!(origins.may_change(&form("same-origin")));
        assert!(!origins.may_change(&form("cross-site")));
        assert!(!origins.may_change(&form("same-site")));
        assert!(!origins.may_change(&headers(&[("host", "chat.lan"), ("origin", "https://evil.example")])));
    }

    #[test]
    fn links_begin_with_the_public_address_or_the_host() {
        let host = headers(&[("host", "chat.lan:3000")]);
        assert_eq!(origins(None, &[]).of_request(&host).as_str(), "http://chat.lan:3000");
        assert_eq!(
            origins(Some("https://a.example"), &[]).of_request(&host).as_str(),
            "https://a.example"
        );
        assert_eq!(
            origins(None, &[]).of_request(&HeaderMap::new()).as_str(),
            "http://127.0.0.1:3000"
        );
    }
}
