//! Checks of the tokens that ESIA answers. Nothing of them is believed before.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Deserializer};

use super::UpstreamError;

/// How far ESIA's clock may be from ours.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// How old a token may be that was just issued to us: an older one is a replay.
const FRESH: SignedDuration = SignedDuration::from_mins(5);

/// What ESIA's tokens are checked against.
pub(crate) struct TokenChecks {
    /// ESIA's public keys: the present one and, in the weeks of its yearly change, the next.
    keys: Vec<DecodingKey>,
    issuer: String,
    client_id: String,
}

/// Whose sign-in the tokens prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProvenAccount {
    /// The account's id at ESIA.
    pub(crate) oid: String,
    /// Whether the id_token calls the account confirmed.
    pub(crate) trusted: bool,
    /// When the person signed in at ESIA, if it tells.
    pub(crate) signed_in_at: Option<Timestamp>,
}

#[derive(Deserialize, Clone)]
struct IdClaims {
    iss: String,
    #[serde(deserialize_with = "one_or_many")]
    aud: Vec<String>,
    #[serde(deserialize_with = "number_or_text")]
    sub: String,
    exp: i64,
    nbf: Option<i64>,
    iat: i64,
    auth_time: Option<i64>,
    #[serde(rename = "urn:esia:sbj")]
    subject: Option<SubjectClaims>,
}

#[derive(Deserialize, Clone)]
struct SubjectClaims {
    #[serde(rename = "urn:esia:sbj:oid", deserialize_with = "number_or_text")]
    oid: String,
    #[serde(rename = "urn:esia:sbj:is_tru", default)]
    trusted: bool,
}

#[derive(Deserialize, Clone)]
struct AccessClaims {
    iss: String,
    client_id: String,
    exp: i64,
    nbf: Option<i64>,
    iat: i64,
    #[serde(rename = "urn:esia:sbj_id", deserialize_with = "number_or_text")]
    subject: String,
}

impl TokenChecks {
    /// Checks against the RSA keys of a PEM text (one block after the other).
    pub(crate) fn new(pem: &str, issuer: &str, client_id: &str) -> Result<Self, jsonwebtoken::errors::Error> {
        const END: &str = "-----END PUBLIC KEY-----";
        let blocks = pem.split_inclusive(END).filter(|block| block.contains(END));
        let keys = blocks
            .map(|block| DecodingKey::from_rsa_pem(block.trim().as_bytes()))
            .collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(jsonwebtoken::errors::ErrorKind::InvalidKeyFormat.into());
        }
        Ok(Self {
            keys,
            issuer: issuer.to_owned(),
            client_id: client_id.to_owned(),
        })
    }

    /// The account that both tokens name.
    pub(crate) fn check(
        &self,
        id_token: &str,
        access_token: &str,
        now: Timestamp,
    ) -> Result<ProvenAccount, UpstreamError> {
        let id: IdClaims = self.signed(id_token)?;
        self.issued_by(&id.iss)?;
        self.live(id.iat, id.nbf, id.exp, now)?;
        if id.aud.iter().all(|audience| *audience != self.client_id) {
            return Err(UpstreamError::Untrusted("the id_token is for another system"));
        }
        let access: AccessClaims = self.signed(access_token)?;
        self.issued_by(&access.iss)?;
        self.live(access.iat, access.nbf, access.exp, now)?;
        if access.client_id != self.client_id {
            return Err(UpstreamError::Untrusted("the access token is for another system"));
        }
        let subject = id
            .subject
            .ok_or(UpstreamError::Untrusted("the id_token names no subject"))?;
        if id.sub.is_empty() || access.subject != id.sub || subject.oid != id.sub {
            return Err(UpstreamError::Untrusted("the tokens name different people"));
        }
        let signed_in_at = id
            .auth_time
            .and_then(|second| Timestamp::from_second(second).ok());
        Ok(ProvenAccount {
            oid: id.sub,
            trusted: subject.trusted,
            signed_in_at,
        })
    }

    /// The claims of a token signed by one of the keys. Times are checked by [`Self::live`], against our own clock.
    fn signed<T: for<'de> Deserialize<'de> + Clone>(&self, token: &str) -> Result<T, UpstreamError> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_aud = false;
        let mut answers = self
            .keys
            .iter()
            .map(|key| jsonwebtoken::decode::<T>(token, key, &validation));
        answers
            .find_map(Result::ok)
            .map(|data| data.claims)
            .ok_or(UpstreamError::Untrusted(
                "a token is malformed or not signed by ESIA's key",
            ))
    }

    fn issued_by(&self, issuer: &str) -> Result<(), UpstreamError> {
        if issuer == self.issuer {
            Ok(())
        } else {
            Err(UpstreamError::Untrusted("a token has another issuer"))
        }
    }

    fn live(&self, iat: i64, nbf: Option<i64>, exp: i64, now: Timestamp) -> Result<(), UpstreamError> {
        let latest = (now + SKEW).as_second();
        if exp <= now.as_second() {
            return Err(UpstreamError::Untrusted("a token has expired"));
        }
        if nbf.is_some_and(|nbf| nbf > latest) || iat > latest {
            return Err(UpstreamError::Untrusted("a token is not valid yet"));
        }
        if iat < (now - FRESH).as_second() {
            return Err(UpstreamError::Untrusted("a token was not issued just now"));
        }
        Ok(())
    }
}

/// ESIA writes ids as numbers; some versions as text.
fn number_or_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Text(String),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Number(number) => number.to_string(),
        Either::Text(text) => text,
    })
}

fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::One(one) => vec![one],
        Either::Many(many) => many,
    })
}

#[cfg(test)]
mod tests;
