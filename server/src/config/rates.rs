//! What one address may do.

use admission::{Rate, Rates};
use clap::Args;

use super::rate::rate;

/// How often one address may do what is counted, each for itself.
#[derive(Debug, Clone, Copy, Args)]
pub struct RateLimits {
    /// Requests of one address, files not counted: at once, and in how long so many again.
    #[arg(long = "request-limit", env = "REQUEST_LIMIT", default_value = "1200/1m", value_parser = rate)]
    pub request: Rate,

    /// Files of the site that one address may ask for. A page takes about ten.
    #[arg(long = "file-limit", env = "FILE_LIMIT", default_value = "6000/1m", value_parser = rate)]
    pub file: Rate,

    /// Rooms that one address may start.
    #[arg(long = "create-limit", env = "CREATE_LIMIT", default_value = "60/1m", value_parser = rate)]
    pub create: Rate,

    /// Joins of one address.
    #[arg(long = "join-limit", env = "JOIN_LIMIT", default_value = "120/1m", value_parser = rate)]
    pub join: Rate,

    /// Sockets and event streams that one address may open.
    #[arg(long = "connect-limit", env = "CONNECT_LIMIT", default_value = "600/1m", value_parser = rate)]
    pub connect: Rate,

    /// Rooms that one address may ask for and that are not there. Whoever does not find more waits between two looks.
    #[arg(long = "miss-limit", env = "MISS_LIMIT", default_value = "60/1m", value_parser = rate)]
    pub miss: Rate,

    /// Bytes of what one address may say, everywhere together. What one brings in a day shall not fill the server.
    #[arg(long = "text-limit", env = "TEXT_LIMIT", default_value = "10000000/1h", value_parser = rate)]
    pub text: Rate,
}

impl From<RateLimits> for Rates {
    fn from(limits: RateLimits) -> Self {
        let RateLimits {
            request,
            file,
            create,
            join,
            connect,
            miss,
            text,
        } = limits;
        Self {
            request,
            file,
            create,
            join,
            connect,
            miss,
            text,
        }
    }
}
