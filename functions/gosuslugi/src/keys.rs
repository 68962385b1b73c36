//! The RS256 keys that sign our id_tokens. They rotate by themselves: nobody has to remember them.
//!
//! A key is made when there is none or the newest is 30 days old; it is published a day before it signs, and stays in the
//! key set for 45 days, so that it outlives every token that it signed.

use std::sync::Arc;

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rsa::{KeyPair, KeySize},
    signature::KeyPair as _,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::StoreError;
use tokio::sync::Mutex;

use crate::{
    item::WrappedKey,
    pem::pem,
    secrets::{CryptoError, DerivedKeys},
    store::BridgeStore,
};

/// After how long a new key is made.
const ROTATION: SignedDuration = SignedDuration::from_hours(30 * 24);
/// How long a key is in the key set before it signs: whoever caches the set has it by then.
const NOTICE: SignedDuration = SignedDuration::from_hours(24);
/// How long a key stays in the key set.
const LIFETIME: SignedDuration = SignedDuration::from_hours(45 * 24);
/// How long an environment believes what it has read.
const CACHED: SignedDuration = SignedDuration::from_mins(5);

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysError {
    /// The table failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Cryptography failed.
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    /// Two environments have outrun this one again and again.
    #[error("no signing key could be agreed on")]
    Disagreement,
}

/// A public key as the key set publishes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PublicJwk {
    kty: &'static str,
    #[serde(rename = "use")]
    purpose: &'static str,
    alg: &'static str,
    kid: String,
    n: String,
    e: String,
}

struct SigningKey {
    kid: String,
    signing: EncodingKey,
    public: PublicJwk,
    signs_from: i64,
    valid_until: i64,
}

/// The keys of this moment, oldest first.
pub(crate) struct KeyRing {
    keys: Vec<SigningKey>,
    read_at: Timestamp,
}

impl KeyRing {
    /// The public keys.
    pub(crate) fn public(&self) -> Vec<PublicJwk> {
        self.keys.iter().map(|key| key.public.clone()).collect()
    }

    /// A token of these claims, signed by the newest key whose time has come.
    pub(crate) fn sign(&self, claims: &impl Serialize, now: Timestamp) -> Result<String, CryptoError> {
        let now = now.as_second();
        let live = || self.keys.iter().rev().filter(|key| key.valid_until > now);
        let key = live()
            .find(|key| key.signs_from <= now)
            .or_else(|| live().next())
            .ok_or(CryptoError)?;
        let mut header = Header::new(Algorithm::RS256);
        header.kid = Some(key.kid.clone());
        jsonwebtoken::encode(&header, claims, &key.signing).map_err(|_| CryptoError)
    }
}

/// The signing keys, read from the table and kept for a few minutes.
pub(crate) struct SigningKeys {
    store: BridgeStore,
    secrets: Arc<DerivedKeys>,
    cached: Mutex<Option<Arc<KeyRing>>>,
}

impl SigningKeys {
    pub(crate) fn new(store: BridgeStore, secrets: Arc<DerivedKeys>) -> Self {
        Self {
            store,
            secrets,
            cached: Mutex::new(None),
        }
    }

    /// The keys of this moment; makes one where it is due. 1 query every five minutes, 1 write a month.
    pub(crate) async fn ring(&self, now: Timestamp) -> Result<Arc<KeyRing>, KeysError> {
        let mut cached = self.cached.lock().await;
        if let Some(ring) = cached
            .as_ref()
            .filter(|ring| now.duration_since(ring.read_at).abs() < CACHED)
        {
            return Ok(Arc::clone(ring));
        }
        let ring = Arc::new(self.read_or_rotate(now).await?);
        *cached = Some(Arc::clone(&ring));
        Ok(ring)
    }

    async fn read_or_rotate(&self, now: Timestamp) -> Result<KeyRing, KeysError> {
        for _ in 0..3 {
            let wrapped = self.store.signing_keys().await?;
            let keys: Vec<(i64, SigningKey)> = wrapped
                .iter()
                .filter(|key| key.valid_until > now.as_second())
                // A key under a former secret cannot be used any more; a new one takes its place.
                .filter_map(|key| self.opened(key).ok().map(|opened| (key.made_at, opened)))
                .collect();
            let newest = keys.iter().map(|(made_at, _)| *made_at).max();
            if newest.is_some_and(|made_at| now.as_second() - made_at < ROTATION.as_secs()) {
                return Ok(KeyRing {
                    keys: keys.into_iter().map(|(_, key)| key).collect(),
                    read_at: now,
                });
            }
            let sequence = wrapped.iter().map(|key| key.sequence).max().unwrap_or_default() + 1;
            let signs_from = if newest.is_some() { now + NOTICE } else { now };
            match self
                .store
                .add_signing_key(self.made(sequence, now, signs_from).await?)
                .await
            {
                Ok(()) => tracing::info!(sequence, "made a signing key"),
                // Another environment was first: its key is as good.
                Err(StoreError::Conflict(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(KeysError::Disagreement)
    }

    async fn made(
        &self,
        sequence: u32,
        now: Timestamp,
        signs_from: Timestamp,
    ) -> Result<WrappedKey, CryptoError> {
        // Half a second of arithmetic must not hold up the other requests of this environment.
        let made = tokio::task::spawn_blocking(|| KeyPair::generate(KeySize::Rsa2048)).await;
        let pair = made.map_err(|_| CryptoError)?.map_err(|_| CryptoError)?;
        let private = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).map_err(|_| CryptoError)?;
        let kid = kid_of(&pair)?;
        Ok(WrappedKey {
            sequence,
            wrapped: self.secrets.wrap(&kid, private.as_ref())?,
            kid,
            made_at: now.as_second(),
            signs_from: signs_from.as_second(),
            valid_until: (now + LIFETIME).as_second(),
        })
    }

    fn opened(&self, key: &WrappedKey) -> Result<SigningKey, CryptoError> {
        let der = self.secrets.unwrap(&key.kid, &key.wrapped)?;
        let pair = KeyPair::from_pkcs8(&der).map_err(|_| CryptoError)?;
        let number = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let public = PublicJwk {
            kty: "RSA",
            purpose: "sig",
            alg: "RS256",
            kid: key.kid.clone(),
            n: number(pair.public_key().modulus().big_endian_without_leading_zero()),
            e: number(pair.public_key().exponent().big_endian_without_leading_zero()),
        };
        let signing =
            EncodingKey::from_rsa_pem(pem("PRIVATE KEY", &der).as_bytes()).map_err(|_| CryptoError)?;
        let (signs_from, valid_until) = (key.signs_from, key.valid_until);
        Ok(SigningKey {
            kid: key.kid.clone(),
            signing,
            public,
            signs_from,
            valid_until,
        })
    }
}

/// The first 128 bits of SHA-256 of the public key.
fn kid_of(pair: &KeyPair) -> Result<String, CryptoError> {
    let public = AsDer::<PublicKeyX509Der<'_>>::as_der(pair.public_key()).map_err(|_| CryptoError)?;
    Ok(URL_SAFE_NO_PAD.encode(&Sha256::digest(public.as_ref())[..16]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use testkit::TestDatabase;

    use super::*;

    fn start() -> Timestamp {
        "2026-11-23T13:05:26Z".parse().expect("a time")
    }

    fn kid_of_token(ring: &KeyRing, now: Timestamp) -> String {
        let token = ring.sign(&json!({ "sub": "someone" }), now).expect("a token");
        jsonwebtoken::decode_header(token)
            .expect("a header")
            .kid
            .expect("a kid")
    }

    async fn ring(database: &TestDatabase, now: Timestamp) -> Arc<KeyRing> {
        let store = BridgeStore::new(store::Table::new(database.client().clone(), "gosuslugi"));
        let secrets = Arc::new(DerivedKeys::new("a secret").expect("keys"));
        SigningKeys::new(store, secrets).ring(now).await.expect("a ring")
    }

    #[tokio::test]
    async fn a_new_key_is_published_a_day_before_it_signs() {
        let database = TestDatabase::start().await;
        database.table("gosuslugi").await;
        let first = kid_of_token(&*ring(&database, start()).await, start());
        let month = start() + ROTATION;
        let both = ring(&database, month).await;
        assert_eq!(both.public().len(), 2);
        assert_eq!(
            kid_of_token(&both, month),
            first,
            "the former key signs while the new one becomes known"
        );
        let day_after = month + NOTICE;
        let second = kid_of_token(&*ring(&database, day_after).await, day_after);
        assert_ne!(second, first);
        assert!(
            both.public().iter().any(|key| key.kid == second),
            "it was published the day before"
        );
    }

    #[tokio::test]
    async fn after_a_long_rest_a_new_key_signs_at_once() {
        let database = TestDatabase::start().await;
        database.table("gosuslugi").await;
        let first = kid_of_token(&*ring(&database, start()).await, start());
        let late = start() + LIFETIME + NOTICE;
        let rested = ring(&database, late).await;
        assert_eq!(rested.public().len(), 1);
        assert_ne!(kid_of_token(&rested, late), first);
    }
}
