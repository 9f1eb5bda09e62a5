//! Log lines. No id, token, name or word of a chat stands in one: what must not be logged does not print itself
//! (`RoomId(…)`), and requests are not logged by path.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// The filter is none.
#[derive(Debug, thiserror::Error)]
#[error("LOG: {0}")]
pub struct InvalidFilter(#[from] tracing_subscriber::filter::ParseError);

/// Starts to log, to standard error.
///
/// # Errors
/// [`InvalidFilter`].
pub fn start(filter: &str, format: LogFormat) -> Result<(), InvalidFilter> {
    let lines = fmt::layer().with_writer(std::io::stderr);
    let filtered = tracing_subscriber::registry().with(EnvFilter::try_new(filter)?);
    // An error means that whoever embeds us logs already.
    let _ = match format {
        LogFormat::Text => filtered.with(lines).try_init(),
        LogFormat::Json => filtered.with(lines.json()).try_init(),
    };
    Ok(())
}
