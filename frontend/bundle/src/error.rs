//! All that can go wrong, said so that the reader knows which file to look at.

use std::{io, path::PathBuf};

/// Why the site could not be made. Nothing half-made is left where a server would take it for whole:
/// files are replaced one by one, each at once, and only after everything has been built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command line was not understood; holds what is.
    #[error("{0}")]
    Usage(&'static str),
    /// A stand-in was called in a way that it does not know.
    #[error("unknown argument {0:?}")]
    Argument(String),
    /// A file could not be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Cargo.toml lacks `[[workspace.metadata.leptos]]`, or one of its keys is missing or wrong.
    #[error("Cargo.toml, [[workspace.metadata.leptos]]: {0}")]
    Metadata(String),
    /// The wasm could not be bound: mostly a version other than the workspace's wasm-bindgen.
    #[error("wasm-bindgen: {0}")]
    Bindgen(String),
    /// A style sheet could not be read, or does not parse.
    #[error("style: {0}")]
    Style(String),
}

impl Error {
    /// Names the file that an I/O error is about; for `map_err`.
    pub fn at(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
