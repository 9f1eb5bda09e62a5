//! A room's socket: the acceptor. What is said behind it is in [`session`].

use std::sync::Arc;

use admission::{Action, Bucket, Scope, too_fast};
use app::session::credentials;
use axum::{
    Extension,
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use hyper::upgrade::{OnUpgrade, on};
use rooms::{Entrance, Resume};
use tokio::time::timeout;
use tungstenite::handshake::server::create_response_with_body;
use wire::{
    domain::{RoomId, Token},
    error::{AppError, Code},
    protocol::ClientFrame,
    service::Credentials,
};

use self::{
    farewell::Farewell,
    frames::Patience,
    line::{Incoming, Line},
    session::Session,
};
use super::{
    RoomPath, Switched, TakeApart, Web,
    problem::Problem,
    visitor::{Caller, Shut},
};

mod farewell;
pub(super) mod frames;
pub(super) mod heartbeat;
mod inbound;
mod line;
mod outbound;
mod saying;
mod session;

/// Opens a WebSocket. The first frame is a `join_instant_chat`; frames are JSON texts, see ClientFrame and ServerFrame.
#[utoipa::path(
    get,
    path = "/{chatId}/socket",
    params(("chatId" = RoomId, Path)),
    security((), ("token" = [])),
    responses((status = 101, description = "The socket is open")),
)]
pub(super) async fn open(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    caller: Caller,
    shut: Option<Extension<Shut>>,
    mut request: Request,
) -> Response {
    if !web.origins.may_open_socket(request.headers()) {
        return Problem::from(Code::ForbiddenOrigin).into_response();
    }
    let stay = match caller.may(Action::Connect).and_then(|()| caller.stay()) {
        Ok(stay) => stay,
        Err(refusal) => return Problem(refusal).into_response(),
    };
    let Some((upgrade, take_apart, answer)) = upgrade(&mut request) else {
        return Problem(AppError::with_detail(
            Code::InvalidRequest,
            "Only a WebSocket opens here.",
        ))
        .into_response();
    };
    let credentials = credentials(request.headers(), &room);
    // Of what it takes to come in nothing is kept by a socket that is inside.
    let coming = Box::new(Coming {
        web,
        room,
        caller,
        shut,
        credentials,
    });
    tokio::spawn(async move {
        let _stay = stay;
        // What has come to an end before it became a socket is none.
        if let Some(switched) = upgrade.await.ok().and_then(take_apart.0) {
            run(coming, switched).await;
        }
    });
    answer
}

/// What a request becomes that asks for a WebSocket as it should (RFC 6455, 4.2).
fn upgrade(request: &mut Request) -> Option<(OnUpgrade, TakeApart, Response)> {
    request.extensions().get::<OnUpgrade>()?;
    let take_apart = request.extensions_mut().remove::<TakeApart>()?;
    let answer = create_response_with_body(request, Body::empty).ok()?;
    Some((on(request), take_apart, answer))
}

/// Somebody who wants to come in.
struct Coming {
    web: Web,
    room: RoomId,
    caller: Caller,
    shut: Option<Extension<Shut>>,
    credentials: Credentials,
}

async fn run(coming: Box<Coming>, switched: Switched) {
    let web = &coming.web;
    // The server waits for it when it stops.
    let _running = web.sockets.token();
    let mut line = Line::new(switched, web.stopping.clone(), Arc::clone(&web.metrics));
    // In a statement of its own: it is gone before the session begins.
    let entered = Box::pin(enter(coming, &mut line)).await;
    let farewell = match entered {
        Ok(session) => session.run().await,
        Err(farewell) => farewell,
    };
    Box::pin(line.end(farewell)).await;
}

async fn enter(coming: Box<Coming>, line: &mut Line) -> Result<Session<'_>, Farewell> {
    let Coming {
        web,
        room,
        caller,
        shut,
        credentials,
    } = *coming;
    let entering = let_in(&web, &room, shut, credentials, line);
    let entered = web.stopping.run_until_cancelled(entering).await;
    let entered = entered.unwrap_or_else(|| Err(Farewell::going_away()));
    if let (Err(Farewell::Refused(error)), Caller(Some(visitor))) = (&entered, &caller) {
        visitor.note(error.code);
    }
    let mut entrance = *entered?;
    entrance.place = entrance.place.of(caller.0);
    Ok(Session::new(&web, line, entrance))
}

/// Waits for the join, and enters.
async fn let_in(
    web: &Web,
    room: &RoomId,
    shut: Option<Extension<Shut>>,
    credentials: Credentials,
    line: &mut Line,
) -> Result<Box<Entrance>, Farewell> {
    let first = timeout(web.join_within, first_frame(web, line)).await;
    let (token, resume) = first.unwrap_or_else(|_| Err(Farewell::refused(Code::NotJoined)))?;
    // A token in the frame is more explicit than a cookie, which a browser sends by itself.
    let credentials = Credentials {
        participant: token.or(credentials.participant),
        ..credentials
    };
    if let Some(Extension(Shut(refusal))) = shut
        && !web.rooms.knows(room, &credentials).await
    {
        return Err(Farewell::Refused(refusal));
    }
    let entrance = web
        .rooms
        .enter(room, credentials.participant.as_ref(), &resume)
        .await
        .map_err(Farewell::Refused)?;
    Ok(Box::new(entrance))
}

async fn first_frame(web: &Web, line: &mut Line) -> Result<(Option<Token>, Resume), Farewell> {
    let mut patience = Patience::default();
    let frames = Bucket::new(web.socket_limit);
    loop {
        let frame = match line.recv().await {
            Incoming::Text(text) => frames::read(&text),
            Incoming::Binary => Err(frames::binary()),
            Incoming::Sign => match frames.take() {
                Ok(()) => continue,
                Err(wait) => return Err(Farewell::Refused(too_fast(Scope::Socket, wait))),
            },
            Incoming::End(farewell) => return Err(farewell),
        };
        match frame {
            Ok(ClientFrame::Join { token, epoch, after }) => {
                let token = token.as_deref().and_then(Token::parse);
                return Ok((token, Resume { epoch, after }));
            }
            Ok(_) => return Err(Farewell::refused(Code::NotJoined)),
            Err(refusal) => {
                patience.lose(&refusal)?;
                line.refuse(refusal).await?;
                line.flush().await?;
            }
        }
    }
}
