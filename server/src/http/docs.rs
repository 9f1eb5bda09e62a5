//! The API described: for programs as OpenAPI, made from the handlers; for people as a page made from that.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::header,
    response::{Html, IntoResponse},
    routing::get,
};
use serde_json::{Map, Value, json};
use utoipa::openapi::OpenApi;
use wire::{
    error::Code,
    protocol::{ClientFrame, EndReason, Entry, Message, Welcome},
};

use super::{Web, problem::Document};

mod frames;
mod page;

const DOCUMENT: &str = "/api/openapi.json";

/// What the page may do: be styled.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; \
                           form-action 'none'; frame-ancestors 'none'";

/// May be kept for a while: it changes with the program only.
const CACHE: &str = "public, max-age=3600";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Instant Chat",
        description = "Chats by link, for programs. Refusals are `application/problem+json` with a stable `code`; \
                       `rate_limited` and `unavailable` say in `Retry-After` when to try again."
    ),
    components(schemas(Document<'_>, ClientFrame, EndReason, Entry, Message, Welcome))
)]
struct Described;

/// The document and its page.
pub(super) fn routes(paths: OpenApi) -> Router<Web> {
    let document = Arc::new(document(paths));
    let for_people = Arc::clone(&document);
    let for_programs = async move || ([(header::CACHE_CONTROL, CACHE)], Json((*document).clone()));
    let for_people = async move |State(web): State<Web>| {
        let headers = [
            (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
            (header::CACHE_CONTROL, CACHE),
        ];
        (headers, Html(page::render(&for_people, &web.site.assets().css))).into_response()
    };
    Router::new()
        .route(DOCUMENT, get(for_programs))
        .route("/api/docs", get(for_people))
}

/// What every program may be told, whatever it asks for.
const ALWAYS: [Code; 4] = [
    Code::InvalidRequest,
    Code::RateLimited,
    Code::Internal,
    Code::Unavailable,
];

/// Operations that take no body at all for an empty one; a join of who has a token, or an identity, needs none.
const BODILESS: [&str; 5] = ["create", "join", "lock", "only_text", "extend"];

/// What it may be told when it asks for a room.
const OF_A_ROOM: [Code; 3] = [Code::UnknownChat, Code::Ended, Code::Expired];

/// What else an operation may be refused with.
fn refusals(operation: &str) -> &'static [Code] {
    match operation {
        "create" => &[
            Code::ForbiddenOrigin,
            Code::InvalidIdentity,
            Code::IdentityRequired,
            Code::TooLarge,
            Code::InvalidName,
        ],
        "join" => &[
            Code::ForbiddenOrigin,
            Code::InvalidIdentity,
            Code::IdentityRequired,
            Code::TooLarge,
            Code::InvalidName,
            Code::RoomFull,
            Code::Locked,
            Code::Removed,
        ],
        "say" => &[
            Code::ForbiddenOrigin,
            Code::NotJoined,
            Code::Removed,
            Code::TextOnly,
            Code::TooLarge,
            Code::InvalidMessage,
            Code::UnknownMedia,
            Code::UnknownEntry,
            Code::NotYours,
            Code::InvalidReaction,
            Code::RoomFull,
        ],
        "details" => &[Code::Removed],
        "messages" | "listen" => &[Code::NotJoined, Code::Removed],
        "upload" => &[
            Code::ForbiddenOrigin,
            Code::NotJoined,
            Code::Removed,
            Code::TextOnly,
            Code::TooSlow,
            Code::ChatMediaFull,
            Code::TooLarge,
            Code::UnsupportedMedia,
            Code::MediaFull,
        ],
        "save" => &[Code::NotJoined, Code::Removed],
        "download" => &[Code::NotJoined, Code::Removed, Code::UnknownMedia],
        "end" => &[Code::ForbiddenOrigin, Code::NotCreator],
        "lock" | "only_text" => &[Code::ForbiddenOrigin, Code::NotCreator, Code::TooLarge],
        "remove" => &[
            Code::ForbiddenOrigin,
            Code::NotCreator,
            Code::UnknownParticipant,
            Code::TooLarge,
        ],
        "extend" => &[
            Code::ForbiddenOrigin,
            Code::NotCreator,
            Code::AlreadyExtended,
            Code::TooLarge,
        ],
        "owner_link" => &[Code::ForbiddenOrigin, Code::NotCreator, Code::OwnerLinksSpent],
        "open" => &[Code::ForbiddenOrigin],
        _ => &[],
    }
}

fn document(paths: OpenApi) -> Value {
    let mut described = <Described as utoipa::OpenApi>::openapi();
    described.merge(paths);
    let mut document = serde_json::to_value(&described).unwrap_or_default();
    for path in objects(&mut document["paths"]) {
        for operation in objects(path) {
            let codes = refusals(operation["operationId"].as_str().unwrap_or_default());
            let of_a_room = operation["parameters"].is_array().then_some(OF_A_ROOM);
            let all = ALWAYS.iter().chain(of_a_room.iter().flatten()).chain(codes);
            add_refusals(&mut operation["responses"], all);
            if operation["operationId"]
                .as_str()
                .is_some_and(|id| BODILESS.contains(&id))
            {
                operation["requestBody"]["required"] = false.into();
            }
        }
    }
    let schemas = &mut document["components"]["schemas"];
    schemas["ServerFrame"] = frames::server_frame();
    // What browsers read of programs newer than they are; nobody may send it.
    if let Some(kinds) = schemas["Body"]["oneOf"].as_array_mut() {
        kinds.retain(|kind| kind["properties"]["kind"]["enum"] != json!(["unknown"]));
    }
    document["components"]["securitySchemes"]["token"] = json!({
        "type": "http",
        "scheme": "bearer",
        "description": "The token of a participant or of a chat's creator. Browsers keep it in an HttpOnly cookie instead."
    });
    document["components"]["securitySchemes"]["identity"] = json!({
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "Optional: a JWT of the host site, which makes its user a verified participant. It has dots, a \
                        token has none: that is how they are told apart."
    });
    document
}

fn objects(value: &mut Value) -> impl Iterator<Item = &mut Value> {
    value.as_object_mut().into_iter().flat_map(Map::values_mut)
}

/// One response a status, with the codes that it may carry.
fn add_refusals<'a>(responses: &mut Value, codes: impl Iterator<Item = &'a Code>) {
    for code in codes {
        let response = &mut responses[code.status().to_string()];
        let said = response["description"].as_str().unwrap_or_default();
        let gap = if said.is_empty() { "" } else { " " };
        let description = format!("{said}{gap}`{}`: {}", code.name(), code.detail());
        *response = json!({
            "description": description,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        });
    }
}

#[cfg(test)]
mod tests;
