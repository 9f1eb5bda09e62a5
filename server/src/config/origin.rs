//! Web origins: scheme, host and port, as browsers put them into `Origin`.

use std::{fmt, str::FromStr};

use http::Uri;

/// An `http` or `https` origin in the form in which browsers send it: lower case, no default port, no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

/// The text is not an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidOrigin;

impl fmt::Display for InvalidOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("must be scheme, host and perhaps a port, like https://chat.example.org")
    }
}

impl std::error::Error for InvalidOrigin {}

impl Origin {
    /// The origin of whoever is reached at `authority` (a `Host` header) over plain HTTP.
    ///
    /// # Errors
    /// [`InvalidOrigin`] when the authority is none.
    pub fn of_host(authority: &str) -> Result<Self, InvalidOrigin> {
        format!("http://{authority}").parse()
    }

    /// The origin as text, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is reached over TLS.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https:")
    }

    /// Host and port: what a `Host` header holds.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, authority)| authority)
    }
}

impl FromStr for Origin {
    type Err = InvalidOrigin;
    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        // In a list, spaces may stand around commas.
        let uri: Uri = text.trim().parse().map_err(|_| InvalidOrigin)?;
        let (scheme, authority) = (
            uri.scheme_str().ok_or(InvalidOrigin)?,
            uri.authority().ok_or(InvalidOrigin)?,
        );
        let default_port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(InvalidOrigin),
        };
        let bare = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
        if !bare || authority.host().is_empty() {
            return Err(InvalidOrigin);
        }
        let host = authority.host().to_ascii_lowercase();
        Ok(match authority.port_u16() {
            Some(port) if port != default_port => Self(format!("{scheme}://{host}:{port}")),
            Some(_) => Self(format!("{scheme}://{host}")),
            // What follows the colon is no port.
            None if authority.as_str().len() != host.len() => return Err(InvalidOrigin),
            None => Self(format!("{scheme}://{host}")),
        })
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for (text, origin) in [
            ("https://Chat.Example.org/", "https://chat.example.org"),
            ("https://chat.example.org:443", "https://chat.example.org"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(
                text.parse::<Origin>().map(|origin| origin.to_string()),
                Ok(origin.to_owned())
            );
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for wrong in [
            "",
            "null",
            "chat.example.org",
            "ftp://a",
            "https://a/b",
            "https://a?b",
            "https://u@a",
            "http://a:x",
        ] {
            assert_eq!(wrong.parse::<Origin>(), Err(InvalidOrigin), "{wrong}");
        }
    }
}
