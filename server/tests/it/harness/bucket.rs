//! A store that speaks as S3 does, as far as one bucket of small files needs it.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    body::{Bytes, to_bytes},
    extract::{Query, Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::watch, task::AbortHandle};

/// The bucket's name, and the key that opens it.
pub const NAME: &str = "chat-media";
pub const KEY: &str = "AKIDINSTANTCHAT";

/// A bucket on a free port, for as long as the test.
pub struct Bucket {
    address: SocketAddr,
    files: Files,
    hanging: watch::Sender<bool>,
    server: AbortHandle,
}

type Files = Arc<Mutex<BTreeMap<String, Bytes>>>;

fn open(files: &Files) -> MutexGuard<'_, BTreeMap<String, Bytes>> {
    files.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Bucket {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let files = Files::default();
        let (hanging, hangs) = watch::channel(false);
        let router = Router::new().fallback(serve).with_state((files.clone(), hangs));
        let server = tokio::spawn(async move { axum::serve(listener, router).await }).abort_handle();
        Self {
            address,
            files,
            hanging,
            server,
        }
    }

    /// Takes connections and requests and answers none of them, until it is told otherwise.
    pub fn hang(&self, hangs: bool) {
        self.hanging.send_replace(hangs);
    }

    /// Takes no more connections.
    pub fn close(&self) {
        self.server.abort();
    }

    /// What tells a program of it, with a key.
    pub fn variables(&self, key: &'static str) -> Vec<(&'static str, String)> {
        [
            ("MEDIA_URL", format!("s3://{NAME}/of/this-chat")),
            ("AWS_ENDPOINT_URL", format!("http://{}", self.address)),
            ("AWS_ALLOW_HTTP", "true".into()),
            ("AWS_REGION", "eu-central-1".into()),
            ("AWS_ACCESS_KEY_ID", key.into()),
            ("AWS_SECRET_ACCESS_KEY", "secret".into()),
            // As compose files leave what nobody says.
            ("AWS_SESSION_TOKEN", String::new()),
            ("AWS_VIRTUAL_HOSTED_STYLE_REQUEST", String::new()),
        ]
        .into()
    }

    /// All that is in it, by names.
    pub fn files(&self) -> BTreeMap<String, Bytes> {
        open(&self.files).clone()
    }

    pub fn put(&self, name: &str, bytes: &'static [u8]) {
        open(&self.files).insert(name.to_owned(), Bytes::from_static(bytes));
    }
}

async fn serve(
    State((files, mut hangs)): State<(Files, watch::Receiver<bool>)>,
    Query(query): Query<BTreeMap<String, String>>,
    request: Request,
) -> Response {
    let _ = hangs.wait_for(|hangs| !hangs).await;
    let signature = format!("AWS4-HMAC-SHA256 Credential={KEY}/");
    let is_signed = |header: &HeaderValue| header.as_bytes().starts_with(signature.as_bytes());
    if !request.headers().get("authorization").is_some_and(is_signed) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let Some(name) = path
        .strip_prefix(NAME)
        .map(|name| name.trim_start_matches('/').to_owned())
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let body = to_bytes(request.into_body(), usize::MAX).await.expect("a body");
    let mut files = open(&files);
    match method {
        Method::GET if name.is_empty() => list(&files, &query).into_response(),
        Method::GET => get(&files, &name, &headers),
        Method::PUT => {
            files.insert(name, body);
            [("etag", "\"e\"")].into_response()
        }
        Method::POST => remove(&mut files, &String::from_utf8_lossy(&body)).into_response(),
        _ => StatusCode::METHOD_NOT_ALLOWED.into_response(),
    }
}

fn get(files: &BTreeMap<String, Bytes>, name: &str, headers: &HeaderMap) -> Response {
    let Some(file) = files.get(name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let range = headers["range"].to_str().expect("a range");
    let (from, to) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
        .expect("from, to");
    let (from, to): (usize, usize) = (from.parse().expect("a number"), to.parse().expect("a number"));
    let told = format!("bytes {from}-{to}/{}", file.len());
    let headers = [("content-range", told.as_str()), ("etag", "\"e\"")];
    (StatusCode::PARTIAL_CONTENT, headers, file.slice(from..=to)).into_response()
}

fn list(files: &BTreeMap<String, Bytes>, query: &BTreeMap<String, String>) -> String {
    let prefix = query.get("prefix").map_or("", String::as_str);
    let (mut contents, mut folders) = (String::new(), BTreeSet::new());
    for (name, file) in files {
        let Some(rest) = name.strip_prefix(prefix) else {
            continue;
        };
        match rest.split_once('/') {
            Some((folder, _)) if query.contains_key("delimiter") => {
                folders.insert(format!(
                    "<CommonPrefixes><Prefix>{prefix}{folder}/</Prefix></CommonPrefixes>"
                ));
            }
            _ => {
                let size = file.len();
                let at = "2026-01-01T00:00:00.000Z";
                contents += &format!(
                    "<Contents><Key>{name}</Key><LastModified>{at}</LastModified><Size>{size}</Size></Contents>"
                );
            }
        }
    }
    let folders: String = folders.into_iter().collect();
    format!("<ListBucketResult><IsTruncated>false</IsTruncated>{contents}{folders}</ListBucketResult>")
}

/// Removes the files that a list names.
fn remove(files: &mut BTreeMap<String, Bytes>, list: &str) -> String {
    let names = list
        .split("<Key>")
        .skip(1)
        .filter_map(|part| part.split("</Key>").next());
    let removed = names.map(|name| {
        files.remove(name);
        format!("<Deleted><Key>{name}</Key></Deleted>")
    });
    format!("<DeleteResult>{}</DeleteResult>", removed.collect::<String>())
}
