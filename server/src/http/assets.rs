//! The site's files: inside the program (feature `embed`) or in a folder.
//!
//! A page asks for `/pkg/instant-chat.HASH.js`, which may be kept for good; the plain name asks back each time. While
//! `cargo leptos watch` runs, files are read anew for each request and only plain names are used.

use std::{collections::HashMap, path::PathBuf};

use app::pages::Assets;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use self::file::File;

#[cfg(feature = "embed")]
mod embedded;
mod file;
mod folder;

/// Whatever the site's own files are called, leptos' bundle is called this.
const BUNDLE: &str = "pkg/instant-chat";

/// One year, the longest that caches keep anything.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// The files of the site.
#[derive(Debug)]
pub struct Site {
    source: Source,
    assets: Assets,
}

#[derive(Debug)]
enum Source {
    /// All files, as they were at the start.
    Snapshot(HashMap<String, File>),
    /// A folder that changes while we look.
    Watched(PathBuf),
}

impl Site {
    /// The files inside the program.
    #[cfg(feature = "embed")]
    #[must_use]
    pub fn embedded() -> Self {
        Self::snapshot(embedded::files())
    }

    /// The files of a folder as they are now. A folder that is not there is an empty site: pages work without scripts.
    #[must_use]
    pub fn of_folder(root: &std::path::Path) -> Self {
        let files = folder::files(root);
        if files.is_empty() {
            tracing::warn!("the site's folder is empty: pages have neither style nor scripts");
        }
        Self::snapshot(files)
    }

    /// The files of a folder as they are whenever one is asked for.
    #[must_use]
    pub fn watched(root: PathBuf) -> Self {
        let plain = |kind: &str| format!("/{BUNDLE}.{kind}");
        let assets = Assets {
            js: plain("js"),
            wasm: plain("wasm"),
            css: plain("css"),
        };
        Self {
            source: Source::Watched(root),
            assets,
        }
    }

    fn snapshot(files: HashMap<String, File>) -> Self {
        let hashed = |kind: &str| match files.get(&format!("{BUNDLE}.{kind}")) {
            Some(file) => format!("/{BUNDLE}.{}.{kind}", file.short_hash()),
            None => format!("/{BUNDLE}.{kind}"),
        };
        let assets = Assets {
            js: hashed("js"),
            wasm: hashed("wasm"),
            css: hashed("css"),
        };
        Self {
            source: Source::Snapshot(files),
            assets,
        }
    }

    /// Whether the folder changes while we look.
    #[must_use]
    pub const fn is_watched(&self) -> bool {
        matches!(self.source, Source::Watched(_))
    }

    /// What pages ask for.
    #[must_use]
    pub fn assets(&self) -> Assets {
        self.assets.clone()
    }

    /// The answer to a request for `path`, if there is such a file.
    #[must_use]
    pub fn serve(&self, path: &str, headers: &HeaderMap) -> Option<Response> {
        let name = path.strip_prefix('/')?;
        let answer = |file: &File, cache| respond(file, cache, headers);
        match &self.source {
            Source::Watched(root) => folder::file(root, name).map(|file| answer(&file, "no-cache")),
            Source::Snapshot(files) => match files.get(name) {
                Some(file) => Some(answer(file, "no-cache")),
                None => {
                    let (plain, hash) = split_hash(name)?;
                    let file = files.get(&plain).filter(|file| file.short_hash() == hash)?;
                    Some(answer(file, FOR_GOOD))
                }
            },
        }
    }
}

/// `pkg/instant-chat.HASH.js` is `pkg/instant-chat.js`, with that hash.
fn split_hash(name: &str) -> Option<(String, &str)> {
    let (hash, kind) = name.strip_prefix(BUNDLE)?.strip_prefix('.')?.split_once('.')?;
    Some((format!("{BUNDLE}.{kind}"), hash))
}

fn respond(file: &File, cache: &'static str, headers: &HeaderMap) -> Response {
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let form = file.best_form(accepted);
    let common = [
        (header::ETAG, form.etag.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok());
    if known
        .flat_map(|list| list.split(','))
        .any(|tag| is_same(tag, &form.etag))
    {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    let mut response = (common, [(header::CONTENT_TYPE, file.media_type)], form.bytes.clone()).into_response();
    if let Some(encoding) = form.encoding {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether a tag in `If-None-Match` is ours. Proxies that recompress make tags weak.
fn is_same(tag: &str, ours: &HeaderValue) -> bool {
    let tag = tag.trim();
    tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == ours.as_bytes()
}

#[cfg(test)]
mod tests;
