//! The rooms for programs, under `/api/chat/instant`. Handlers read a request, ask the rooms, write the answer.

use admission::Action;
use app::session::{self, CookiePolicy, Secret};
use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use rooms::History;
use serde::Deserialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    domain::{ClientId, Nickname, RoomId, Timestamp, Token},
    error::{AppError, Code},
    protocol::{
        Entry, Message, RoomDetails,
        calls::{CreateRequest, CreateResponse, JoinRequest, JoinResponse, MessagesResponse, SayRequest, TokenIn},
    },
    service::{JoinedRoom, NewRoom},
};

use super::{
    Parameters, Payload, RoomPath, Web, events, governing,
    payload::{invalid, why_no_message},
    problem::Problem,
    query::MessagesQuery,
    socket,
    visitor::Caller,
};

/// Bytes of a JSON body: the longest text, escaped to the last character, fits.
const BODY_MAX: usize = 64 * 1024;

/// What is JSON already.
const JSON: [(HeaderName, HeaderValue); 1] = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];

type Answer<T> = Result<T, Problem>;

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default()
        .routes(routes!(create))
        .routes(routes!(details))
        .routes(routes!(join))
        .routes(routes!(messages, say))
        .routes(routes!(end))
        .merge(governing::routes())
        .routes(routes!(events::listen))
        .routes(routes!(socket::open))
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .fallback(async || StatusCode::NOT_FOUND)
}

/// Starts a chat. With a name, its creator is inside at once; with the host site's word for them, as its user. A browser
/// gets the tokens in cookies, unless it asks for them in the answer.
#[utoipa::path(post, path = "/create", request_body = CreateRequest, security((), ("identity" = [])), responses((status = 201, description = "The chat, and the secrets that only its creator gets", body = CreateResponse)))]
async fn create(
    State(web): State<Web>,
    caller: Caller,
    headers: HeaderMap,
    Payload(request): Payload<CreateRequest>,
) -> Answer<impl IntoResponse> {
    caller.may(Action::Create)?;
    let creator_name = request.creator_name.as_deref().map(name).transpose()?;
    let new = NewRoom {
        store_history: request.store_history,
        creator_name,
        identity: session::identity(&headers),
    };
    let made = web.rooms.create(new, web.origins.of_request(&headers).as_str()).await?;
    let (participant, token) = made.joined.unzip();
    let handing = Handing {
        token_in: request.token_in.unwrap_or_else(|| session::token_in(&headers)),
        cookies: web.cookies,
        room: &made.created.chat_id,
        until: made.created.expires_at,
    };
    let (creator_cookie, creator_token) = handing.out(Secret::Creator, Some(made.creator_token));
    let (cookie, token) = handing.out(Secret::Participant, token);
    let response = CreateResponse {
        creator_token,
        participant,
        token,
        created: made.created,
    };
    let cookies = AppendHeaders(creator_cookie.into_iter().chain(cookie));
    Ok((StatusCode::CREATED, cookies, Json(response)))
}

/// Looks at a chat. Changes nothing; participants also see who is connected.
#[utoipa::path(get, path = "/{chatId}", params(("chatId" = RoomId, Path)), security((), ("token" = [])), responses((status = 200, description = "The chat", body = RoomDetails)))]
async fn details(State(web): State<Web>, RoomPath(room): RoomPath, headers: HeaderMap) -> Answer<Json<RoomDetails>> {
    let view = web.rooms.view(&room, &session::credentials(&headers, &room)).await?;
    Ok(Json(view.details))
}

/// Joins a chat under a name; with a token already held, or the host site's word, as the same participant again. A browser
/// gets the token in a cookie, unless it asks for it in the answer: then its cookies do not count.
#[utoipa::path(post, path = "/{chatId}/join", params(("chatId" = RoomId, Path)), request_body = JoinRequest, security((), ("token" = []), ("identity" = [])), responses((status = 200, description = "The participant, and the token that proves it", body = JoinResponse)))]
async fn join(
    State(web): State<Web>,
    caller: Caller,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Payload(request): Payload<JoinRequest>,
) -> Answer<impl IntoResponse> {
    caller.may(Action::Join)?;
    let token_in = request.token_in.unwrap_or_else(|| session::token_in(&headers));
    let held = match token_in {
        TokenIn::Cookie => session::credentials(&headers, &room),
        TokenIn::Answer => session::authorization(&headers),
    };
    let wanted = request.name.as_deref().map(name).transpose()?;
    let JoinedRoom {
        joined,
        token,
        expires_at,
    } = web.rooms.join(&room, wanted, held).await?;
    let handing = Handing {
        token_in,
        cookies: web.cookies,
        room: &room,
        until: expires_at,
    };
    let (cookie, token) = handing.out(Secret::Participant, Some(token));
    Ok((AppendHeaders(cookie), Json(JoinResponse { joined, token })))
}

/// Reads a part of the chat, in order. A chat without history gives what it still holds.
#[utoipa::path(get, path = "/{chatId}/messages", params(("chatId" = RoomId, Path), MessagesQuery), security(("token" = [])), responses((status = 200, description = "Entries in order", body = MessagesResponse)))]
async fn messages(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Parameters(query): Parameters<MessagesQuery>,
) -> Answer<impl IntoResponse> {
    let token = session::credentials(&headers, &room).participant;
    let History {
        epoch,
        entries,
        next_after,
    } = web.rooms.history(&room, token.as_ref(), query.into()).await?;
    // The entries' own bytes, between brackets.
    let size = entries.iter().map(|entry| entry.frame.len() + 1).sum::<usize>();
    let mut page = Vec::with_capacity(size + 128);
    page.extend(format!("{{\"epoch\":\"{epoch}\",\"entries\":[").bytes());
    for (n, entry) in entries.iter().enumerate() {
        page.extend((n > 0).then_some(b','));
        page.extend_from_slice(&entry.frame);
    }
    page.extend(format!("],\"nextAfter\":{next_after}}}").bytes());
    Ok((JSON, page))
}

/// Says something. Answered once it is in the log; sent again with the same clientId, it is the same message.
#[utoipa::path(post, path = "/{chatId}/messages", params(("chatId" = RoomId, Path)), request_body = SayRequest, security(("token" = [])), responses((status = 201, description = "The entry, which is in the log", body = Entry)))]
async fn say(
    State(web): State<Web>,
    Caller(visitor): Caller,
    RoomPath(room): RoomPath,
    headers: HeaderMap,
    Payload(request): Payload<SayRequest>,
) -> Answer<impl IntoResponse> {
    let client_id = ClientId::parse(request.client_id).map_err(|_| invalid("A clientId has 1 to 64 letters."))?;
    let message = Message::deserialize(&request.message).map_err(|_| why_no_message(&request.message["body"]));
    let token = session::credentials(&headers, &room).participant;
    let entry = web.rooms.post(&room, (token, visitor), client_id, message).await?;
    Ok((StatusCode::CREATED, JSON, entry))
}

/// Ends a chat for everybody, and removes all that was said. Takes the creator's token. Once more, it succeeds again.
#[utoipa::path(post, path = "/{chatId}/end", params(("chatId" = RoomId, Path)), security((), ("token" = [])), responses((status = 204, description = "The chat is over")))]
async fn end(State(web): State<Web>, RoomPath(room): RoomPath, headers: HeaderMap) -> Answer<StatusCode> {
    let creator = session::credentials(&headers, &room).creator;
    web.rooms.end(&room, creator).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn name(typed: &str) -> Result<Nickname, AppError> {
    Nickname::parse(typed).map_err(|reason| AppError::with_detail(Code::InvalidName, reason.to_string()))
}

/// How a room's tokens are handed out to the sender of a request.
struct Handing<'a> {
    token_in: TokenIn,
    cookies: CookiePolicy,
    room: &'a RoomId,
    /// When the room ends by itself.
    until: Timestamp,
}

impl Handing<'_> {
    /// The cookie that keeps a token, or the token for the answer: never both.
    fn out(&self, secret: Secret, token: Option<Token>) -> (Option<(HeaderName, HeaderValue)>, Option<Token>) {
        match (self.token_in, token) {
            (TokenIn::Cookie, Some(token)) => {
                let cookie = self.cookies.keep(secret, self.room, &token, self.until);
                (cookie.map(|cookie| (header::SET_COOKIE, cookie)), None)
            }
            (_, token) => (None, token),
        }
    }
}
