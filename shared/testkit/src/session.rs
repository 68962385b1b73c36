//! Sessions for tests: real tokens, signed by a key that the test made.

use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
    signature::KeyPair as _,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::JwkSet};
use model::Actor;
use serde_json::{Value, json};
use web::{Clock, SessionSettings, TokenVerifier};

use crate::{CLIENT_ID, ISSUER};

/// The identity provider's part: a key, and tokens signed with it.
pub struct Sessions {
    key: EncodingKey,
    keys: JwkSet,
    now: Timestamp,
}

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

/// A moment from its ISO text.
pub fn moment(text: &str) -> Timestamp {
    text.parse().expect("an ISO moment")
}

impl Sessions {
    /// Makes a key; the clock stands at `now`.
    pub fn new(now: Timestamp) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("an RSA key is made");
        let private = pair.as_der().expect("the key has a DER form");
        let public = pair.public_key();
        let part = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let keys = json!({ "keys": [{
            "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "test",
            "n": part(public.modulus().big_endian_without_leading_zero()),
            "e": part(public.exponent().big_endian_without_leading_zero()),
        }] });
        Self {
            key: pkcs8_key(private.as_ref()),
            keys: serde_json::from_value(keys).expect("a key set"),
            now,
        }
    }

    /// The clock of the test.
    pub const fn clock(&self) -> Clock {
        Clock::Fixed(self.now)
    }

    /// The verifier that a function is given.
    pub fn verifier(&self) -> TokenVerifier {
        let settings = SessionSettings {
            issuer: ISSUER.to_owned(),
            jwks_url: "http://127.0.0.1:9/".to_owned(),
            client_id: CLIENT_ID.to_owned(),
        };
        TokenVerifier::with_keys(settings, self.clock(), &self.keys)
    }

    /// A valid token of the actor.
    pub fn token(&self, actor: &Actor) -> String {
        self.signed(&self.claims(actor))
    }

    /// A valid token of the actor who has signed in this very moment; those of [`Sessions::token`] did so half an hour ago.
    pub fn fresh_token(&self, actor: &Actor) -> String {
        let mut claims = self.claims(actor);
        claims["auth_time"] = json!(self.now.as_second());
        claims["gosuslugi_auth_time"] = json!(self.now.as_second().to_string());
        self.signed(&claims)
    }

    /// The claims of a valid token, to be spoilt by tests.
    pub fn claims(&self, actor: &Actor) -> Value {
        json!({
            "iss": ISSUER, "client_id": CLIENT_ID, "token_use": "access", "sub": "test",
            "exp": self.now.as_second() + 3_600, "auth_time": self.now.as_second() - 1_800,
            "gosuslugi_auth_time": (self.now.as_second() - 1_800).to_string(),
            "person": actor.person, "roles": actor.roles.to_string(),
        })
    }

    /// A token with the claims, signed by the right key.
    pub fn signed(&self, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some("test".to_owned());
        jsonwebtoken::encode(&header, claims, &self.key).expect("the token is signed")
    }
}

fn pkcs8_key(der: &[u8]) -> EncodingKey {
    let text = base64::prelude::BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        lines.join("\n")
    );
    EncodingKey::from_rsa_pem(pem.as_bytes()).expect("the key is read")
}
