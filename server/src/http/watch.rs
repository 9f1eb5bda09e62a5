//! For whoever watches over the process: is it alive, is it ready, what does it count; and which request a log line
//! belongs to.

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::time::Instant;
use tracing::Instrument;
use wire::error::{AppError, Code};

use super::{Web, problem::Problem};

/// What Prometheus is told that the numbers are written in.
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(ready))
}

/// What is served at `METRICS_ADDR`, and nowhere else: a proxy on the same machine makes every visitor look local, so
/// that who asks says nothing about who may know.
pub fn metrics_router(web: Web) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(web)
}

/// 200 when the store answers and the server is not about to stop. `/healthz` says only that the process answers: a
/// restart mends no database.
async fn ready(State(web): State<Web>) -> Response {
    if web.stopping.is_cancelled() {
        return Problem::from(AppError::new(Code::Unavailable).retry_after(1)).into_response();
    }
    match web.rooms.ping().await {
        Ok(()) => "ok".into_response(),
        Err(error) => Problem(error).into_response(),
    }
}

async fn metrics(State(web): State<Web>) -> Response {
    let rooms = web.rooms.count_open().await.ok();
    let budgets = web
        .rooms
        .budgets()
        .chain(web.visitors.budgets())
        .chain([&*web.connections]);
    budgets.for_each(|budget| web.metrics.hold(budget));
    let text = web.metrics.text(rooms, web.sockets.len());
    ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response()
}

/// Middleware: counts refusals, and gives each request an id that its log lines carry and its sender gets.
///
/// The id is always ours: one from outside could be anything, a room's id too. The log names the route, never the path.
pub(super) async fn observe(State(web): State<Web>, request: Request, next: Next) -> Response {
    let id = web.random.request_id();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("file", MatchedPath::as_str);
    let span = tracing::info_span!("request", id, method = %request.method(), route);
    async {
        let start = Instant::now();
        let mut response = next.run(request).await;
        if let Some(code) = response.extensions().get::<Code>() {
            web.metrics.refused(*code);
        }
        if let Ok(id) = HeaderValue::from_str(&id) {
            response.headers_mut().insert("x-request-id", id);
        }
        let status: StatusCode = response.status();
        tracing::debug!(status = status.as_u16(), took = ?start.elapsed(), "answered");
        response
    }
    .instrument(span)
    .await
}
