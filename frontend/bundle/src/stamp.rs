//! Remembers what the site was made of, so that a start with nothing changed costs no time.
//!
//! The site's own files are part of it: `cargo leptos` writes to the same folder.

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use crate::{error::Error, metadata::Metadata, site::files_below};

/// Whether the last site was made of the same files, in the same way, and is still as it was made.
pub fn is_fresh(metadata: &Metadata, wasm: &Path, release: bool) -> bool {
    let stamp = fs::read_to_string(path(metadata));
    stamp.is_ok_and(|stamp| state(metadata, wasm, release).is_ok_and(|now| now == stamp))
}

/// Remembers the state after the site has been written.
pub fn write(metadata: &Metadata, wasm: &Path, release: bool) -> Result<(), Error> {
    let path = path(metadata);
    fs::write(&path, state(metadata, wasm, release)?).map_err(Error::at(path))
}

/// Beside the site, not in it: the server serves all that is in it.
fn path(metadata: &Metadata) -> PathBuf {
    metadata.site_root.with_extension("stamp")
}

/// A line a file: path, size and time, as cargo itself compares files.
fn state(metadata: &Metadata, wasm: &Path, release: bool) -> Result<String, Error> {
    let mut files = vec![wasm.to_owned(), "Cargo.toml".into()];
    // This program: another version of it may make another site.
    files.extend(env::current_exe().ok());
    for folder in [
        metadata.style_file.parent().unwrap_or(Path::new("")),
        &metadata.assets_dir,
        &metadata.site_root,
    ] {
        files.extend(files_below(folder)?);
    }
    let mut state = format!("release {release}\n");
    for file in files {
        let about = fs::metadata(&file).map_err(Error::at(&file))?;
        let time = about.modified().map_err(Error::at(&file))?;
        let time = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        // Writing to a String cannot fail.
        let _ = writeln!(state, "{} {} {time}", file.display(), about.len());
    }
    Ok(state)
}
