//! Proof Key for Code Exchange (RFC 7636), method S256, and the unguessable values of a sign-in.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// An unguessable text: so many random bytes in base64url.
pub(crate) fn unguessable<const BYTES: usize>() -> String {
    let mut bytes = [0_u8; BYTES];
    rand::fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The challenge of a verifier: base64url of its SHA-256.
pub(crate) fn challenge(verifier: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_verifier_of_32_bytes_has_the_43_characters_that_the_rfc_asks_for() {
        let verifier = unguessable::<32>();
        assert_eq!(verifier.len(), 43);
        assert_ne!(verifier, unguessable::<32>());
    }
}
