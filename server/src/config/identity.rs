//! Whose word for people's identities is taken.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rooms::identity::{HostSite, Required};
use secrecy::SecretString;

/// The host site that vouches for people. Without all of it, everybody is anonymous.
#[derive(Debug, Clone, Default, Args)]
pub struct IdentityConfig {
    /// The secret that the host site signs JWTs with (HS256), at least 32 bytes.
    #[arg(long, env, hide_env_values = true)]
    pub identity_secret: Option<SecretString>,

    /// Files with the host site's public keys in PEM, separated by commas: RSA for RS256, Ed25519 for EdDSA.
    #[arg(long, env, value_delimiter = ',', value_parser = path)]
    pub identity_keys: Vec<PathBuf>,

    /// Who must have issued a JWT: its `iss`.
    #[arg(long, env)]
    pub identity_issuer: Option<String>,

    /// For whom it must be made: its `aud`.
    #[arg(long, env)]
    pub identity_audience: Option<String>,

    /// What people are told of who vouches. Without it: the issuer's host.
    #[arg(long, env)]
    pub identity_name: Option<String>,

    /// What takes an identity.
    #[arg(long, env, value_enum, default_value_t)]
    pub identity_required: IdentityRequired,
}

/// A path in a list, where spaces may stand around commas.
#[expect(clippy::unnecessary_wraps, reason = "what parsers of values are")]
fn path(text: &str) -> Result<PathBuf, std::convert::Infallible> {
    Ok(text.trim().into())
}

impl From<&IdentityConfig> for HostSite {
    fn from(config: &IdentityConfig) -> Self {
        Self {
            secret: config.identity_secret.clone(),
            keys: config.identity_keys.clone(),
            issuer: config.identity_issuer.clone(),
            audience: config.identity_audience.clone(),
            name: config.identity_name.clone(),
            required: match config.identity_required {
                IdentityRequired::None => Required::None,
                IdentityRequired::Create => Required::Create,
                IdentityRequired::Join => Required::Join,
            },
        }
    }
}

/// What only known people may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum IdentityRequired {
    /// Nothing: everybody may do everything.
    #[default]
    None,
    /// Start a chat.
    Create,
    /// Start a chat, and join one.
    Join,
}
