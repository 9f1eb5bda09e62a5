//! Who a request speaks for: tokens in room-scoped cookies (browsers) or in `Authorization: Bearer` (programs).
//!
//! The only place that names the cookies; pages, server functions, REST and the socket all come here.

use cookie::{
    Cookie, SameSite,
    time::{Duration, OffsetDateTime},
};
use http::{HeaderMap, HeaderValue, header};
use leptos_i18n::Locale as _;
use wire::{
    domain::{IdentityToken, RoomId, Timestamp, Token},
    protocol::{EXTENSION_MAX_MILLIS, calls::TokenIn},
    service::Credentials,
};

use crate::words::Language;

/// How cookies are written on this server: provided as a context by the router.
#[derive(Debug, Clone, Copy)]
pub struct CookiePolicy {
    /// Only over TLS. True when the public address is `https`.
    pub secure: bool,
    /// Also within frames on pages of other sites, each site's apart from all others'. Browsers have such cookies over
    /// TLS only.
    pub framed: bool,
}

/// Which secret a cookie holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// A participant's token.
    Participant,
    /// The creator's token.
    Creator,
}

impl Secret {
    fn cookie_name(self, room: &RoomId) -> String {
        match self {
            Self::Participant => format!("chat-{room}"),
            Self::Creator => format!("owner-{room}"),
        }
    }
}

/// Reads what a request's headers prove about `room`. A bearer token stands for both secrets and wins over cookies.
#[must_use]
pub fn credentials(headers: &HeaderMap, room: &RoomId) -> Credentials {
    let said = authorization(headers);
    if said.participant.is_some() {
        return said;
    }
    let read = |secret: Secret| Token::parse(cookie(headers, &secret.cookie_name(room))?.value());
    Credentials {
        participant: read(Secret::Participant),
        creator: read(Secret::Creator),
        ..said
    }
}

/// Reads what `Authorization` alone proves, whatever the room.
#[must_use]
pub fn authorization(headers: &HeaderMap) -> Credentials {
    let bearer = bearer(headers);
    let token = bearer.and_then(Token::parse);
    Credentials {
        participant: token.clone(),
        creator: token,
        identity: bearer.and_then(IdentityToken::parse),
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<Cookie<'h>> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|cookie| cookie.name() == name)
}

/// The cookie of a browser's own choice of language.
const LANGUAGE: &str = "language";

/// The language to answer in: the one chosen here before, or the one of ours that the browser asks for.
#[must_use]
pub fn language(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE).and_then(|cookie| Language::of_tag(cookie.value()));
    let asked = || Language::of_accept_language(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
    chosen.or_else(asked).unwrap_or_default()
}

/// Where the sender of a request gets tokens who does not say where: a browser in cookies, out of its scripts' reach. It
/// tells where a request comes from, as a page cannot keep it from doing; programs do not. (`Sec-Fetch-Mode` alone is no
/// sign of one: Node's `fetch` sends it, too.) Who brings a token keeps it in a way of their own.
#[must_use]
pub fn token_in(headers: &HeaderMap) -> TokenIn {
    let is_browser = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    if is_browser && authorization(headers).participant.is_none() {
        TokenIn::Cookie
    } else {
        TokenIn::Answer
    }
}

/// What a request says of who its sender is on the host site, where there is no room yet.
#[must_use]
pub fn identity(headers: &HeaderMap) -> Option<IdentityToken> {
    bearer(headers).and_then(IdentityToken::parse)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

impl CookiePolicy {
    /// A `Set-Cookie` value that keeps a browser's choice of language for a year.
    #[must_use]
    pub fn keep_language(self, language: Language) -> Option<HeaderValue> {
        let framed = self.framed && self.secure;
        let cookie = Cookie::build((LANGUAGE, language.as_str()))
            .path("/")
            .http_only(true)
            .same_site(if framed { SameSite::None } else { SameSite::Lax })
            .partitioned(framed)
            .secure(self.secure)
            .max_age(Duration::days(365));
        HeaderValue::from_str(&cookie.build().to_string()).ok()
    }

    /// A `Set-Cookie` value that keeps a secret of `room` until the room expires, and as long again as it may be
    /// extended by: nobody would give those their cookies anew who are inside when it is. Out of reach of scripts, and of
    /// other sites' requests.
    #[must_use]
    pub fn keep(self, secret: Secret, room: &RoomId, token: &Token, until: Timestamp) -> Option<HeaderValue> {
        let framed = self.framed && self.secure;
        let until = until.plus_millis(EXTENSION_MAX_MILLIS);
        let cookie = Cookie::build((secret.cookie_name(room), token.expose().to_owned()))
            .path("/")
            .http_only(true)
            // Lax: a link followed from a mail or another chat must still find its participant. None, in frames: what
            // other sites cause is then refused by its Origin alone, as it is in any case.
            .same_site(if framed { SameSite::None } else { SameSite::Lax })
            .partitioned(framed)
            .secure(self.secure)
            .expires(OffsetDateTime::from_unix_timestamp(until.millis() / 1000).ok());
        HeaderValue::from_str(&cookie.build().to_string()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> RoomId {
        RoomId::parse("Vq3nT8-zKw_2").expect("valid")
    }

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).expect("valid"))])
    }

    #[test]
    fn each_room_reads_its_own_cookies_only() {
        let jar = "other=1; chat-Vq3nT8-zKw_2=tokentokentoken1; chat-AAAAAAAAAAAA=tokentokentoken2";
        let found = credentials(&headers(header::COOKIE, jar), &room());
        assert_eq!(found.participant.expect("found").expose(), "tokentokentoken1");
        assert!(found.creator.is_none());
    }

    #[test]
    fn a_bearer_token_wins_over_cookies() {
        let mut all = headers(header::COOKIE, "chat-Vq3nT8-zKw_2=tokentokentoken1");
        all.insert(
            header::AUTHORIZATION,
            HeaderValue::from_static("bearer tokentokentoken2"),
        );
        let found = credentials(&all, &room());
        assert_eq!(found.participant.expect("found").expose(), "tokentokentoken2");
    }

    #[test]
    fn a_host_s_word_and_a_room_s_token_are_told_apart_by_their_dots() {
        let mut all = headers(header::COOKIE, "chat-Vq3nT8-zKw_2=tokentokentoken1");
        all.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer head.body.mark"));
        let found = credentials(&all, &room());
        assert_eq!(found.identity.expect("a claim").expose(), "head.body.mark");
        assert_eq!(found.participant.expect("found").expose(), "tokentokentoken1");
        let token = headers(header::AUTHORIZATION, "Bearer tokentokentoken2");
        assert_eq!(identity(&token), None);
        assert!(
            identity(&headers(header::AUTHORIZATION, "Bearer short")).is_some(),
            "no claim is passed over"
        );
    }

    #[test]
    fn browsers_get_tokens_in_cookies_and_programs_in_answers() {
        let none = HeaderMap::new();
        assert_eq!(token_in(&none), TokenIn::Answer);
        let node = headers(header::HeaderName::from_static("sec-fetch-mode"), "cors");
        assert_eq!(token_in(&node), TokenIn::Answer);
        for (name, value) in [("origin", "null"), ("sec-fetch-site", "same-origin")] {
            let mut browser = headers(header::HeaderName::from_static(name), value);
            assert_eq!(token_in(&browser), TokenIn::Cookie, "{name}");
            browser.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer a.host.s-word"));
            assert_eq!(token_in(&browser), TokenIn::Cookie, "{name}");
            browser.insert(
                header::AUTHORIZATION,
                HeaderValue::from_static("Bearer tokentokentoken1"),
            );
            assert_eq!(token_in(&browser), TokenIn::Answer, "{name}");
        }
    }

    #[test]
    fn a_chosen_language_wins_over_the_browser_s() {
        let mut all = headers(header::ACCEPT_LANGUAGE, "de-DE,en;q=0.5");
        assert_eq!(language(&all), Language::de);
        all.insert(header::COOKIE, HeaderValue::from_static("a=b; language=ar"));
        assert_eq!(language(&all), Language::ar);
        all.insert(header::COOKIE, HeaderValue::from_static("language=tlh"));
        assert_eq!(language(&all), Language::de);
        assert_eq!(language(&HeaderMap::new()), Language::en);
    }

    #[test]
    fn a_kept_secret_is_out_of_reach_of_scripts_and_of_other_sites() {
        let token = Token::parse("tokentokentoken1").expect("valid");
        let until = Timestamp::from_millis(1_763_890_000_000);
        for (secure, framed, told) in [
            (true, false, "HttpOnly; SameSite=Lax; Secure; Path=/;"),
            (true, true, "HttpOnly; SameSite=None; Partitioned; Secure; Path=/;"),
            (false, true, "HttpOnly; SameSite=Lax; Path=/;"),
        ] {
            let kept = CookiePolicy { secure, framed }
                .keep(Secret::Creator, &room(), &token, until)
                .expect("a header");
            assert_eq!(
                kept.to_str().expect("ascii"),
                format!("owner-Vq3nT8-zKw_2=tokentokentoken1; {told} Expires=Mon, 24 Nov 2025 09:26:40 GMT")
            );
        }
    }
}
