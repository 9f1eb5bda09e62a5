//! The host site's word for who somebody is: a JWT that it signed. Without one, everybody is anonymous.

use std::path::PathBuf;

use jsonwebtoken::{
    Algorithm, DecodingKey, Validation, decode,
    errors::{Error, ErrorKind},
};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use wire::{
    domain::{IdentityToken, Nickname, ParticipantId, Timestamp},
    error::{AppError, Code},
};

/// Bytes of a JWT. Those of sign-in services have one or two thousand.
const TOKEN_MAX: usize = 8 * 1024;

/// Seconds by which the host's clock may differ from ours.
const LEEWAY: f64 = 30.0;

/// Bytes of a secret. HS256 is as strong as its key: less than the hash's own length can be guessed offline.
const SECRET_MIN: usize = 32;

/// Why what is configured for identities cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// A key that everybody's token would fit, or nobody's.
    #[error("IDENTITY_ISSUER and IDENTITY_AUDIENCE must say whose tokens are taken, and for whom they are made")]
    Incomplete,
    /// Nothing to check tokens with.
    #[error("IDENTITY_SECRET or IDENTITY_KEYS must be given for tokens to be checked")]
    NoKey,
    /// Too easily guessed.
    #[error("IDENTITY_SECRET must have at least {SECRET_MIN} bytes: try `openssl rand -base64 48`")]
    WeakSecret,
    /// A file that is not there.
    #[error("IDENTITY_KEYS: {0} cannot be read: {1}")]
    Unreadable(String, #[source] std::io::Error),
    /// A file with something else in it.
    #[error("IDENTITY_KEYS: {0} holds no public RSA or Ed25519 key in PEM, `-----BEGIN PUBLIC KEY-----`")]
    NoPublicKey(String),
}

/// The host site that vouches for people, as the operator names it. Without all of it, everybody is anonymous.
#[derive(Debug, Clone, Default)]
pub struct HostSite {
    /// The secret that it signs JWTs with (HS256), at least 32 bytes.
    pub secret: Option<SecretString>,
    /// Files with its public keys in PEM: RSA for RS256, Ed25519 for EdDSA.
    pub keys: Vec<PathBuf>,
    /// Who must have issued a JWT: its `iss`.
    pub issuer: Option<String>,
    /// For whom it must be made: its `aud`.
    pub audience: Option<String>,
    /// What people are told of who vouches. Without it: the issuer's host.
    pub name: Option<String>,
    /// What takes an identity.
    pub required: Required,
}

impl HostSite {
    /// Whether anything is said that would be of no use without the rest.
    fn says_anything(&self) -> bool {
        self.secret.is_some() || !self.keys.is_empty() || self.name.is_some() || self.required != Required::None
    }
}

/// What only known people may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Required {
    /// Nothing: everybody may do everything.
    #[default]
    None,
    /// Start a chat.
    Create,
    /// Start a chat, and join one.
    Join,
}

/// Somebody whom the host site knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Their user id there, which is their id in rooms.
    pub id: ParticipantId,
    /// What they are called there, where the token says it.
    pub name: Option<Nickname>,
}

/// What the server knows of the host site.
#[derive(Default)]
pub struct Identities {
    /// Each with the one algorithm that it is for, so that no token chooses how it is checked.
    keys: Vec<(DecodingKey, Validation)>,
    name: String,
    required: Required,
}

/// What a token says, of whatever type: a claim of another type than it should have is named in the refusal.
#[derive(Deserialize)]
struct Claims {
    sub: Option<Value>,
    exp: Option<Value>,
    nbf: Option<Value>,
    name: Option<Value>,
}

impl Identities {
    /// Reads the keys.
    ///
    /// # Errors
    /// [`IdentityError`], with a sentence for the operator.
    pub fn of(site: &HostSite) -> Result<Self, IdentityError> {
        let (issuer, audience) = match (&site.issuer, &site.audience) {
            (Some(issuer), Some(audience)) => (issuer, audience),
            (None, None) if !site.says_anything() => return Ok(Self::default()),
            _ => return Err(IdentityError::Incomplete),
        };
        let mut keys = Vec::new();
        if let Some(secret) = site.secret.as_ref().map(|secret| secret.expose_secret().as_bytes()) {
            if secret.len() < SECRET_MIN {
                return Err(IdentityError::WeakSecret);
            }
            keys.push((DecodingKey::from_secret(secret), Algorithm::HS256));
        }
        for path in &site.keys {
            let shown = path.display().to_string();
            let pem = std::fs::read(path).map_err(|error| IdentityError::Unreadable(shown.clone(), error))?;
            keys.push(public_key(&pem).ok_or(IdentityError::NoPublicKey(shown))?);
        }
        if keys.is_empty() {
            return Err(IdentityError::NoKey);
        }
        let keys = keys.into_iter().map(|(key, algorithm)| {
            let mut validation = Validation::new(algorithm);
            validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
            validation.set_issuer(&[issuer]);
            validation.set_audience(&[audience]);
            // By our own clock, below.
            validation.validate_exp = false;
            (key, validation)
        });
        Ok(Self {
            keys: keys.collect(),
            name: site.name.clone().unwrap_or_else(|| host(issuer).to_owned()),
            required: site.required,
        })
    }

    /// What people are told of who vouches; nothing where nobody does.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        (!self.keys.is_empty()).then_some(&*self.name)
    }

    /// Whether only known people may start chats.
    #[must_use]
    pub fn required_to_create(&self) -> bool {
        self.required != Required::None
    }

    /// Whether only known people may join.
    #[must_use]
    pub fn required_to_join(&self) -> bool {
        self.required == Required::Join
    }

    /// Who it is, at the time `now`. A token is never passed over: one that does not hold is a refusal.
    ///
    /// # Errors
    /// `invalid_identity`.
    pub fn identify(&self, token: &IdentityToken, now: Timestamp) -> Result<Identity, AppError> {
        if self.keys.is_empty() {
            return Err(invalid(
                "This server takes no sign-in from other sites. Come without one.",
            ));
        }
        if token.expose().len() > TOKEN_MAX {
            return Err(Code::InvalidIdentity.into());
        }
        let claims = self.verify(token)?;
        #[expect(clippy::cast_precision_loss, reason = "seconds of this age are exact")]
        let seconds = (now.millis() / 1_000) as f64;
        let exp = claims.exp.and_then(|exp| exp.as_f64());
        let exp = exp.ok_or_else(|| mistyped("exp", "a number"))?;
        if seconds >= exp + LEEWAY {
            return Err(invalid("This sign-in has expired. Sign in again."));
        }
        let nbf = claims
            .nbf
            .map(|nbf| nbf.as_f64().ok_or_else(|| mistyped("nbf", "a number")));
        if nbf.transpose()?.is_some_and(|from| seconds < from - LEEWAY) {
            return Err(invalid("This sign-in is not valid yet. Is the clock right?"));
        }
        let sub = claims.sub.as_ref().and_then(Value::as_str);
        let sub = sub.ok_or_else(|| mistyped("sub", "a text"))?;
        let id = ParticipantId::of_host(sub).map_err(|_| {
            invalid("`sub` must be a user id of 1 to 64 visible ASCII characters that does not begin with anon_.")
        })?;
        let name = claims.name.map(|name| match name {
            Value::String(name) => Ok(Nickname::parse(&name).ok()),
            _ => Err(mistyped("name", "a text")),
        });
        let name = name.transpose()?.flatten();
        Ok(Identity { id, name })
    }

    fn verify(&self, token: &IdentityToken) -> Result<Claims, AppError> {
        let mut why = AppError::new(Code::InvalidIdentity);
        for (key, validation) in &self.keys {
            match decode::<Claims>(token.expose(), key, validation) {
                // What a token calls critical has to be understood by whoever takes it.
                Ok(token) if token.header.crit.is_some() => {}
                Ok(token) => return Ok(token.claims),
                // Said only of a token that a key of ours has signed.
                Err(error) => why = reason(&error).unwrap_or(why),
            }
        }
        Err(why)
    }
}

fn public_key(pem: &[u8]) -> Option<(DecodingKey, Algorithm)> {
    // A private key would do as well, and has no business here.
    if pem.windows(7).any(|word| word == b"PRIVATE") {
        return None;
    }
    let rsa = DecodingKey::from_rsa_pem(pem).map(|key| (key, Algorithm::RS256));
    rsa.or_else(|_| DecodingKey::from_ed_pem(pem).map(|key| (key, Algorithm::EdDSA)))
        .ok()
}

fn reason(error: &Error) -> Option<AppError> {
    match error.kind() {
        ErrorKind::InvalidIssuer => Some(invalid(
            "This sign-in is of another site (`iss`) than this server takes.",
        )),
        ErrorKind::InvalidAudience => Some(invalid("This sign-in was made for somebody else (`aud`).")),
        // Of those that we ask for. One of another type than it should have is none to the library.
        ErrorKind::MissingRequiredClaim(claim) => {
            let expected = match claim.as_str() {
                "exp" => "a number",
                _ => "a text",
            };
            Some(mistyped(claim, expected))
        }
        // Nor can the library say which claim it is that has a list or an object for a number.
        ErrorKind::Json(_) => Some(invalid(
            "A sign-in must say `iss`, `aud` and `sub`, as texts, and `exp` and `nbf`, if it does, as numbers.",
        )),
        _ => None,
    }
}

fn mistyped(claim: &str, expected: &str) -> AppError {
    let detail = format!("This sign-in must say `{claim}`, as {expected}.");
    AppError::with_detail(Code::InvalidIdentity, detail)
}

fn invalid(detail: &str) -> AppError {
    AppError::with_detail(Code::InvalidIdentity, detail)
}

/// The part of an issuer's address that people know.
fn host(issuer: &str) -> &str {
    let bare = issuer.split_once("://").map_or(issuer, |(_, rest)| rest);
    bare.split('/').next().unwrap_or(bare)
}

#[cfg(test)]
mod tests;
