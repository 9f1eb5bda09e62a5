//! A room's socket: the acceptor. What is said behind it is in [`session`].

use std::sync::Arc;

use admission::{Action, Bucket, Scope, too_fast};
use app::session::credentials;
use axum::{
    Extension,
    extract::{
        State,
        ws::{WebSocket, WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use rooms::{Entrance, Resume};
use tokio::time::timeout;
use wire::{
    domain::{RoomId, Token},
    error::{AppError, Code},
    protocol::{ClientFrame, FRAME_MAX_BYTES},
    service::Credentials,
};

use self::{
    farewell::Farewell,
    frames::Patience,
    line::{Incoming, Line},
    session::Session,
};
use super::{
    RoomPath, Web,
    problem::Problem,
    visitor::{Caller, Shut},
};

mod farewell;
pub(super) mod frames;
mod heartbeat;
mod line;
mod saying;
mod session;

/// Read at once from a connection. tungstenite zero-fills the buffer before each read: its default of 128 KiB costs
/// more than all the rest of a delivery.
const READ_BUFFER: usize = 4 * 1024;
/// Bytes gathered before they are written without a flush: what a connection keeps allocated after a long replay.
const WRITE_BUFFER: usize = 16 * 1024;
/// Bytes that may wait for a peer that does not read. The largest single frame, a welcome to a room that a thousand
/// people passed through, fits.
const WRITE_BUFFER_MAX: usize = 1024 * 1024;
/// Bytes of a frame that are read at all. Four times what is allowed, so that one a little too long is read and answered
/// in order; at more, the connection is cut.
const READ_MAX: usize = 4 * FRAME_MAX_BYTES;

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
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    if !web.origins.may_open_socket(&headers) {
        return Problem::from(Code::ForbiddenOrigin).into_response();
    }
    let stay = match caller.may(Action::Connect).and_then(|()| caller.stay()) {
        Ok(stay) => stay,
        Err(refusal) => return Problem(refusal).into_response(),
    };
    let Ok(upgrade) = upgrade else {
        return Problem(AppError::with_detail(
            Code::InvalidRequest,
            "Only a WebSocket opens here.",
        ))
        .into_response();
    };
    let credentials = credentials(&headers, &room);
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(WRITE_BUFFER_MAX)
        .max_frame_size(READ_MAX)
        .max_message_size(READ_MAX)
        .on_upgrade(async move |socket| {
            let _stay = stay;
            run(web, room, caller, shut, credentials, socket).await;
        })
}

async fn run(
    web: Web,
    room: RoomId,
    caller: Caller,
    shut: Option<Extension<Shut>>,
    credentials: Credentials,
    socket: WebSocket,
) {
    // The server waits for it when it stops.
    let _running = web.sockets.token();
    let mut line = Line::new(socket, web.stopping.clone(), Arc::clone(&web.metrics));
    let entered = web
        .stopping
        .run_until_cancelled(let_in(&web, &room, shut, credentials, &mut line))
        .await;
    let farewell = match entered {
        None => Farewell::going_away(),
        Some(Err(farewell)) => {
            if let (Farewell::Refused(error), Caller(Some(visitor))) = (&farewell, &caller) {
                visitor.note(error.code);
            }
            farewell
        }
        Some(Ok(entrance)) => {
            let mut entrance = *entrance;
            entrance.place = entrance.place.of(caller.0);
            Session::new(&web, &mut line, entrance).run().await
        }
    };
    line.end(farewell).await;
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
