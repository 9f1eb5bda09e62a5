//! One file, in all its forms.

use axum::{body::Bytes, http::HeaderValue};
use sha2::{Digest, Sha256};

/// A file and its compressed forms, which were made when the site was built.
#[derive(Debug, Clone)]
pub(super) struct File {
    pub(super) media_type: &'static str,
    hash: String,
    /// Best first; the last one is the file as it is.
    forms: Vec<Form>,
}

/// The bytes of one form.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) encoding: Option<&'static str>,
    pub(super) etag: HeaderValue,
    pub(super) bytes: Bytes,
}

/// The forms that a site has beside a file, best first: what stands in `Accept-Encoding`, and what in the file's name.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// Whether the name is that of a compressed form, and no file by itself.
pub(super) fn is_form(name: &str) -> bool {
    ENCODINGS
        .iter()
        .any(|(_, suffix)| name.ends_with(&format!(".{suffix}")))
}

impl File {
    /// The file `name`, read by `read`, which is asked for its other forms too.
    pub(super) fn read(name: &str, read: impl Fn(&str) -> Option<Bytes>) -> Option<Self> {
        let bytes = read(name)?;
        let hash: String = Sha256::digest(&bytes)
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let form = |encoding: Option<&'static str>, bytes| {
            let etag = format!(
                "\"{hash}{}\"",
                encoding.map(|name| format!("-{name}")).unwrap_or_default()
            );
            Some(Form {
                encoding,
                etag: HeaderValue::from_str(&etag).ok()?,
                bytes,
            })
        };
        let compressed = ENCODINGS
            .iter()
            .filter_map(|(encoding, suffix)| form(Some(encoding), read(&format!("{name}.{suffix}"))?));
        let forms = compressed.chain(form(None, bytes)).collect();
        Some(Self {
            media_type: media_type(name),
            forms,
            hash,
        })
    }

    /// Eight hexadecimal digits of the content's SHA-256: enough that no two builds share a URL.
    pub(super) fn short_hash(&self) -> &str {
        &self.hash[..8]
    }

    /// The best form that a client takes.
    pub(super) fn best_form(&self, accept_encoding: &str) -> &Form {
        let accepts = |name: &str| {
            accept_encoding.split(',').any(|choice| {
                let mut parts = choice.split(';').map(str::trim);
                let refused = |weight: &str| matches!(weight.strip_prefix("q="), Some("0" | "0.0" | "0.00" | "0.000"));
                parts.next().is_some_and(|offered| offered.eq_ignore_ascii_case(name)) && !parts.any(refused)
            })
        };
        let last = self.forms.len() - 1;
        self.forms
            .iter()
            .find(|form| form.encoding.is_some_and(accepts))
            .unwrap_or(&self.forms[last])
    }
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, kind)| kind) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("ico") => "image/x-icon",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json" | "map") => "application/json",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("webmanifest") => "application/manifest+json",
        Some("webp") => "image/webp",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
