//! Files inside the program.

use std::{borrow::Cow, collections::HashMap};

use axum::body::Bytes;
use rust_embed::RustEmbed;

use super::file::{File, is_form};

#[derive(RustEmbed)]
#[folder = "../target/site/"]
struct Embedded;

/// All files of the site as it was when the program was built.
pub(super) fn files() -> HashMap<String, File> {
    let read = |name: &str| {
        Embedded::get(name).map(|file| match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        })
    };
    Embedded::iter()
        .filter(|name| !is_form(name))
        .filter_map(|name| Some((name.to_string(), File::read(&name, read)?)))
        .collect()
}
