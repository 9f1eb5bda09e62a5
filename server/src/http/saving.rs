//! A conversation as a file to keep, written while it is read: no size of it has to fit into memory.

use std::{io, time::Duration};

use app::{
    saved::{Overview, Part, Writer},
    session,
    words::Language,
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use futures_util::{TryStreamExt, stream};
use rooms::Saving;
use serde::Deserialize;
use serde_json::json;
use store::Logged;
use tokio::{sync::mpsc, time::timeout};
use utoipa_axum::{router::OpenApiRouter, routes};
use wire::{
    domain::{MediaId, RoomId},
    error::{AppError, Code},
    protocol::{Attendance, Entry, Heard, Participant, ServerFrame, calls::SaveAs, hear},
};

use super::{RoomPath, Web, payload::Parameters, problem::Problem, visitor::Caller};

/// Bytes of a part of the file: what is not read shall not wait in a connection's buffers.
const PART: usize = 64 * 1024;

/// How long one part of the file may wait for its reader.
const READ_WITHIN: Duration = Duration::from_secs(30);

/// Bytes that are encoded at once. A multiple of three, as base64 wants it.
const ENCODED_AT_ONCE: usize = 48 * 1024;

/// Should a browser show it, it may do nothing.
const POLICY: HeaderValue =
    HeaderValue::from_static("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:");

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::default().routes(routes!(save))
}

#[derive(Deserialize)]
struct Query {
    #[serde(default)]
    format: SaveAs,
}

/// Saves the conversation
///
/// All that the participant may read, as one file: a page that needs nothing else, or JSON. A file that breaks off is
/// not whole; its connection says so.
#[utoipa::path(get, path = "/{chatId}/export", params(("chatId" = RoomId, Path), ("format" = inline(Option<SaveAs>), Query)), security(("token" = [])), responses((status = 200, description = "The file", content((String = "text/html"), (serde_json::Value = "application/json")))))]
async fn save(
    State(web): State<Web>,
    RoomPath(room): RoomPath,
    Parameters(Query { format }): Parameters<Query>,
    caller: Caller,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let slot = caller.export()?;
    let saving = web
        .rooms
        .save(&room, session::credentials(&headers, &room).participant)
        .await?;
    let language = session::language(&headers);
    let day = String::from(saving.at).chars().take(10).collect::<String>();
    let (media_type, name) = match format {
        SaveAs::Html => (
            "text/html; charset=utf-8",
            format!("attachment; filename=\"chat-{day}.html\""),
        ),
        SaveAs::Json => ("application/json", format!("attachment; filename=\"chat-{day}.json\"")),
    };
    let (sink, parts) = mpsc::channel(1);
    let sink = Sink(sink);
    tokio::spawn(async move {
        let written = match format {
            SaveAs::Html => html(&saving, language, &sink).await,
            SaveAs::Json => json(&saving, &sink).await,
        };
        if let Err(Broken::Off(error)) = written {
            // The reader's connection breaks: half a file is not taken for a whole one.
            let _ = sink.0.send(Err(io::Error::other(error))).await;
        }
    });
    // The place is kept for as long as there is something to be read.
    let body = Body::from_stream(stream::unfold((parts, slot), async |(mut parts, slot)| {
        Some((parts.recv().await?, (parts, slot)))
    }));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(response)
}

/// Why a file was not written to its end.
enum Broken {
    /// Its reader is gone.
    Unread,
    /// It cannot be read any more: the chat ended, the store failed.
    Off(AppError),
}

impl From<AppError> for Broken {
    fn from(error: AppError) -> Self {
        Self::Off(error)
    }
}

/// Where the file goes.
struct Sink(mpsc::Sender<io::Result<Bytes>>);

impl Sink {
    async fn write(&self, part: impl Into<Bytes>) -> Result<(), Broken> {
        let mut rest: Bytes = part.into();
        while !rest.is_empty() {
            let part = rest.split_to(rest.len().min(PART));
            match timeout(READ_WITHIN, self.0.send(Ok(part))).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return Err(Broken::Unread),
            }
        }
        Ok(())
    }
}

async fn html(saving: &Saving, language: Language, sink: &Sink) -> Result<(), Broken> {
    let mut overview = Overview::default();
    let mut pages = saving.pages();
    while let Some(entries) = pages.next().await? {
        entries.iter().filter_map(read).for_each(|entry| overview.note(&entry));
    }
    let mut writer = Writer::new(language, &saving.people, saving.you.id.clone(), overview);
    sink.write(writer.head(saving.at)).await?;
    let mut pages = saving.pages();
    while let Some(entries) = pages.next().await? {
        let mut page = String::new();
        for entry in entries.iter().filter_map(read) {
            for part in writer.entry(&entry) {
                match part {
                    Part::Html(html) => page += &html,
                    Part::Media(id) => {
                        sink.write(std::mem::take(&mut page)).await?;
                        medium(saving, id, sink).await?;
                    }
                }
            }
        }
        sink.write(page).await?;
    }
    sink.write(Writer::foot()).await
}

/// An entry, as a page that is no newer than this server reads it.
fn read(entry: &Logged) -> Option<Entry> {
    match hear(std::str::from_utf8(&entry.frame).ok()?) {
        Heard::Frame(ServerFrame::Entry(entry)) => Some(entry),
        _ => None,
    }
}

/// Writes a `data:` URL.
async fn medium(saving: &Saving, id: MediaId, sink: &Sink) -> Result<(), Broken> {
    let (media_type, mut bytes) = match saving.medium(id).await {
        Ok(found) => found,
        // Deleted since its message was read.
        Err(error) if error.code == Code::UnknownMedia => return sink.write("data:,").await,
        Err(error) => return Err(error.into()),
    };
    sink.write(format!("data:{};base64,", media_type.name())).await?;
    let mut rest = BytesMut::new();
    while let Some(chunk) = bytes.try_next().await.map_err(AppError::from)? {
        rest.extend_from_slice(&chunk);
        while rest.len() >= ENCODED_AT_ONCE {
            sink.write(STANDARD.encode(rest.split_to(ENCODED_AT_ONCE))).await?;
        }
    }
    sink.write(STANDARD.encode(&rest)).await
}

async fn json(saving: &Saving, sink: &Sink) -> Result<(), Broken> {
    let participant = |person: &Attendance| Participant {
        id: person.id.clone(),
        name: person.name.clone(),
    };
    let participants: Vec<_> = saving.people.iter().map(participant).collect();
    let head = json!({
        "chatId": saving.room.id,
        "storeHistory": saving.room.store_history,
        "createdAt": saving.room.created_at,
        "expiresAt": saving.room.expires_at,
        "savedAt": saving.at,
        "you": saving.you.id,
        "participants": participants,
    });
    let head = head.to_string();
    sink.write(format!("{},\"entries\":[", head.trim_end_matches('}')))
        .await?;
    let mut comma: &[u8] = b"";
    let mut pages = saving.pages();
    while let Some(entries) = pages.next().await? {
        let mut page = BytesMut::new();
        for entry in &entries {
            page.extend_from_slice(comma);
            page.extend_from_slice(&entry.frame);
            comma = b",\n";
        }
        sink.write(page).await?;
    }
    sink.write("]}\n").await
}
