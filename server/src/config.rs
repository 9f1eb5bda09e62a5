//! What the server can be told: every setting is a flag and an environment variable.
//!
//! Checked once, at the start: who holds a [`Config`] need not check again.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use admission::Rate;
use clap::{Arg, CommandFactory, FromArgMatches, Parser, ValueEnum};
use ipnet::IpNet;
use media::BucketUrl;
use rooms::MediaLimits;
use secrecy::{ExposeSecret, SecretString};
use store::{Bounds, UrlError, check_url};
use wire::protocol::{AddressLimits, LEAVE_AFTER_SECS, Limits, MESSAGE_BURST, MESSAGES_PER_SECOND};

pub use self::{
    identity::{IdentityConfig, IdentityRequired},
    origin::{InvalidOrigin, Origin},
    rates::RateLimits,
};

mod duration;
mod identity;
mod origin;
mod rate;
mod rates;

/// A self-hosted chat by link.
#[derive(Debug, Clone, Parser)]
#[command(name = "instant-chat", version, about, args_override_self = true)]
pub struct Config {
    /// The address to listen on. `0.0.0.0` is every IPv4 address of this machine.
    #[arg(long, env, default_value = "127.0.0.1")]
    pub host: String,

    /// The port to listen on; 0 takes any that is free.
    #[arg(long, env, default_value_t = 3000)]
    pub port: u16,

    /// Where rooms are kept: `sqlite:PATH` or `postgres://…` (the database's own address, not a pooler's that keeps no
    /// sessions). Without it: a SQLite file in DATA_DIR.
    #[arg(long, env, hide_env_values = true)]
    pub database_url: Option<DatabaseUrl>,

    /// The folder for what the server keeps in files. Made where it is missing.
    #[arg(long, env, default_value = "./data")]
    pub data_dir: PathBuf,

    /// Where pictures and recordings of chats that keep their history are kept: `s3://BUCKET` or `s3://BUCKET/FOLDER`, of
    /// Amazon's or of any store that speaks as it does. The folder is this chat's alone. Keys, region and endpoint come
    /// from AWS's own variables. Without it: DATA_DIR/media.
    #[arg(long, env)]
    pub media_url: Option<BucketUrl>,

    /// The origin that links begin with, as browsers see it: `https://chat.example.org`. Decides whether cookies are
    /// sent over TLS only. Without it: whatever host a request came to.
    #[arg(long, env)]
    pub public_url: Option<Origin>,

    /// More origins whose pages may speak to this server, separated by commas.
    #[arg(long, env, value_delimiter = ',')]
    pub allowed_origins: Vec<Origin>,

    /// Origins whose pages may show a chat in a frame, separated by commas. Without any, nobody may.
    #[arg(long, env, value_delimiter = ',')]
    pub embed_origins: Vec<Origin>,

    /// People in a room at once.
    #[arg(long, env, default_value_t = 50, value_parser = clap::value_parser!(u32).range(2..=1_000))]
    pub room_capacity: u32,

    /// How long a room lives, from a second to a week: `24h`.
    #[arg(long, env, default_value = "24h", value_parser = duration::between(1_000, 7 * 86_400_000))]
    pub room_ttl: Duration,

    /// How long somebody who lost the connection stays in the room: `30s`.
    #[arg(long, env, default_value = LEAVE_AFTER, value_parser = duration::between(10, 3_600_000))]
    pub leave_after: Duration,

    /// How often rooms whose time is over are looked for: `1s`. All content is gone within a minute of a room's end.
    #[arg(long, env, default_value = "1s", value_parser = duration::between(10, 30_000))]
    pub sweep_every: Duration,

    /// Messages a participant may send in a second, over time.
    #[arg(long, env, default_value_t = MESSAGES_PER_SECOND, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub messages_per_second: u32,

    /// Messages a participant may send at once.
    #[arg(long, env, default_value_t = MESSAGE_BURST, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub message_burst: u32,

    /// Messages that everybody in one room together may send: at once, and in how long so many again.
    #[arg(long, env, default_value = "600/10s", value_parser = rate::rate)]
    pub room_limit: Rate,

    /// Frames that one socket may send, whatever is in them.
    #[arg(long, env, default_value = "200/10s", value_parser = rate::rate)]
    pub socket_limit: Rate,

    /// Megabytes of pictures and recordings in one room.
    #[arg(long, env, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub room_media_mb: u64,

    /// Megabytes of pictures and recordings in all chats that keep their history, on the disk or in MEDIA_URL.
    #[arg(long, env, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(0..=100_000_000))]
    pub stored_media_mb: u64,

    /// Megabytes of pictures and recordings in all chats that keep nothing, in memory.
    #[arg(long, env, default_value_t = 250, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    pub live_media_mb: u64,

    /// Chats that are open at once. One that has ended makes place for another.
    #[arg(long, env, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub max_rooms: u64,

    /// Megabytes of what is said in one chat that keeps its history. One that keeps nothing has the last megabyte.
    #[arg(long, env, default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub room_text_mb: u64,

    /// Megabytes of what is said in all chats that keep their history.
    #[arg(long, env, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(0..=100_000_000))]
    pub stored_text_mb: u64,

    /// Megabytes of what is said in all chats that keep nothing, in memory.
    #[arg(long, env, default_value_t = 250, value_parser = clap::value_parser!(u64).range(0..=1_000_000))]
    pub live_text_mb: u64,

    /// Proxies whose `X-Forwarded-For` is believed, as addresses or nets, separated by commas. Everybody behind any other
    /// is counted as one.
    #[arg(long, env, value_delimiter = ',', default_value = "127.0.0.0/8,::1", value_parser = net)]
    pub trusted_proxies: Vec<IpNet>,

    /// What one address may do.
    #[command(flatten)]
    pub rates: RateLimits,

    /// Who vouches for people.
    #[command(flatten)]
    pub identity: IdentityConfig,

    /// How long the head of a request may take, and how long a kept connection may be silent: `20s`.
    #[arg(long, env, default_value = "20s", value_parser = duration::between(10, 300_000))]
    pub head_within: Duration,

    /// How long a reader may take nothing of a file, a page or an event that waits for it; what it takes wins time back,
    /// a second a KiB: `30s`.
    #[arg(long, env, default_value = "30s", value_parser = duration::between(10, 300_000))]
    pub take_within: Duration,

    /// Connections altogether: fewer where the system does not allow as many open files. At the limit, those on which
    /// nothing is asked make place.
    #[arg(long, env, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,

    /// Connections of one address, and sockets and event streams of one address behind a trusted proxy, at once.
    #[arg(long, env, default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub connections_per_address: u32,

    /// How long a new socket may take to say who it is: `10s`.
    #[arg(long, env, default_value = "10s", value_parser = duration::between(10, 60_000))]
    pub join_within: Duration,

    /// The address and port of `/metrics`, for Prometheus: `127.0.0.1:9464`. Without it there is none. Never the
    /// chat's own port, where a proxy would make it public.
    #[arg(long, env)]
    pub metrics_addr: Option<SocketAddr>,

    /// What is logged: a level, or `target=level` pairs separated by commas. Whatever it is, libraries only warn.
    #[arg(long, env, default_value = "info")]
    pub log: String,

    /// How it is logged.
    #[arg(long, env, value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,

    /// The program that decodes pictures, if it is not the one that runs. For tests alone, which are not that program.
    #[arg(skip)]
    pub decoder: Option<PathBuf>,

    /// The folder with the site's files.
    #[cfg(not(feature = "embed"))]
    #[arg(long, env, default_value = "target/site")]
    pub site_root: PathBuf,
}

const MEGABYTE: u64 = 1_000_000;

const LEAVE_AFTER: &str = "30s";
const _: () = assert!(LEAVE_AFTER_SECS == 30, "LEAVE_AFTER must say the same as the protocol");

/// A net, or an address, which is the net of one.
fn net(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse()
        .or_else(|_| address())
        .map_err(|_| "write addresses or nets: 10.0.0.0/8,::1".to_owned())
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for programs.
    Json,
}

/// A database's URL. It may hold a password, so it does not print itself.
#[derive(Debug, Clone)]
pub struct DatabaseUrl(SecretString);

impl DatabaseUrl {
    /// The URL itself, for who opens the database.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl std::str::FromStr for DatabaseUrl {
    type Err = UrlError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A path alone is not taken here: a forgotten scheme would be a file of a strange name.
        let scheme = text.split_once(':').ok_or(UrlError::UnknownScheme);
        scheme.and_then(|_| check_url(text))?;
        Ok(Self(text.into()))
    }
}

impl Config {
    /// Reads flags and environment of this process, as [`Parser::parse`] does, which ends it where they make no sense. A
    /// variable that is there and empty, as compose files leave them, says nothing.
    #[must_use]
    pub fn read() -> Self {
        let unless_empty = |setting: Arg| {
            let value = setting.get_env().and_then(std::env::var_os);
            if value.is_some_and(|value| value.is_empty()) {
                setting.env(None::<&str>)
            } else {
                setting
            }
        };
        let mut command = Self::command().mut_args(unless_empty);
        let told = Self::from_arg_matches(&command.get_matches_mut());
        told.unwrap_or_else(|error| error.format(&mut command).exit())
    }

    /// Where rooms are kept.
    #[must_use]
    pub fn database(&self) -> DatabaseUrl {
        self.database_url.clone().unwrap_or_else(|| {
            DatabaseUrl(format!("sqlite:{}", self.data_dir.join("instant-chat.db").display()).into())
        })
    }

    /// Whether the public address is reached over TLS.
    #[must_use]
    pub fn is_public_over_tls(&self) -> bool {
        self.public_url.as_ref().is_some_and(Origin::is_https)
    }

    /// How much may be uploaded.
    #[must_use]
    pub const fn media(&self) -> MediaLimits {
        MediaLimits {
            room: self.room_media_mb * MEGABYTE,
            stored: self.stored_media_mb * MEGABYTE,
            live: self.live_media_mb * MEGABYTE,
        }
    }

    /// How many chats there may be, and how much may be said in them.
    #[must_use]
    pub const fn bounds(&self) -> Bounds {
        Bounds {
            rooms: self.max_rooms,
            live_text: self.live_text_mb * MEGABYTE,
            stored_text: self.stored_text_mb * MEGABYTE,
            room_text: self.room_text_mb * MEGABYTE,
        }
    }

    /// What clients are told of the limits of a room.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let rates = &self.rates;
        Limits {
            messages_per_second: self.messages_per_second,
            message_burst: self.message_burst,
            room_messages: self.room_limit.into(),
            frames: self.socket_limit.into(),
            room_media_bytes: self.room_media_mb * MEGABYTE,
            address: AddressLimits {
                requests: rates.request.into(),
                creations: rates.create.into(),
                joins: rates.join.into(),
                connections: rates.connect.into(),
                misses: rates.miss.into(),
            },
            ..Limits::of_room_for(self.room_capacity)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(flags: &[&str]) -> Result<Config, String> {
        Config::try_parse_from(["instant-chat"].iter().chain(flags)).map_err(|error| error.to_string())
    }

    #[test]
    fn nothing_needs_to_be_said() {
        let config = parse(&[]).expect("defaults are valid");
        assert_eq!(config.room_ttl, Duration::from_secs(86_400));
        assert_eq!(config.leave_after, Duration::from_secs(LEAVE_AFTER_SECS));
        assert_eq!(config.database().expose(), "sqlite:./data/instant-chat.db");
        assert_eq!(config.limits(), Limits::of_room_for(50));
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_sentence() {
        let refusal = parse(&["--room-ttl", "8d"]).expect_err("longer than a week");
        assert!(refusal.contains("from 1s to 7d"), "{refusal}");
        assert!(parse(&["--room-capacity", "1"]).is_err());
        let refusal = parse(&["--public-url", "https://chat.example.org/path"]).expect_err("has a path");
        assert!(refusal.contains("https://chat.example.org"), "{refusal}");
        assert!(parse(&["--database-url", "mysql://localhost"]).is_err());
        assert!(parse(&["--database-url", "chat.db"]).is_err());
        let refusal = parse(&["--database-url", "sqlite::memory:"]).expect_err("no file");
        assert!(refusal.contains("in memory"), "{refusal}");
        let refusal = parse(&["--database-url", "sqlite:chat.db?cache=shared"]).expect_err("no option of ours");
        assert!(refusal.contains("cache"), "{refusal}");
        assert!(parse(&["--database-url", "sqlite:chat.db?mode=rwc"]).is_ok());
        let refusal = parse(&["--media-url", "https://bucket.example.org"]).expect_err("no bucket");
        assert!(refusal.contains("s3://BUCKET"), "{refusal}");
        let refusal = parse(&["--trusted-proxies", "everybody"]).expect_err("no net");
        assert!(refusal.contains("10.0.0.0/8"), "{refusal}");
        let refusal = parse(&["--join-limit", "many"]).expect_err("no rate");
        assert!(refusal.contains("60/1m"), "{refusal}");
    }

    #[test]
    fn lists_may_have_spaces_around_commas() {
        let flags = [
            "--allowed-origins=https://a.example, https://b.example",
            "--embed-origins= https://c.example ,https://d.example",
            "--identity-keys=one.pem , two.pem",
            "--trusted-proxies=10.0.0.0/8 , ::1",
        ];
        let config = parse(&flags).expect("lists");
        let origins = [config.allowed_origins, config.embed_origins].concat();
        let origins: Vec<_> = origins.iter().map(Origin::as_str).collect();
        assert_eq!(
            origins,
            [
                "https://a.example",
                "https://b.example",
                "https://c.example",
                "https://d.example"
            ]
        );
        assert_eq!(config.identity.identity_keys, ["one.pem", "two.pem"].map(PathBuf::from));
        assert_eq!(config.trusted_proxies.len(), 2);
    }

    #[test]
    fn no_secret_is_printed() {
        let database = ["--database-url", "postgres://me:hunter2@localhost/chat"];
        let config = parse(&[&database[..], &["--identity-secret", "hunter2"]].concat()).expect("valid");
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
