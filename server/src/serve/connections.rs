//! Connections: accepted, counted, served, ended. What `axum::serve` does, and bounds of number and time.

use std::{
    convert::Infallible,
    pin::pin,
    sync::{Arc, atomic::AtomicBool},
    time::Duration,
};

use admission::{Address, Budget, Exhausted, Permit, Whose};
use axum::Router;
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use super::{
    head::Head,
    patience::{Patient, TooSlow, take_apart},
    refusing::Refusing,
    resting::{Answer, Connection, Forget, Resting},
};
use crate::{
    http::{Peer, Proxies, TakeApart},
    metrics::{Cut, Metrics},
};

/// Bytes of a request's head, and of what is read at once: a browser's cookies of a hundred rooms fit.
const BUFFER_MAX: usize = 32 * 1024;

/// Bytes that the system may hold beyond those that are on their way: enough that there is always something to send.
#[cfg(target_os = "linux")]
const UNSENT_MAX: u32 = 64 * 1024;

/// How long a connection is kept on which nothing is asked. Longer than proxies keep theirs (Caddy 120 s, Traefik 90 s,
/// nginx 60 s): where both may end one, a request may be on its way.
const KEPT_FOR: Duration = Duration::from_secs(150);

/// How long what is under way may take to come to its end when the server stops.
const FINISH_WITHIN: Duration = Duration::from_secs(7);

/// How long to wait when the system has no more descriptors: others have to go first.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// How connections are let in.
#[derive(Clone)]
pub(super) struct Acceptor {
    /// How long the head of a request may take.
    pub(super) head_within: Duration,
    /// How long a reader may take nothing of what waits for it.
    pub(super) take_within: Duration,
    /// How many there may be.
    pub(super) places: Arc<Budget>,
    /// Who does not count as one address.
    pub(super) proxies: Arc<Proxies>,
    /// Who goes first when there is no place.
    pub(super) resting: Arc<Resting>,
    /// Who is told that there is none.
    pub(super) refusing: Refusing,
    /// What is counted.
    pub(super) metrics: Arc<Metrics>,
    /// Cancelled when nobody is to be let in any more.
    pub(super) stopping: CancellationToken,
    /// All who are inside.
    pub(super) connections: TaskTracker,
}

impl Acceptor {
    /// Accepts connections until the server is to stop.
    pub(super) fn accept(&self, listener: TcpListener, router: Router) -> impl Future<Output = ()> + Send + 'static {
        let acceptor = self.clone();
        async move {
            while let Some(accepted) = acceptor.stopping.run_until_cancelled(listener.accept()).await {
                match accepted {
                    Ok((stream, peer)) => acceptor.let_in(stream, Peer(peer), router.clone()),
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        sleep(EXHAUSTED).await;
                    }
                }
            }
        }
    }

    fn let_in(&self, stream: TcpStream, peer: Peer, router: Router) {
        let ip = peer.0.ip();
        // Everybody comes through a proxy: whoever it speaks for is counted by request.
        let who = (!self.proxies.trust(ip.to_canonical())).then(|| Address::of(ip));
        match self.place(who) {
            Ok(permit) => {
                self.connections
                    .spawn(self.clone().serve(stream, peer, who, permit, router));
            }
            Err(full) => {
                self.metrics.turned_away(full.whose);
                if let Some(telling) = self.refusing.tell(stream) {
                    self.connections.spawn(telling);
                }
            }
        }
    }

    /// A place for a connection: a free one, or that of one that rests. Of the same address, where it is that which has
    /// too many.
    fn place(&self, who: Option<Address>) -> Result<Permit, Exhausted> {
        self.places.take(who, 1).or_else(|full| {
            let whose = match full.whose {
                Whose::Server => None,
                Whose::Address => who,
            };
            if self.resting.end_one(whose) {
                self.metrics.cut(Cut::Idle);
                Ok(self.places.take_over(who, 1))
            } else {
                Err(full)
            }
        })
    }

    async fn serve(self, stream: TcpStream, peer: Peer, who: Option<Address>, permit: Permit, router: Router) {
        // A frame shall leave at once: without this the kernel holds small ones back until the last was acknowledged.
        let _ = stream.set_nodelay(true);
        bound_unsent(&stream);
        let stalled = Arc::new(AtomicBool::new(false));
        let head = Arc::new(Head::awaited());
        let stream = Patient::new(stream, self.take_within, Arc::clone(&stalled))
            .holding(permit)
            .telling(Arc::clone(&head));
        let kept = Connection::new(&self.resting, who, stalled, Arc::clone(&head));
        let _forget = Forget(Arc::clone(&kept));
        let service = service_fn(|mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.extensions_mut().insert(TakeApart(take_apart));
            let work = kept.work();
            let answer = router.clone().oneshot(request);
            async move {
                let (head, body) = answer.await?.into_parts();
                Ok::<_, Infallible>(Response::from_parts(head, Answer::new(body, work)))
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(KEPT_FOR)
            .max_buf_size(BUFFER_MAX)
            .serve_connection(TokioIo::new(stream), service)
            .with_upgrades();
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = kept.ended() => Ok(()),
            () = head.overdue(self.head_within) => Ok(()),
            () = self.stopping.cancelled() => {
                connection.as_mut().graceful_shutdown();
                timeout(FINISH_WITHIN, connection).await.unwrap_or(Ok(()))
            }
        };
        if let Err(error) = ended {
            if is_too_slow(&error) {
                self.metrics.cut(Cut::Slow);
            }
            // Peers go away in the middle of things all the time.
            tracing::debug!(%error, "a connection broke");
        }
    }
}

fn is_too_slow(error: &hyper::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    let cause = cause.and_then(std::io::Error::get_ref);
    cause.is_some_and(<dyn std::error::Error + Send + Sync>::is::<TooSlow>)
}

/// Keeps what is written to a slow reader with us: a goodbye cannot overtake what the system has taken, megabytes of it.
#[cfg(target_os = "linux")]
fn bound_unsent(stream: &TcpStream) {
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_MAX);
}

#[cfg(not(target_os = "linux"))]
const fn bound_unsent(_: &TcpStream) {}
