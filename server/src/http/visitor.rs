//! Who asks, by address: found behind proxies, counted, and refused when it is too much.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Once,
};

use admission::{Action, Address, Permit, Visitor};
use app::session;
use axum::{
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use ipnet::IpNet;
use wire::{
    domain::RoomId,
    error::{AppError, Code},
};

use super::{Web, problem::Problem};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// How a socket's route ends.
const SOCKET: &str = "/socket";

/// Who is at the other end of the connection: a visitor, or a proxy.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Proxies whose word is taken for whom they speak for.
#[derive(Debug, Clone, Default)]
pub struct Proxies(pub Vec<IpNet>);

impl Proxies {
    /// The sender of a request: the last address in `X-Forwarded-For` that is not a trusted proxy's. What stands before
    /// it was written by the sender, who can write anything.
    fn sender(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut sender = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).iter().rev();
        let mut hops = lines
            .flat_map(|line| line.to_str().unwrap_or_default().rsplit(','))
            .map(address);
        while self.trust(sender) {
            match hops.next() {
                Some(Some(hop)) => sender = hop,
                // The end, or not an address: whoever passed it on is the last that is known.
                Some(None) | None => break,
            }
        }
        if sender == peer.to_canonical() && !self.trust(sender) && headers.contains_key(FORWARDED_FOR) {
            static TOLD: Once = Once::new();
            TOLD.call_once(|| {
                tracing::warn!(
                    "a request was forwarded by an address that is not in TRUSTED_PROXIES: if that is your proxy, \
                     all of its visitors are counted as one"
                );
            });
        }
        sender
    }

    /// Whether it is a proxy's address.
    #[must_use]
    pub fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address))
    }
}

/// An address, perhaps with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    text.parse()
        .ok()
        .or_else(with_port)
        .or_else(bare)
        .map(|ip: IpAddr| ip.to_canonical())
}

/// Middleware: finds out who asks, for all who come after, and counts the request.
pub(super) async fn count(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    // Without a connection there is nobody: the server's own calls.
    let Some(Peer(peer)) = request.extensions().get::<Peer>().copied() else {
        return next.run(request).await;
    };
    let address = Address::of(web.proxies.sender(peer.ip(), request.headers()));
    let visitor = web.visitors.visitor(address);
    request.extensions_mut().insert(address);
    request.extensions_mut().insert(visitor.clone());
    if let Err(refusal) = admit(&web, &visitor, &mut request).await {
        return refuse(refusal, &request);
    }
    let response = next.run(request).await;
    if let Some(code) = response.extensions().get::<Code>() {
        visitor.note(*code);
    }
    response
}

async fn admit(web: &Web, visitor: &Visitor, request: &mut Request) -> Result<(), AppError> {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    match route {
        // Files; what is not among them is a request, which is counted when that turns out.
        None => visitor.may(Action::File),
        Some("/healthz" | "/readyz") => Ok(()),
        Some(route) => {
            visitor.may(Action::Request)?;
            let is_socket = route.ends_with(SOCKET);
            // A room's page, its QR code's link, its API.
            let Some((before, _)) = route.split_once('{') else {
                return Ok(());
            };
            let Err(refusal) = visitor.may_look() else {
                return Ok(());
            };
            let path = request.uri().path();
            let id = path.get(before.len()..).and_then(|rest| rest.split('/').next());
            let room = id.and_then(|id| RoomId::parse(id).ok()).ok_or(refusal.clone())?;
            if web
                .rooms
                .knows(&room, &session::credentials(request.headers(), &room))
                .await
            {
                return Ok(());
            }
            if is_socket {
                // Its first frame may say more.
                request.extensions_mut().insert(Shut(refusal));
                return Ok(());
            }
            Err(refusal)
        }
    }
}

/// Somebody at this address has guessed rooms' ids: only who proves to belong to the room gets an answer from it.
#[derive(Debug, Clone)]
pub(super) struct Shut(pub(super) AppError);

/// A person gets the sentence, a program the document. Both cost next to nothing.
pub(super) fn refuse(refusal: AppError, request: &Request) -> Response {
    let wants_page = request.method() == Method::GET
        && request
            .headers()
            .get(header::ACCEPT)
            .and_then(|accept| accept.to_str().ok())
            .is_some_and(|accept| accept.contains("text/html"));
    let detail = refusal.detail.clone();
    let mut response = Problem(refusal).into_response();
    if wants_page {
        *response.body_mut() = detail.into();
        let headers = response.headers_mut();
        headers.remove(header::CONTENT_LENGTH);
        headers.insert(
            header::CONTENT_TYPE,
            header::HeaderValue::from_static("text/plain; charset=utf-8"),
        );
    }
    response
}

/// Whoever asks, for handlers that count actions of their own.
pub(super) struct Caller(pub(super) Option<Visitor>);

impl Caller {
    /// Counts an action.
    ///
    /// # Errors
    /// `rate_limited`.
    pub(super) fn may(&self, action: Action) -> Result<(), AppError> {
        self.0.as_ref().map_or(Ok(()), |visitor| visitor.may(action))
    }

    /// Opens a socket or an event stream, for as long as what is returned is kept.
    ///
    /// # Errors
    /// `rate_limited`.
    pub(super) fn stay(&self) -> Result<Option<Permit>, AppError> {
        self.0.as_ref().map(Visitor::stay).transpose()
    }

    /// Saves a conversation, for as long as what is returned is kept.
    ///
    /// # Errors
    /// `rate_limited`, `unavailable`.
    pub(super) fn export(&self) -> Result<Option<Permit>, AppError> {
        self.0.as_ref().map(Visitor::export).transpose()
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<Visitor>().cloned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sender(peer: &str, forwarded: &[&str]) -> String {
        let trusted = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8:ffff::/48"];
        let proxies = Proxies(trusted.iter().map(|net| net.parse().expect("a net")).collect());
        let headers = forwarded.iter().map(|line| {
            (
                header::HeaderName::from_static(FORWARDED_FOR),
                line.parse().expect("a line"),
            )
        });
        proxies
            .sender(peer.parse().expect("an address"), &HeaderMap::from_iter(headers))
            .to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        assert_eq!(sender("192.0.2.1", &["198.51.100.7"]), "192.0.2.1");
        assert_eq!(sender("127.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(sender("::ffff:127.0.0.1", &["198.51.100.7"]), "198.51.100.7");
        assert_eq!(sender("127.0.0.1", &[]), "127.0.0.1");
    }

    #[test]
    fn what_the_sender_wrote_is_not_believed() {
        assert_eq!(sender("127.0.0.1", &["203.0.113.9, 198.51.100.7"]), "198.51.100.7");
        assert_eq!(sender("127.0.0.1", &["203.0.113.9", "198.51.100.7"]), "198.51.100.7");
        assert_eq!(
            sender("127.0.0.1", &["127.0.0.1, 198.51.100.7, 10.1.2.3"]),
            "198.51.100.7"
        );
        assert_eq!(sender("127.0.0.1", &["198.51.100.7, nonsense"]), "127.0.0.1");
        assert_eq!(
            sender("127.0.0.1", &["10.1.2.4, 10.1.2.3"]),
            "10.1.2.4",
            "all are trusted"
        );
    }

    #[test]
    fn addresses_come_with_ports_and_brackets() {
        assert_eq!(sender("127.0.0.1", &["198.51.100.7:4711"]), "198.51.100.7");
        assert_eq!(sender("127.0.0.1", &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(sender("127.0.0.1", &["[2001:db8::1]"]), "2001:db8::1");
        assert_eq!(sender("2001:db8:ffff::1", &["2001:db8::1"]), "2001:db8::1");
    }
}
