//! Pictures and recordings over HTTP: bytes in, bytes out.

use std::ops::RangeInclusive;

use admission::Address;
use app::session;
use axum::{
    Json,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_range_header::parse_range_header;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    domain::{MediaId, RoomId, Token},
    error::Code,
    protocol::Uploaded,
};

use super::{RoomPath, Web, payload::Parameters, problem::Problem, query::Size};

mod pace;

/// Nothing that is inside a file may do anything, whatever a browser takes it for.
const POLICY: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");

/// Not kept on anybody's disk: it is to be gone when the chat is.
const UNCACHED: HeaderValue = HeaderValue::from_static("private, no-store");

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default()
        .routes(routes!(upload))
        .routes(routes!(download))
}

/// Adds a picture or a recording
///
/// The body is the file itself: JPEG, PNG, WebP, GIF, Opus in WebM or Ogg, AAC or Opus in MP4, up to 10 MB. It may
/// take as long as bytes come, 8 KiB in each second over time. Pictures lose their
/// metadata and stand upright. A message then shows it by its `mediaId`.
#[utoipa::path(post, path = "/{chatId}/media", params(("chatId" = RoomId, Path)), request_body(content = [u8], content_type = "application/octet-stream"), security(("token" = [])), responses((status = 201, description = "What a message says of it", body = Uploaded)))]
async fn upload(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    request: Request,
) -> Result<(StatusCode, Json<Uploaded>), Problem> {
    let token = session::credentials(request.headers(), &room).participant;
    // Without one it is a call of the server's own.
    let from = request.extensions().get().copied().unwrap_or_else(Address::own);
    let mut body = request.into_body().into_data_stream();
    let read = async {
        let upload = web.rooms.upload(&room, token.as_ref(), from).await?;
        pace::read(upload, &mut body).await
    };
    match read.await {
        Ok(upload) => {
            let uploaded = web.rooms.share(&room, token, upload).await?;
            Ok((StatusCode::CREATED, Json(uploaded)))
        }
        Err(refusal) => {
            // Who is still sending would take a closed connection for a broken one. Who hardly sends has waited long enough.
            if refusal.0.code != Code::TooSlow {
                tokio::spawn(pace::drain(body));
            }
            Err(refusal)
        }
    }
}

/// Reads a picture or a recording
///
/// Ranges are understood. With `size=small` a picture is read as a smaller copy, up to 720 pixels a side, where there is
/// one: small pictures and moving ones have none.
#[utoipa::path(get, path = "/{chatId}/media/{mediaId}", params(("chatId" = RoomId, Path), ("mediaId" = MediaId, Path), ("size" = inline(Option<Size>), Query)), security(("token" = [])), responses((status = 200, description = "All of it", content(([u8] = "image/jpeg"), ([u8] = "image/png"), ([u8] = "image/webp"), ([u8] = "image/gif"), ([u8] = "audio/webm"), ([u8] = "audio/ogg"), ([u8] = "audio/mp4"))), (status = 206, description = "The part that was asked for", content(([u8] = "image/jpeg"), ([u8] = "image/png"), ([u8] = "image/webp"), ([u8] = "image/gif"), ([u8] = "audio/webm"), ([u8] = "audio/ogg"), ([u8] = "audio/mp4")))))]
async fn download(
    State(web): State<Web>,
    Path((room, id)): Path<(String, String)>,
    Parameters(Query { size }): Parameters<Query>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let room = RoomId::parse(room).map_err(|_| Code::UnknownChat)?;
    let id = MediaId::parse(id).map_err(|_| Code::UnknownMedia)?;
    let token: Option<Token> = session::credentials(&headers, &room).participant;
    let shown = web.rooms.shown(&room, token.as_ref(), id, size.into()).await?;
    let (status, range) = match wanted(&headers, shown.size) {
        Wanted::All => (StatusCode::OK, 0..=shown.size - 1),
        Wanted::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Wanted::Beyond => {
            let size = format!("bytes */{}", shown.size);
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, size)]).into_response());
        }
    };
    let (first, last) = range.into_inner();
    let bytes = web.rooms.read_shown(&shown, (first, last + 1)).await?;
    let mut response = (status, Body::from_stream(bytes)).into_response();
    let headers = response.headers_mut();
    let name = HeaderValue::from_static(shown.media_type.name());
    headers.insert(header::CONTENT_TYPE, name);
    headers.insert(header::CONTENT_LENGTH, (last + 1 - first).into());
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("inline"));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::CACHE_CONTROL, UNCACHED);
    if status == StatusCode::PARTIAL_CONTENT
        && let Ok(range) = HeaderValue::from_str(&format!("bytes {first}-{last}/{}", shown.size))
    {
        headers.insert(header::CONTENT_RANGE, range);
    }
    Ok(response)
}

/// The query.
#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    size: Size,
}

/// Which bytes a request asks for.
enum Wanted {
    All,
    Part(RangeInclusive<u64>),
    Beyond,
}

/// One part is answered as one. Who asks for several, or in a way that is not understood, gets all, as the standard has
/// it; players ask for one.
fn wanted(headers: &HeaderMap, size: u64) -> Wanted {
    let Some(ranges) = headers
        .get(header::RANGE)
        .and_then(|value| parse_range_header(value.to_str().ok()?).ok())
        .filter(|ranges| ranges.len() == 1)
    else {
        return Wanted::All;
    };
    match ranges.validate(size).ok().and_then(|ranges| ranges.into_iter().next()) {
        Some(range) => Wanted::Part(range),
        None => Wanted::Beyond,
    }
}
