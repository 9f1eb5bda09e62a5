//! Files of a folder.

use std::{collections::HashMap, fs, path::Path};

use axum::body::Bytes;

use super::file::{File, is_form};

/// All files below `root`, by their path from there. What cannot be read is not there.
pub(super) fn files(root: &Path) -> HashMap<String, File> {
    let mut names = Vec::new();
    collect(root, "", &mut names);
    names
        .into_iter()
        .filter_map(|name| Some((name.clone(), file(root, &name)?)))
        .collect()
}

fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = entry.path();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), names);
        } else if !is_form(&name) {
            names.push(format!("{prefix}{name}"));
        }
    }
}

/// The file `name` below `root`.
pub(super) fn file(root: &Path, name: &str) -> Option<File> {
    if !is_plain(name) {
        return None;
    }
    File::read(name, |name| fs::read(root.join(name)).ok().map(Bytes::from))
}

/// Whether a path leads nowhere but down: no empty, hidden or parent segment, no other separators.
fn is_plain(name: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.split('/')
        .all(|segment| !segment.is_empty() && !segment.starts_with('.') && segment.chars().all(plain))
}
