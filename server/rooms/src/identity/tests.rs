use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_763_890_000_000);
const SECRET: &str = "a secret of the host site, long enough";

fn key(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/keys").join(name)
}

fn pem(name: &str) -> Vec<u8> {
    std::fs::read(key(name)).expect("a key")
}

fn site() -> HostSite {
    HostSite {
        secret: Some(SECRET.into()),
        keys: vec![key("rsa.pub.pem"), key("ed25519.pub.pem")],
        issuer: Some("https://host.example/accounts".to_owned()),
        audience: Some("chat".to_owned()),
        ..HostSite::default()
    }
}

fn identities() -> Identities {
    Identities::of(&site()).expect("all is said")
}

/// What a good token says, with these claims instead of its own; null takes one out.
#[expect(clippy::needless_pass_by_value, reason = "made where it is used")]
fn claims(changes: Value) -> Value {
    let mut claims = json!({"iss": "https://host.example/accounts", "aud": "chat", "sub": "user-7", "name": "Maya",
        "exp": NOW.millis() / 1_000 + 60});
    for (name, value) in changes.as_object().expect("claims") {
        if value.is_null() {
            claims.as_object_mut().expect("claims").remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

fn sign(algorithm: Algorithm, claims: &Value) -> String {
    let key = match algorithm {
        Algorithm::RS256 | Algorithm::RS384 => EncodingKey::from_rsa_pem(&pem("rsa.pem")).expect("a key"),
        Algorithm::EdDSA => EncodingKey::from_ed_pem(&pem("ed25519.pem")).expect("a key"),
        _ => EncodingKey::from_secret(SECRET.as_bytes()),
    };
    encode(&Header::new(algorithm), claims, &key).expect("signed")
}

fn identify(token: &str) -> Result<Identity, AppError> {
    identities().identify(&IdentityToken::parse(token).expect("a claim"), NOW)
}

fn refused(token: &str) -> String {
    let refusal = identify(token).expect_err(token);
    assert_eq!(refusal.code, Code::InvalidIdentity);
    refusal.detail
}

#[test]
fn a_user_is_known_by_each_kind_of_key() {
    for algorithm in [Algorithm::HS256, Algorithm::RS256, Algorithm::EdDSA] {
        let known = identify(&sign(algorithm, &claims(json!({"aud": ["other", "chat"]})))).expect("known");
        assert_eq!(known.id.as_str(), "user-7");
        assert_eq!(known.name.expect("a name").as_str(), "Maya");
    }
    assert_eq!(identities().name(), Some("host.example"));
}

#[test]
fn the_token_does_not_choose_how_it_is_checked() {
    let all = claims(json!({}));
    refused(&sign(Algorithm::HS512, &all));
    refused(&sign(Algorithm::RS384, &all));
    // A public key is no secret.
    let public = EncodingKey::from_secret(&pem("rsa.pub.pem"));
    refused(&encode(&Header::new(Algorithm::HS256), &all, &public).expect("signed"));
    // Nor is no signature one.
    let good = sign(Algorithm::HS256, &all);
    let body = good.split('.').nth(1).expect("a body");
    for none in ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJOb25lIiwidHlwIjoiSldUIn0"] {
        refused(&format!("{none}.{body}."));
    }
    let (unsigned, _) = good.rsplit_once('.').expect("a signature");
    refused(&format!("{unsigned}."));
    let other = sign(Algorithm::HS256, &claims(json!({"sub": "user-8"})));
    let (_, mark) = other.rsplit_once('.').expect("a signature");
    refused(&format!("{unsigned}.{mark}"));
    for nonsense in ["short", "a.b.c", "..", "\u{7f}", &"x".repeat(9_000)] {
        refused(nonsense);
    }
    let mut header = Header::new(Algorithm::HS256);
    header.crit = Some(vec!["exp".to_owned()]);
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    refused(&encode(&header, &all, &key).expect("signed"));
}

#[test]
fn what_a_token_must_say_is_asked_for() {
    for missing in ["iss", "aud", "sub", "exp"] {
        let detail = refused(&sign(Algorithm::HS256, &claims(json!({missing: null}))));
        assert!(detail.contains(&format!("`{missing}`")), "{detail}");
    }
    for (wrong, told) in [
        (json!({"iss": "https://evil.example"}), "`iss`"),
        (json!({"aud": "shop"}), "`aud`"),
        (json!({"sub": "anon_Vq3nT8-zKw_2"}), "anon_"),
        (json!({"sub": "two words"}), "`sub`"),
        (json!({"sub": "a".repeat(65)}), "`sub`"),
    ] {
        let detail = refused(&sign(Algorithm::HS256, &claims(wrong)));
        assert!(detail.contains(told), "{detail}");
    }
    let wrong_types = [json!(42), json!("soon"), json!(true), json!([]), json!({"of": 1})];
    for (claim, right) in [("iss", 1), ("aud", 1), ("sub", 1), ("name", 1), ("exp", 0), ("nbf", 0)] {
        for (n, wrong) in wrong_types.iter().enumerate().filter(|(n, _)| *n != right) {
            let detail = refused(&sign(Algorithm::HS256, &claims(json!({claim: wrong}))));
            assert!(detail.contains(&format!("`{claim}`")), "{n}: {detail}");
        }
    }
}

#[test]
fn a_token_has_its_time_give_or_take_half_a_minute() {
    let now = NOW.millis() / 1_000;
    let at = |changes| identify(&sign(Algorithm::HS256, &claims(changes)));
    assert!(at(json!({"exp": now - 29, "nbf": now + 30})).is_ok());
    assert!(
        at(json!({"exp": now - 30}))
            .expect_err("over")
            .detail
            .contains("expired")
    );
    assert!(
        at(json!({"nbf": now + 31}))
            .expect_err("early")
            .detail
            .contains("not valid yet")
    );
}

#[test]
fn a_name_that_is_none_is_not_taken() {
    let known = identify(&sign(Algorithm::HS256, &claims(json!({"name": "\u{202E}"})))).expect("known");
    assert_eq!(known.name, None);
}

#[test]
fn where_nothing_is_configured_no_token_is_taken_and_none_is_passed_over() {
    let none = Identities::of(&HostSite::default()).expect("nothing to say");
    let token = IdentityToken::parse(&sign(Algorithm::HS256, &claims(json!({})))).expect("a claim");
    assert_eq!(
        none.identify(&token, NOW).expect_err("refused").code,
        Code::InvalidIdentity
    );
    assert_eq!(none.name(), None);
}

#[test]
fn half_a_configuration_is_none() {
    let refusal = |site: &HostSite| match Identities::of(site) {
        Ok(_) => panic!("taken"),
        Err(error) => error.to_string(),
    };
    let told = |change: fn(&mut HostSite), told: &str| {
        let mut site = site();
        change(&mut site);
        let refusal = refusal(&site);
        assert!(refusal.contains(told), "{refusal}");
    };
    told(|site| site.issuer = None, "IDENTITY_ISSUER");
    told(|site| site.audience = None, "IDENTITY_AUDIENCE");
    told(|site| site.secret = Some("short".into()), "32 bytes");
    told(|site| site.keys = vec![key("README.md")], "PUBLIC KEY");
    told(|site| site.keys = vec![key("rsa.pem")], "PUBLIC KEY");
    told(|site| site.keys = vec![key("nowhere")], "cannot be read");
    told(
        |site| {
            site.secret = None;
            site.keys.clear();
        },
        "IDENTITY_SECRET or IDENTITY_KEYS",
    );
    let only_required = HostSite {
        required: Required::Join,
        ..HostSite::default()
    };
    assert!(refusal(&only_required).contains("IDENTITY_ISSUER"));
}
