//! What a database's URL says.

use std::path::Path;

/// Why a database's URL cannot be used. What it says is not repeated but for an option's name: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// No store goes by that URL.
    #[error("the database must be sqlite:<path> or postgres://…")]
    UnknownScheme,
    /// No file is named.
    #[error("sqlite: wants the path of a file after it, as in sqlite:chat.db")]
    NoPath,
    /// A database that is gone with the process, or with a connection.
    #[error(
        "SQLite in memory would lose what chats are to keep: name a file, as in sqlite:chat.db. Chats that keep no \
         history are never in it anyway"
    )]
    InMemory,
    /// SQLite's own kind of URL within ours.
    #[error("sqlite:file: is not understood here: write the path alone, as in sqlite:chat.db")]
    FileUri,
    /// An option that means nothing here, or that this server does not do.
    #[error("the option {0} of a SQLite URL is not understood here. mode=rwc is, and holds without being said")]
    UnknownOption(String),
}

/// A database's URL, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Location<'a> {
    /// A file.
    Sqlite(&'a Path),
    /// A server: the URL is for its own driver to read.
    Postgres,
}

/// Checks a database's URL without opening it.
///
/// # Errors
/// [`UrlError`], with a sentence for the operator.
pub fn check_url(url: &str) -> Result<(), UrlError> {
    locate(url).map(drop)
}

pub(super) fn locate(url: &str) -> Result<Location<'_>, UrlError> {
    let path = match url.split_once(':') {
        Some(("postgres" | "postgresql", _)) => return Ok(Location::Postgres),
        Some(("sqlite", path)) => path,
        None => url,
        Some(_) => return Err(UrlError::UnknownScheme),
    };
    let path = path.strip_prefix("//").unwrap_or(path);
    let (path, options) = path.split_once('?').unwrap_or((path, ""));
    for option in options.split('&').filter(|option| !option.is_empty()) {
        match option.split_once('=') {
            // What is done anyway: the file is read, written, and made where it is missing.
            Some(("mode", "rwc")) => {}
            Some(("mode", "memory")) => return Err(UrlError::InMemory),
            Some(("mode", _)) => return Err(UrlError::UnknownOption(option.to_owned())),
            _ => {
                let name = option.split('=').next().unwrap_or(option);
                return Err(UrlError::UnknownOption(name.to_owned()));
            }
        }
    }
    match path {
        path if path.is_empty() || path.ends_with('/') => Err(UrlError::NoPath),
        ":memory:" => Err(UrlError::InMemory),
        path if path.starts_with("file:") => Err(UrlError::FileUri),
        path => Ok(Location::Sqlite(Path::new(path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_found_however_it_is_written() {
        for url in [
            "sqlite:chat.db",
            "sqlite://chat.db",
            "sqlite:chat.db?mode=rwc",
            "sqlite://chat.db?mode=rwc&",
            "sqlite:chat.db?",
            "chat.db",
        ] {
            assert_eq!(locate(url), Ok(Location::Sqlite(Path::new("chat.db"))), "{url}");
        }
        let absolute = Ok(Location::Sqlite(Path::new("/data/chat.db")));
        assert_eq!(locate("sqlite:///data/chat.db?mode=rwc"), absolute);
        assert_eq!(locate("sqlite:/data/chat.db"), absolute);
        assert_eq!(locate("postgres://localhost/chat?mode=ro"), Ok(Location::Postgres));
    }

    #[test]
    fn what_would_be_a_file_of_a_strange_name_is_refused_by_name() {
        let option = |option: &str| UrlError::UnknownOption(option.to_owned());
        for (url, refusal) in [
            ("sqlite::memory:", UrlError::InMemory),
            ("sqlite://:memory:", UrlError::InMemory),
            ("sqlite:chat?mode=memory&cache=shared", UrlError::InMemory),
            ("sqlite:chat.db?mode=ro", option("mode=ro")),
            ("sqlite:chat.db?mode=rwc&cache=shared", option("cache")),
            ("sqlite:chat.db?immutable", option("immutable")),
            ("sqlite:file:chat.db", UrlError::FileUri),
            ("sqlite:", UrlError::NoPath),
            ("sqlite://", UrlError::NoPath),
            ("sqlite:/data/", UrlError::NoPath),
            ("sqlite:?mode=rwc", UrlError::NoPath),
            ("mysql://localhost/chat", UrlError::UnknownScheme),
        ] {
            assert_eq!(locate(url), Err(refusal), "{url}");
        }
    }
}
