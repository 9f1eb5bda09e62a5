//! The pages, and the server functions that their forms call: all of it is in `app`, and gets from here what it needs.

use std::sync::Arc;

use admission::{Action, Visitor};
use app::{
    pages::{CspForNonce, Embedders, shell},
    ports::SharedRooms,
    session,
};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::LeptosRoutes;
use tower_http::{CompressionLevel, compression::CompressionLayer, limit::RequestBodyLimitLayer};
use wire::{domain::RoomId, links};

use super::{Web, headers::page_policy, qr, visitor};
use crate::site::SiteRooms;

/// Bytes of a form: no field is longer than a name.
const FORM_MAX: usize = 16 * 1024;

pub(super) fn routes(web: &Web) -> Router<Web> {
    let options = LeptosOptions::builder().output_name("instant-chat").build();
    let context = context(web.clone());
    let (listing, _) =
        leptos_axum::generate_route_list_with_exclusions_and_ssg_and_context(shell, None, context.clone());
    Router::new()
        .leptos_routes_with_context(&options, listing, context, shell)
        .with_state(options)
        .route("/instant-chat/{id}/qr.svg", get(qr::draw))
        .layer(RequestBodyLimitLayer::new(FORM_MAX))
        // A page holds no secret that somebody else's input could be measured against: its nonce is new each time.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
}

/// What pages and server functions find in their context, beside what leptos puts there.
fn context(web: Web) -> impl Fn() + Clone + Send + Sync + 'static {
    move || {
        let parts = use_context::<Parts>();
        let visitor = parts
            .as_ref()
            .and_then(|parts| parts.extensions.get::<Visitor>().cloned());
        let headers = parts.map(|parts| parts.headers).unwrap_or_default();
        let origin = web.origins.of_request(&headers);
        let rooms: SharedRooms = Arc::new(SiteRooms {
            service: Arc::clone(&web.rooms),
            metrics: Arc::clone(&web.metrics),
            origin: origin.clone(),
            visitor,
        });
        let hosts = Arc::clone(&web.hosts);
        provide_context(Embedders(hosts.0.iter().map(ToString::to_string).collect()));
        let watching = web.site.is_watched();
        provide_context(session::language(&headers));
        provide_context(rooms);
        provide_context(web.cookies);
        provide_context(web.site.assets());
        provide_context(CspForNonce(Arc::new(move |nonce| {
            page_policy(nonce, &origin, &hosts, watching)
        })));
    }
}

/// Middleware: leads to the room whose link something follows that was taken for a part of it.
pub(super) async fn lead_to_the_room(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let behind = request.uri().path().strip_prefix("/instant-chat/").filter(|_| reads);
    // Without what is within a room: its QR code.
    let behind = behind.filter(|id| !id.trim_end_matches('/').contains('/'));
    match behind.and_then(RoomId::cut_from) {
        Some(room) => Redirect::permanent(&links::room_path(&room)).into_response(),
        None => next.run(request).await,
    }
}

/// Everything else: a file of the site, or the page that says that there is nothing.
pub(super) async fn file_or_not_found(State(web): State<Web>, headers: HeaderMap, request: Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    if let Some(file) = web.site.serve(request.uri().path(), &headers) {
        return file;
    }
    if let Some(visitor) = request.extensions().get::<Visitor>()
        && let Err(refusal) = visitor.may(Action::Request)
    {
        return visitor::refuse(refusal, &request);
    }
    leptos_axum::render_app_async_with_context(context(web), shell)(request).await
}
