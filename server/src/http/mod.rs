//! The server as the web sees it. Handlers have no rules: those are in [`crate::rooms`].

use std::{sync::Arc, time::Duration};

use app::session::CookiePolicy;
use axum::{Router, http::StatusCode, middleware::from_fn_with_state};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;

use self::payload::{Parameters, Payload, RoomPath};
pub use self::{
    assets::Site,
    origins::Origins,
    visitor::{Peer, Proxies},
    watch::metrics_router,
};
use crate::{limits::Limits, metrics::Metrics, random::Random, rooms::RoomService};

mod assets;
mod docs;
mod events;
mod headers;
mod origins;
mod pages;
mod payload;
mod problem;
mod qr;
mod rest;
mod socket;
mod visitor;
mod watch;

/// Where programs find the rooms.
const API: &str = "/api/chat/instant";

/// How long a request may take, its body included. Sockets have time-outs of their own.
const REQUEST_WITHIN: Duration = Duration::from_secs(30);

/// What handlers can reach.
#[derive(Clone)]
pub struct Web {
    /// The rules.
    pub rooms: Arc<RoomService>,
    /// Who may speak to us.
    pub origins: Arc<Origins>,
    /// What addresses may do.
    pub limits: Arc<Limits>,
    /// Who may speak for other addresses.
    pub proxies: Arc<Proxies>,
    /// The site's files.
    pub site: Arc<Site>,
    /// How cookies are written.
    pub cookies: CookiePolicy,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// Names for requests.
    pub random: Arc<dyn Random>,
    /// How long a new socket may take to join.
    pub join_within: Duration,
    /// Cancelled when the server is to stop.
    pub stopping: CancellationToken,
    /// The open sockets: the server waits for their goodbyes.
    pub sockets: TaskTracker,
}

/// All that is served.
pub fn router(web: Web) -> Router {
    let (api, document) = OpenApiRouter::default().nest(API, rest::routes()).split_for_parts();
    let api = api.layer(web.origins.cors());
    Router::new()
        .merge(api)
        .merge(docs::routes(document))
        .merge(pages::routes(&web))
        .merge(watch::routes())
        .fallback(pages::file_or_not_found)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_WITHIN,
        ))
        .layer(from_fn_with_state(web.clone(), origins::guard))
        .layer(from_fn_with_state(web.clone(), visitor::count))
        .layer(from_fn_with_state(web.clone(), headers::secure))
        .layer(from_fn_with_state(web.clone(), watch::observe))
        .with_state(web)
}
