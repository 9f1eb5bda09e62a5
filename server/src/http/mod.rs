//! The server as the web sees it. Handlers have no rules: those are in [`rooms`].

use std::{sync::Arc, time::Duration};

use admission::{Budget, Rate, Visitors};
use app::session::CookiePolicy;
use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use random::Random;
use rooms::RoomService;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower_http::timeout::TimeoutLayer;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use wire::links;

use self::payload::{Parameters, Payload, RoomPath};
pub use self::{
    assets::Site,
    embed::Hosts,
    origins::Origins,
    socket::{
        frames::{Refusal, read as read_frame},
        heartbeat::Heartbeats,
    },
    switched::{Patience, Switched, TakeApart},
    visitor::{Peer, Proxies},
    watch::metrics_router,
};
use crate::metrics::Metrics;

mod assets;
mod docs;
mod embed;
mod events;
mod governing;
mod headers;
mod install;
mod media;
mod origins;
mod pages;
mod payload;
mod problem;
mod qr;
mod query;
mod rest;
mod saving;
mod socket;
mod switched;
mod visitor;
mod watch;

/// How long a request may take, its body included. Sockets have time-outs of their own.
const REQUEST_WITHIN: Duration = Duration::from_secs(30);

/// How long it may take until a chat that is to be saved begins to come.
const SAVE_WITHIN: Duration = Duration::from_secs(120);

/// What handlers can reach.
#[derive(Clone)]
pub struct Web {
    /// The rules.
    pub rooms: Arc<RoomService>,
    /// Who may speak to us.
    pub origins: Arc<Origins>,
    /// Whose pages may show ours in a frame.
    pub hosts: Arc<Hosts>,
    /// What addresses may do.
    pub visitors: Arc<Visitors>,
    /// All who are connected.
    pub connections: Arc<Budget>,
    /// Frames of one socket.
    pub socket_limit: Rate,
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
    /// Which of them are still there.
    pub heartbeats: Arc<Heartbeats>,
}

/// What programs may ask for: JSON, bytes, and how both are described.
fn api() -> (Router<Web>, Router<Web>, OpenApi) {
    let (json, mut document) = OpenApiRouter::default()
        .nest(links::API, rest::routes())
        .split_for_parts();
    let (media, of_media) = OpenApiRouter::default()
        .nest(links::API, media::routes())
        .split_for_parts();
    let (saving, of_saving) = OpenApiRouter::default()
        .nest(links::API, saving::routes())
        .split_for_parts();
    document.merge(of_media);
    document.merge(of_saving);
    // Uploads have bounds of their own: they go on while bytes come.
    let saving = saving.layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, SAVE_WITHIN));
    (json, media.merge(saving), document)
}

/// All that is served.
pub fn router(web: Web) -> Router {
    let (api, media, document) = api();
    let api = api.layer(web.origins.cors());
    Router::new()
        .merge(api)
        .merge(docs::routes(document))
        .merge(pages::routes(&web))
        .merge(watch::routes())
        .route("/embed.js", get(embed::script))
        .route("/service-worker.js", get(install::script))
        .fallback(pages::file_or_not_found)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            REQUEST_WITHIN,
        ))
        .merge(media.layer(web.origins.cors()))
        .layer(from_fn(pages::lead_to_the_room))
        .layer(from_fn_with_state(web.clone(), origins::guard))
        .layer(from_fn_with_state(web.clone(), visitor::count))
        .layer(from_fn_with_state(web.clone(), headers::secure))
        .layer(from_fn_with_state(web.clone(), watch::observe))
        .with_state(web)
}
