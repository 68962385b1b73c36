//! Tokens of the emulated pool that say what a test wants, signed with the pool's own key: for what no waiting and no
//! forging can bring about, such as a good session whose hour is over.

use std::{fs, path::Path};

use anyhow::{Context, ensure};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, decode_header};
use serde_json::{Map, Value};

/// The claims of a token, unverified.
///
/// # Errors
/// It is no token.
pub fn claims(token: &str) -> anyhow::Result<Map<String, Value>> {
    let claims = token.split('.').nth(1).context("no token")?;
    Ok(serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(claims)?)?)
}

/// The same token with other claims, signed as the pool signs. `state` is the folder of the local cloud.
///
/// # Errors
/// The emulator keeps no key, or another one than it signed the token with.
pub fn signed_again(state: &Path, token: &str, claims: &Map<String, Value>) -> anyhow::Result<String> {
    let pool = claims["iss"]
        .as_str()
        .and_then(|issuer| issuer.rsplit('/').next());
    let pool = pool.context("a token without an issuer")?;
    let file = state
        .join("ministack/state/cognito-pool-keys")
        .join(format!("{pool}-access.pem"));
    let key = fs::read(&file).with_context(|| format!("{} could not be read", file.display()))?;
    let key = EncodingKey::from_rsa_pem(&key)?;
    let header = Header {
        kid: decode_header(token)?.kid,
        ..Header::new(Algorithm::RS256)
    };
    ensure!(header.kid.is_some(), "the pool's tokens do not name their key");
    Ok(jsonwebtoken::encode(&header, claims, &key)?)
}
