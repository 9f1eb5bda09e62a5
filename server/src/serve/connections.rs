//! Connections: accepted, served, ended. What `axum::serve` does, and time-outs.

use std::{pin::pin, time::Duration};

use axum::Router;
use hyper::{Request, body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::ServiceExt;

use crate::http::Peer;

/// Bytes of a request's head, and of what is read at once: a browser's cookies of a hundred rooms fit.
const BUFFER_MAX: usize = 32 * 1024;

/// Bytes that the system may hold beyond those that are on their way: enough that there is always something to send.
#[cfg(target_os = "linux")]
const UNSENT_MAX: u32 = 64 * 1024;

/// How long what is under way may take to come to its end when the server stops.
const FINISH_WITHIN: Duration = Duration::from_secs(7);

/// How long to wait when the system has no more descriptors: others have to go first.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// How connections are let in.
#[derive(Clone)]
pub(super) struct Door {
    /// How long the head of a request may take, and how long a kept connection may be silent before the next one.
    pub(super) head_within: Duration,
    /// Cancelled when nobody is to be let in any more.
    pub(super) stopping: CancellationToken,
    /// All who are inside.
    pub(super) connections: TaskTracker,
}

impl Door {
    /// Accepts connections until the server is to stop.
    pub(super) fn accept(&self, listener: TcpListener, router: Router) -> impl Future<Output = ()> + Send + 'static {
        let door = self.clone();
        async move {
            while let Some(accepted) = door.stopping.run_until_cancelled(listener.accept()).await {
                match accepted {
                    Ok((stream, peer)) => {
                        door.connections
                            .spawn(door.clone().serve(stream, Peer(peer), router.clone()));
                    }
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        sleep(EXHAUSTED).await;
                    }
                }
            }
        }
    }

    async fn serve(self, stream: TcpStream, peer: Peer, router: Router) {
        // A frame shall leave at once: without this the kernel holds small ones back until the last was acknowledged.
        let _ = stream.set_nodelay(true);
        bound_unsent(&stream);
        let service = router.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head_within)
            .max_buf_size(BUFFER_MAX)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .with_upgrades();
        let mut connection = pin!(connection);
        let ended = tokio::select! {
            ended = connection.as_mut() => ended,
            () = self.stopping.cancelled() => {
                connection.as_mut().graceful_shutdown();
                timeout(FINISH_WITHIN, connection).await.unwrap_or(Ok(()))
            }
        };
        if let Err(error) = ended {
            // Peers go away in the middle of things all the time.
            tracing::debug!(%error, "a connection broke");
        }
    }
}

/// Keeps what is written to a slow reader with us: a goodbye cannot overtake what the system has taken, megabytes of it.
#[cfg(target_os = "linux")]
fn bound_unsent(stream: &TcpStream) {
    let _ = socket2::SockRef::from(stream).set_tcp_notsent_lowat(UNSENT_MAX);
}

#[cfg(not(target_os = "linux"))]
const fn bound_unsent(_: &TcpStream) {}
