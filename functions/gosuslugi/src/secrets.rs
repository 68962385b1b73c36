//! Random values, digests and the keys derived from the bridge's secret.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hkdf, hmac,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

const NONCE_LENGTH: usize = 12;

/// A cryptographic operation failed; there is never more to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a cryptographic operation failed")]
pub(crate) struct CryptoError;

/// 256 random bits in base64url, 43 characters.
pub(crate) fn random_secret() -> Result<String, CryptoError> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| CryptoError)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// SHA-256 in base64url.
pub(crate) fn digest(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text))
}

/// Whether two secrets are the same, in a time that tells nothing of where they differ.
pub(crate) fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one).ct_eq(&Sha256::digest(other)).into()
}

/// Keys derived from the bridge's one secret, each for its purpose.
pub(crate) struct DerivedKeys {
    wrapping: RandomizedNonceKey,
    sealing: hmac::Key,
}

impl DerivedKeys {
    pub(crate) fn new(secret: &str) -> Result<Self, CryptoError> {
        let wrapping = RandomizedNonceKey::new(&AES_256_GCM, &derived(secret, "wrap signing keys")?);
        let sealing = hmac::Key::new(hmac::HMAC_SHA256, &derived(secret, "seal access tokens")?);
        Ok(Self {
            wrapping: wrapping.map_err(|_| CryptoError)?,
            sealing,
        })
    }

    /// Encrypts a text that belongs to a name; it opens under the same name only.
    pub(crate) fn wrap(&self, name: &str, secret: &[u8]) -> Result<String, CryptoError> {
        let mut text = secret.to_vec();
        let nonce = self
            .wrapping
            .seal_in_place_append_tag(Aad::from(name), &mut text)
            .map_err(|_| CryptoError)?;
        Ok(URL_SAFE_NO_PAD.encode([nonce.as_ref().as_slice(), &text].concat()))
    }

    /// Decrypts what [`Self::wrap`] made.
    pub(crate) fn unwrap(&self, name: &str, wrapped: &str) -> Result<Vec<u8>, CryptoError> {
        let bytes = URL_SAFE_NO_PAD.decode(wrapped).map_err(|_| CryptoError)?;
        let (nonce, text) = bytes.split_at_checked(NONCE_LENGTH).ok_or(CryptoError)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| CryptoError)?;
        let mut text = text.to_vec();
        let opened = self
            .wrapping
            .open_in_place(nonce, Aad::from(name), &mut text)
            .map_err(|_| CryptoError)?;
        Ok(opened.to_vec())
    }

    /// A token that only we can read back unchanged; it is not secret, only unforgeable.
    pub(crate) fn seal(&self, content: &impl Serialize) -> Result<String, CryptoError> {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(content).map_err(|_| CryptoError)?);
        let tag = URL_SAFE_NO_PAD.encode(hmac::sign(&self.sealing, body.as_bytes()));
        Ok(format!("{body}.{tag}"))
    }

    /// The content of a token that [`Self::seal`] made.
    pub(crate) fn unseal<T: DeserializeOwned>(&self, token: &str) -> Result<T, CryptoError> {
        let (body, tag) = token.split_once('.').ok_or(CryptoError)?;
        let tag = URL_SAFE_NO_PAD.decode(tag).map_err(|_| CryptoError)?;
        hmac::verify(&self.sealing, body.as_bytes(), &tag).map_err(|_| CryptoError)?;
        let body = URL_SAFE_NO_PAD.decode(body).map_err(|_| CryptoError)?;
        serde_json::from_slice(&body).map_err(|_| CryptoError)
    }
}

fn derived(secret: &str, purpose: &str) -> Result<[u8; 32], CryptoError> {
    let mut key = [0; 32];
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"my school bridge")
        .extract(secret.as_bytes())
        .expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256)
        .and_then(|material| material.fill(&mut key))
        .map_err(|_| CryptoError)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(secret: &str) -> DerivedKeys {
        DerivedKeys::new(secret).expect("keys")
    }

    #[test]
    fn a_wrapped_key_opens_under_its_own_name_and_secret_only() {
        let wrapped = keys("one").wrap("kid", b"private").expect("wrapped");
        assert_eq!(
            keys("one").unwrap("kid", &wrapped).as_deref(),
            Ok(&b"private"[..])
        );
        assert_eq!(keys("one").unwrap("other", &wrapped), Err(CryptoError));
        assert_eq!(keys("two").unwrap("kid", &wrapped), Err(CryptoError));
        assert_eq!(keys("one").unwrap("kid", "AAAA"), Err(CryptoError));
        assert_ne!(
            wrapped,
            keys("one").wrap("kid", b"private").expect("wrapped"),
            "each wrapping has its own nonce"
        );
    }

    #[test]
    fn a_sealed_token_cannot_be_changed() {
        let sealed = keys("one").seal(&"content").expect("sealed");
        assert_eq!(keys("one").unseal::<String>(&sealed).as_deref(), Ok("content"));
        assert_eq!(keys("two").unseal::<String>(&sealed), Err(CryptoError));
        let (_, tag) = sealed.split_once('.').expect("two parts");
        let forged = format!("{}.{tag}", URL_SAFE_NO_PAD.encode("\"other\""));
        assert_eq!(keys("one").unseal::<String>(&forged), Err(CryptoError));
        assert_eq!(keys("one").unseal::<String>("nothing"), Err(CryptoError));
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(same("secret", "secret"));
        assert!(!same("secret", "secre") && !same("secret", "secret "));
    }

    #[test]
    fn random_secrets_are_long_and_differ() {
        let (one, other) = (random_secret().expect("random"), random_secret().expect("random"));
        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
    }
}
