//! Connections: accepted, served, ended. What `axum::serve` does, and time-outs.

use std::{pin::pin, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long the head of a request may take, and how long a kept connection may be silent before the next one.
const HEAD_WITHIN: Duration = Duration::from_secs(20);

/// Bytes of a request's head, and of what is read at once: a browser's cookies of a hundred rooms fit.
const BUFFER_MAX: usize = 32 * 1024;

/// How long what is under way may take to come to its end when the server stops.
const FINISH_WITHIN: Duration = Duration::from_secs(7);

/// How long to wait when the system has no more descriptors: others have to go first.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// Accepts connections until the server is to stop.
pub(super) async fn accept(listener: TcpListener, router: Router, stopping: CancellationToken, tracker: TaskTracker) {
    while let Some(accepted) = stopping.run_until_cancelled(listener.accept()).await {
        match accepted {
            Ok((stream, _)) => {
                tracker.spawn(serve(stream, router.clone(), stopping.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                sleep(EXHAUSTED).await;
            }
        }
    }
}

async fn serve(stream: TcpStream, router: Router, stopping: CancellationToken) {
    // A frame shall leave at once: without this the kernel holds small ones back until the last was acknowledged.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(BUFFER_MAX)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router))
        .with_upgrades();
    let mut connection = pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            timeout(FINISH_WITHIN, connection).await.unwrap_or(Ok(()))
        }
    };
    if let Err(error) = ended {
        // Peers go away in the middle of things all the time.
        tracing::debug!(%error, "a connection broke");
    }
}
