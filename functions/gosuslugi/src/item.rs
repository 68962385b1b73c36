//! What the bridge keeps, and under which keys.

use model::Subject;
use serde::{Deserialize, Serialize};
use store::{Key, Record};
use uuid::Uuid;

/// A sign-in that waits for the browser to come back from Gosuslugi. It is used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PendingSignIn {
    /// The state that ESIA echoes.
    pub(crate) id: Uuid,
    /// Cognito's own state: a long opaque text.
    pub(crate) state: String,
    /// Cognito's nonce, to be echoed in the id_token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nonce: Option<String>,
    /// Where Cognito wants the code.
    pub(crate) redirect_uri: String,
    /// For which client.
    pub(crate) client_id: String,
    /// SHA-256 of the cookie of the browser that began, in base64url.
    pub(crate) browser: String,
    /// The earliest second at which the person may have signed in at Gosuslugi, where a new sign-in was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) not_before: Option<i64>,
    /// The second after which it counts no more.
    pub(crate) valid_until: i64,
}

impl PendingSignIn {
    /// Where a pending sign-in is kept.
    pub(crate) fn key_of(id: Uuid) -> Key {
        Key {
            pk: format!("SIGN-IN#{id}"),
            sk: "SIGN-IN".to_owned(),
        }
    }
}

impl Record for PendingSignIn {
    const ENTITY: &'static str = "pending sign-in";

    fn key(&self) -> Key {
        Self::key_of(self.id)
    }

    fn expires_at(&self) -> Option<i64> {
        Some(self.valid_until)
    }
}

/// What a code may be exchanged for. It is used once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IssuedCode {
    /// SHA-256 of the code in base64url: who reads the table cannot use it.
    pub(crate) digest: String,
    /// Who signed in.
    pub(crate) subject: Subject,
    /// Whether their account is confirmed.
    pub(crate) trusted: bool,
    /// Cognito's nonce.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nonce: Option<String>,
    /// For which client.
    pub(crate) client_id: String,
    /// For which address.
    pub(crate) redirect_uri: String,
    /// When the person signed in at Gosuslugi, in seconds, where Gosuslugi has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) signed_in_at: Option<i64>,
    /// The second after which it counts no more.
    pub(crate) valid_until: i64,
}

impl IssuedCode {
    /// Where a code of this digest is kept.
    pub(crate) fn key_of(digest: &str) -> Key {
        Key {
            pk: format!("CODE#{digest}"),
            sk: "CODE".to_owned(),
        }
    }
}

impl Record for IssuedCode {
    const ENTITY: &'static str = "code";

    fn key(&self) -> Key {
        Self::key_of(&self.digest)
    }

    fn expires_at(&self) -> Option<i64> {
        Some(self.valid_until)
    }
}

/// A signing key, its private half wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrappedKey {
    /// Counts the keys; two environments that rotate at once collide here, and one key comes of it.
    pub(crate) sequence: u32,
    /// The key's name in tokens and in the key set.
    pub(crate) kid: String,
    /// PKCS#8, encrypted: nonce, ciphertext and tag in base64url.
    pub(crate) wrapped: String,
    /// When it was made, in seconds.
    pub(crate) made_at: i64,
    /// From which second it signs; it is published before.
    pub(crate) signs_from: i64,
    /// The second after which it counts no more.
    pub(crate) valid_until: i64,
}

impl WrappedKey {
    /// The partition of all keys.
    pub(crate) const PARTITION: &'static str = "SIGNING-KEYS";
}

impl Record for WrappedKey {
    const ENTITY: &'static str = "signing key";

    fn key(&self) -> Key {
        Key {
            pk: Self::PARTITION.to_owned(),
            sk: format!("KEY#{:08}", self.sequence),
        }
    }

    fn expires_at(&self) -> Option<i64> {
        Some(self.valid_until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_their_sequence() {
        let key = |sequence| {
            let (kid, wrapped) = (String::new(), String::new());
            WrappedKey {
                sequence,
                kid,
                wrapped,
                made_at: 0,
                signs_from: 0,
                valid_until: 0,
            }
            .key()
        };
        assert_eq!(key(9).sk, "KEY#00000009");
        assert!(key(9) < key(10));
    }

    #[test]
    fn a_sign_in_and_a_code_are_kept_under_what_the_browser_brings() {
        assert_eq!(
            PendingSignIn::key_of(Uuid::nil()).pk,
            "SIGN-IN#00000000-0000-0000-0000-000000000000"
        );
        assert_eq!(IssuedCode::key_of("abc").pk, "CODE#abc");
    }
}
