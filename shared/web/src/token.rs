//! Verification of session tokens against the identity provider's keys.

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use model::{Actor, PersonId, RolesClaim};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::sync::Mutex;

use crate::{Clock, SessionSettings};

/// Why a token opens nothing.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Not a token of ours, or one that has expired.
    #[error("the token is not valid")]
    Invalid,
    /// The identity provider's keys could not be had.
    #[error("the keys of the identity provider could not be read")]
    Keys(#[from] reqwest::Error),
}

/// What an access token says.
#[derive(Debug, Deserialize)]
struct Claims {
    token_use: String,
    client_id: String,
    sub: String,
    exp: i64,
    /// When the person last signed in at the pool; a token that was renewed since keeps it.
    auth_time: Option<i64>,
    /// When they last signed in at Gosuslugi itself, in seconds: added by the trigger, not to renewed tokens. A browser that was signed in there
    /// comes through the pool without being asked for anything.
    gosuslugi_auth_time: Option<String>,
    /// Added by the pre-token-generation trigger; a token without it is of an account whom no trigger has seen.
    person: Option<PersonId>,
    #[serde(default)]
    roles: String,
}

/// A person with the session in which they came.
#[derive(Debug, Clone)]
pub struct Session {
    /// Who.
    pub actor: Actor,
    /// When they signed in, at Gosuslugi and here; unknown for a token that does not tell both.
    pub signed_in_at: Option<Timestamp>,
}

impl Session {
    /// So long after a sign-in it is the second factor of what must not be done with a session that was left open.
    const FRESH: SignedDuration = SignedDuration::from_mins(10);

    /// Whether the person has signed in just now.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        self.signed_in_at
            .is_some_and(|at| now.duration_since(at) <= Self::FRESH)
    }
}

/// What an id token says.
#[derive(Debug, Deserialize)]
struct IdClaims {
    token_use: String,
    aud: String,
    sub: String,
    exp: i64,
    nonce: Option<String>,
}

/// Verifies tokens. Keys are fetched once per environment, and again for an unknown key at most twice a minute.
#[derive(Debug)]
pub struct TokenVerifier {
    settings: SessionSettings,
    clock: Clock,
    http: reqwest::Client,
    keys: Mutex<Keys>,
}

#[derive(Debug, Default)]
struct Keys {
    by_id: HashMap<String, Arc<DecodingKey>>,
    fetched_at: Option<Timestamp>,
}

impl Keys {
    const BETWEEN_FETCHES: SignedDuration = SignedDuration::from_secs(30);

    fn may_fetch(&self, now: Timestamp) -> bool {
        self.fetched_at
            .is_none_or(|at| now.duration_since(at) >= Self::BETWEEN_FETCHES)
    }
}

impl TokenVerifier {
    /// A verifier that fetches keys when the first token comes.
    pub fn new(settings: SessionSettings, clock: Clock) -> Self {
        Self {
            settings,
            clock,
            http: reqwest::Client::new(),
            keys: Mutex::default(),
        }
    }

    /// A verifier that starts with the given keys.
    pub fn with_keys(settings: SessionSettings, clock: Clock, keys: &JwkSet) -> Self {
        let mut verifier = Self::new(settings, clock);
        verifier.keys = Mutex::new(Keys {
            by_id: by_id(keys),
            fetched_at: Some(clock.now()),
        });
        verifier
    }

    /// Who holds the token: signature (RS256), issuer, client, use and expiry agree.
    pub async fn verify(&self, token: &str) -> Result<Actor, TokenError> {
        self.verify_session(token).await.map(|session| session.actor)
    }

    /// Who holds the token, and since when: see [`TokenVerifier::verify`].
    pub async fn verify_session(&self, token: &str) -> Result<Session, TokenError> {
        self.access(token).await.map(|(session, _)| session)
    }

    /// Who has just signed in: besides the access token, the id token is for our client, carries the nonce of this very
    /// sign-in (OpenID Connect Core, 3.1.3.7) and is of the same account.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] whichever of these does not hold: none of them is for the browser to know.
    pub async fn verify_sign_in(&self, access: &str, id: &str, nonce: &str) -> Result<Session, TokenError> {
        let (session, account) = self.access(access).await?;
        let id: IdClaims = self.signed(id).await?;
        let agrees = id.token_use == "id"
            && id.aud == self.settings.client_id
            && id.nonce.as_deref() == Some(nonce)
            && id.sub == account
            && self.in_time(id.exp);
        if agrees {
            Ok(session)
        } else {
            Err(TokenError::Invalid)
        }
    }

    /// The session of an access token, and the account at the identity provider.
    async fn access(&self, token: &str) -> Result<(Session, String), TokenError> {
        let claims: Claims = self.signed(token).await?;
        let ours = claims.token_use == "access" && claims.client_id == self.settings.client_id;
        let (true, true, Some(person)) = (self.in_time(claims.exp), ours, claims.person) else {
            return Err(TokenError::Invalid);
        };
        let roles: RolesClaim = claims.roles.parse().map_err(|_| TokenError::Invalid)?;
        let session = Session {
            actor: Actor { person, roles },
            signed_in_at: signed_in_at(&claims),
        };
        Ok((session, claims.sub))
    }

    /// The claims of a token that the issuer signed. What they say is the caller's to judge.
    async fn signed<T: DeserializeOwned>(&self, token: &str) -> Result<T, TokenError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Invalid)?;
        if header.alg != Algorithm::RS256 {
            return Err(TokenError::Invalid);
        }
        let key = self.key(&header.kid.ok_or(TokenError::Invalid)?).await?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_required_spec_claims(&["exp", "iss"]);
        // Access tokens have no audience but a `client_id`; the expiry is held against our own clock. Both by the callers.
        validation.validate_aud = false;
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<T>(token, &key, &validation).map_err(|_| TokenError::Invalid)?;
        Ok(claims.claims)
    }

    fn in_time(&self, expiry: i64) -> bool {
        self.clock.now().as_second() < expiry
    }

    async fn key(&self, id: &str) -> Result<Arc<DecodingKey>, TokenError> {
        let mut keys = self.keys.lock().await;
        if let Some(key) = keys.by_id.get(id) {
            return Ok(Arc::clone(key));
        }
        let now = self.clock.now();
        if !keys.may_fetch(now) {
            return Err(TokenError::Invalid);
        }
        keys.fetched_at = Some(now);
        let fetched: JwkSet = self
            .http
            .get(&self.settings.jwks_url)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        keys.by_id = by_id(&fetched);
        keys.by_id.get(id).map(Arc::clone).ok_or(TokenError::Invalid)
    }
}

/// The earlier of both sign-ins: one through an open session at Gosuslugi keeps the moment of that session. A renewed token
/// tells none, and is never fresh.
fn signed_in_at(claims: &Claims) -> Option<Timestamp> {
    let here = claims.auth_time?;
    let there: i64 = claims.gosuslugi_auth_time.as_deref()?.parse().ok()?;
    Timestamp::from_second(here.min(there)).ok()
}

fn by_id(keys: &JwkSet) -> HashMap<String, Arc<DecodingKey>> {
    keys.keys
        .iter()
        .filter_map(|key| {
            Some((
                key.common.key_id.clone()?,
                Arc::new(DecodingKey::from_jwk(key).ok()?),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(here: Option<i64>, there: Option<&str>) -> Claims {
        Claims {
            token_use: "access".to_owned(),
            client_id: "client".to_owned(),
            sub: "account".to_owned(),
            exp: 0,
            auth_time: here,
            gosuslugi_auth_time: there.map(str::to_owned),
            person: None,
            roles: String::new(),
        }
    }

    #[test]
    fn a_sign_in_is_as_old_as_the_older_of_its_two_parts() {
        let at = |here, there| signed_in_at(&claims(here, there)).map(Timestamp::as_second);
        assert_eq!(
            at(Some(1_000), Some("400")),
            Some(400),
            "an open session at Gosuslugi"
        );
        assert_eq!(at(Some(400), Some("1000")), Some(400), "a renewed token");
        assert_eq!(at(Some(1_000), None), None);
        assert_eq!(at(None, Some("1000")), None);
        assert_eq!(at(Some(1_000), Some("soon")), None);
    }
}
