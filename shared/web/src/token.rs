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
    /// Added by the pre-token-generation trigger; a token without it is of an account whom no trigger has seen.
    person: Option<PersonId>,
    #[serde(default)]
    roles: String,
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
        self.access(token).await.map(|(actor, _)| actor)
    }

    /// Who has just signed in: besides the access token, the id token is for our client, carries the nonce of this very
    /// sign-in (OpenID Connect Core, 3.1.3.7) and is of the same account.
    ///
    /// # Errors
    /// [`TokenError::Invalid`] whichever of these does not hold: none of them is for the browser to know.
    pub async fn verify_sign_in(&self, access: &str, id: &str, nonce: &str) -> Result<Actor, TokenError> {
        let (actor, account) = self.access(access).await?;
        let id: IdClaims = self.signed(id).await?;
        let agrees = id.token_use == "id"
            && id.aud == self.settings.client_id
            && id.nonce.as_deref() == Some(nonce)
            && id.sub == account
            && self.in_time(id.exp);
        if agrees {
            Ok(actor)
        } else {
            Err(TokenError::Invalid)
        }
    }

    /// The actor of an access token, and the account at the identity provider.
    async fn access(&self, token: &str) -> Result<(Actor, String), TokenError> {
        let claims: Claims = self.signed(token).await?;
        let ours = claims.token_use == "access" && claims.client_id == self.settings.client_id;
        let (true, true, Some(person)) = (self.in_time(claims.exp), ours, claims.person) else {
            return Err(TokenError::Invalid);
        };
        let roles: RolesClaim = claims.roles.parse().map_err(|_| TokenError::Invalid)?;
        Ok((Actor { person, roles }, claims.sub))
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
