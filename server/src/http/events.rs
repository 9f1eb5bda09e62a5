//! A room as server-sent events, for programs that listen: the same entries as over a socket, from the same log.
//!
//! An event's id is `epoch.seq`, a cursor: whoever reconnects with `Last-Event-ID` gets what follows it, or is told to
//! begin anew. Who only listens is not online, and signals (typing, presence) are not sent.

use std::{convert::Infallible, time::Duration};

use admission::Action;
use app::session;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderName, header},
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::StreamExt;
use rooms::{Following, News, Resume};
use serde_json::json;
use store::Logged;
use tokio::{sync::mpsc, time::timeout};
use tokio_stream::wrappers::ReceiverStream;
use wire::{
    domain::{Epoch, RoomId, Seq},
    error::Code,
    protocol::{EndReason, ServerFrame},
};

use super::{RoomPath, Web, problem::Problem, visitor::Caller};

/// How long a listener may take none of what waits for it.
const STALL: Duration = Duration::from_secs(20);

/// Events on their way to one listener, of the longest texts as many bytes as a page of the log has. More are not read
/// from there until these are gone.
const WAITING: usize = 4;

/// How soon a listener that lost its connection comes back.
const RETRY: Duration = Duration::from_secs(2);

/// Under the 30 s after which the hastiest proxies forget an idle connection.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Follows a chat as server-sent events. Each carries an entry or `instant_chat_ended`, as over the socket, and has the id
/// `epoch.seq`; whoever comes back with it gets what follows, or first `{"type":"resync"}`: forget all entries.
#[utoipa::path(
    get,
    path = "/{chatId}/events",
    params(
        ("chatId" = RoomId, Path),
        ("Last-Event-ID" = Option<String>, Header, description = "The last event that the listener has"),
    ),
    security(("token" = [])),
    responses((status = 200, description = "Events, until the chat is over", body = String, content_type = "text/event-stream")),
)]
pub(super) async fn listen(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    caller: Caller,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Problem> {
    caller.may(Action::Connect)?;
    let stay = caller.stay()?;
    let token = session::credentials(&headers, &room).participant;
    let following = web.rooms.follow(&room, token.as_ref(), &resume(&headers)).await?;
    let (events, waiting) = mpsc::channel(WAITING);
    // In a task: a listener who does not read holds its place in the room no longer than STALL.
    web.sockets.clone().spawn(async move {
        let _stay = stay;
        let stopping = web.stopping.clone();
        let telling = tell(&web, following, &events);
        tokio::select! {
            () = stopping.cancelled() => {}
            () = events.closed() => {}
            _ = telling => {}
        }
    });
    let events = Sse::new(ReceiverStream::new(waiting).map(Ok::<_, Infallible>))
        .keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        // nginx gathers answers before it passes them on, unless it is told not to.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, events))
}

/// Where the listener was. A cursor that cannot be read is one of no use.
fn resume(headers: &HeaderMap) -> Resume {
    let Some(id) = headers.get("last-event-id") else {
        return Resume::default();
    };
    let cursor = id.to_str().ok().and_then(|id| id.rsplit_once('.'));
    let (epoch, after) = cursor.unwrap_or_default();
    Resume {
        epoch: Epoch::parse(epoch).ok(),
        after: Some(Seq(after.parse().unwrap_or(u64::MAX))),
    }
}

/// Tells all that happens, to the end. `None` when the listener is gone.
async fn tell(web: &Web, mut following: Following, events: &mpsc::Sender<Event>) -> Option<()> {
    let first = Event::default().retry(RETRY);
    let first = if following.resync {
        let epoch = following.epoch.as_str();
        first.data(json!({"type": "resync", "epoch": epoch}).to_string())
    } else {
        first.comment("welcome")
    };
    send(web, events, first).await?;
    let end = loop {
        match following.news().await {
            News::Entries(entries) => {
                let epoch = following.epoch.clone();
                let telling = tell_entries(web, events, &epoch, entries);
                // Also where the listener is slow, and much is left to be told.
                tokio::select! {
                    biased;
                    told = telling => told?,
                    end = following.over() => break end,
                }
            }
            News::End(end) => break end,
        }
    };
    let reason = match end.code {
        Code::Ended => EndReason::Ended,
        Code::Expired => EndReason::Expired,
        // The listener comes back, and hears it then.
        _ => return None,
    };
    let ended = serde_json::to_string(&ServerFrame::Ended { reason }).ok()?;
    send(web, events, Event::default().data(ended)).await
}

async fn tell_entries(web: &Web, events: &mpsc::Sender<Event>, epoch: &Epoch, entries: Vec<Logged>) -> Option<()> {
    for Logged { seq, frame } in entries {
        // JSON is always UTF-8.
        let data = std::str::from_utf8(&frame).ok()?;
        send(web, events, Event::default().id(format!("{epoch}.{seq}")).data(data)).await?;
    }
    Some(())
}

async fn send(web: &Web, events: &mpsc::Sender<Event>, event: Event) -> Option<()> {
    timeout(STALL, events.send(event)).await.ok()?.ok()?;
    web.metrics.delivered(1);
    Some(())
}
