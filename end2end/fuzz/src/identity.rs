use std::sync::LazyLock;

use clap::Parser;
use jsonwebtoken::{Algorithm, EncodingKey, crypto::sign};
use rooms::identity::Identities;
use serde::Deserialize;
use serde_json::Value;
use server::config::Config;
use wire::domain::{IdentityToken, Timestamp};

const SECRET: &str = "a secret of the host site, long enough";
const NOW: Timestamp = Timestamp::from_millis(1_763_890_000_000);

static IDENTITIES: LazyLock<Identities> = LazyLock::new(|| {
    let config = Config::try_parse_from([
        "instant-chat",
        "--identity-issuer=https://host.example",
        "--identity-audience=chat",
        &format!("--identity-secret={SECRET}"),
    ]);
    Identities::of(&(&config.expect("flags").identity).into()).expect("all is said")
});

/// The host site's word for somebody: as anybody may write it, never taken; and signed, whatever it says, taken or refused
/// in words.
///
/// # Panics
/// Where that is not so.
pub fn identity(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Some(token) = IdentityToken::parse(text) {
        let refused = IDENTITIES.identify(&token, NOW).expect_err("nobody signed it");
        assert!(!refused.detail.is_empty());
    }
    // Header and claims, each on a line: so signed, they come as far as they can.
    let Some((header, claims)) = text.split_once('\n') else {
        return;
    };
    let message = format!("{}.{}", encoded(header), encoded(claims));
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let signature = sign(message.as_bytes(), &key, Algorithm::HS256).expect("signed");
    let Some(token) = IdentityToken::parse(&format!("{message}.{signature}")) else {
        return;
    };
    match IDENTITIES.identify(&token, NOW) {
        Ok(identity) => {
            let claims: Claims = serde_json::from_str(claims).expect("what was taken was JSON");
            assert_eq!(claims.sub, identity.id.as_str());
            // The library takes a list, too, where the right one is in it.
            assert!(claims.iss.to_string().contains("\"https://host.example\""));
            assert!(identity.id.is_verified(), "nobody is anonymous by a sign-in");
        }
        Err(refused) => assert!(!refused.detail.is_empty()),
    }
}

#[derive(Deserialize)]
struct Claims {
    sub: String,
    iss: Value,
}

/// base64url, as tokens have it.
fn encoded(text: &str) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    URL_SAFE_NO_PAD.encode(text)
}
