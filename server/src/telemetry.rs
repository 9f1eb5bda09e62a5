//! Log lines. No id, token, name or word of a chat stands in one, at any level: what must not be logged does not print
//! itself (`RoomId(…)`), requests are not logged by path, and libraries, which know nothing of this and print whole
//! frames and headers where they are asked to, are not asked to.

use tracing::{Level, Metadata};
use tracing_subscriber::{EnvFilter, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// The crates of this repository that may log what they like, as they know what must not be.
const OURS: [&str; 10] = [
    "admission",
    "app",
    "clock",
    "instant_chat",
    "media",
    "random",
    "rooms",
    "server",
    "store",
    "wire",
];

/// What others may say, whatever `LOG` asks for: that something is wrong.
const OTHERS: Level = Level::WARN;

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
    let filtered = tracing_subscriber::registry()
        .with(EnvFilter::try_new(filter)?)
        .with(filter_fn(may_be_said));
    // An error means that whoever embeds us logs already.
    let _ = match format {
        LogFormat::Text => filtered.with(lines).try_init(),
        LogFormat::Json => filtered.with(lines.json()).try_init(),
    };
    Ok(())
}

/// Whether a line may be written that `LOG` asks for.
fn may_be_said(line: &Metadata<'_>) -> bool {
    let name = line.target().split("::").next().unwrap_or_default();
    OURS.contains(&name) || *line.level() <= OTHERS
}
