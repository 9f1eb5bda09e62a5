//! What only a chat's creator may do, for programs. Each call takes the creator's token, or an owner link's.

use app::session;
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    domain::{ParticipantId, RoomId},
    error::Code,
    protocol::calls::{ExtendRequest, ExtendResponse, LockRequest, OwnerLinkResponse, RemoveRequest, TextOnlyRequest},
    service::Ruling,
};

use super::{Payload, RoomPath, Web, problem::Problem};

type Answer<T> = Result<T, Problem>;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default()
        .routes(routes!(lock))
        .routes(routes!(only_text))
        .routes(routes!(remove))
        .routes(routes!(extend))
        .routes(routes!(owner_link))
}

/// Locks a chat, or opens it again. Nobody new gets in; those who hold a token do.
#[utoipa::path(post, path = "/{chatId}/lock", params(("chatId" = RoomId, Path)), request_body = LockRequest, security((), ("token" = [])), responses((status = 204, description = "It is so, and everybody is told")))]
async fn lock(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Payload(LockRequest { locked }): Payload<LockRequest>,
) -> Answer<StatusCode> {
    rule(&web, &room, &headers, Ruling::Lock(locked)).await
}

/// Allows only text in a chat, or everything again. What was shared before stays.
#[utoipa::path(post, path = "/{chatId}/text-only", params(("chatId" = RoomId, Path)), request_body = TextOnlyRequest, security((), ("token" = [])), responses((status = 204, description = "It is so, and everybody is told")))]
async fn only_text(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Payload(TextOnlyRequest { text_only }): Payload<TextOnlyRequest>,
) -> Answer<StatusCode> {
    rule(&web, &room, &headers, Ruling::TextOnly(text_only)).await
}

/// Removes a participant for good: their connections close, their token gets nobody in. Nobody has an account here, so the
/// same person may come again under another name and from another browser: lock the chat, too.
#[utoipa::path(post, path = "/{chatId}/remove", params(("chatId" = RoomId, Path)), request_body = RemoveRequest, security((), ("token" = [])), responses((status = 204, description = "They are out, and everybody is told")))]
async fn remove(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Payload(RemoveRequest { participant_id }): Payload<RemoveRequest>,
) -> Answer<StatusCode> {
    let who = ParticipantId::parse(participant_id).map_err(|_| Code::UnknownParticipant)?;
    rule(&web, &room, &headers, Ruling::Remove(who)).await
}

/// Extends a chat by up to 24 hours, once.
#[utoipa::path(post, path = "/{chatId}/extend", params(("chatId" = RoomId, Path)), request_body = ExtendRequest, security((), ("token" = [])), responses((status = 200, description = "It ends later, and everybody is told", body = ExtendResponse)))]
async fn extend(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Payload(ExtendRequest { hours }): Payload<ExtendRequest>,
) -> Answer<Json<ExtendResponse>> {
    rule(&web, &room, &headers, Ruling::Extend(hours)).await?;
    let expires_at = web.rooms.expires_at(&room).await?;
    Ok(Json(ExtendResponse { expires_at }))
}

/// Makes a private link that gives the creator's rights to another device. A chat has up to 8 of them.
#[utoipa::path(post, path = "/{chatId}/owner-link", params(("chatId" = RoomId, Path)), security((), ("token" = [])), responses((status = 201, description = "The link: whoever has it owns the chat", body = OwnerLinkResponse)))]
async fn owner_link(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
) -> Answer<(StatusCode, Json<OwnerLinkResponse>)> {
    let creator = session::credentials(&headers, &room).creator;
    let origin = web.origins.of_request(&headers);
    let url = web.rooms.owner_link(&room, creator.as_ref(), origin.as_str()).await?;
    Ok((StatusCode::CREATED, Json(OwnerLinkResponse { url })))
}

async fn rule(web: &Web, room: &RoomId, headers: &HeaderMap, ruling: Ruling) -> Answer<StatusCode> {
    let visitor = session::credentials(headers, room);
    web.rooms.rule(room, visitor, ruling).await?;
    Ok(StatusCode::NO_CONTENT)
}
