//! The secret of a link, and the hash by which it is found.

use std::{fmt, str::FromStr};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use model::ParseError;
use serde_with::{DeserializeFromStr, SerializeDisplay};
use sha2::{Digest, Sha256};

/// What only the owner of a link knows: 160 random bits. Shown once, kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret([u8; 20]);

impl Secret {
    /// A new one.
    pub(crate) fn random() -> Self {
        let mut bytes = [0; 20];
        rand::fill(&mut bytes);
        Self(bytes)
    }

    /// The text that stands in the link.
    pub(crate) fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// By what the link is found. So many random bits cannot be guessed from their hash, salted or not.
    pub(crate) fn id(&self) -> FeedId {
        let digest = Sha256::digest(self.0);
        FeedId(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl FromStr for Secret {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("secret of a link");
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| error)?;
        bytes.try_into().map(Self).map_err(|_| error)
    }
}

/// The name of a link for its owner: the hash of its secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, SerializeDisplay, DeserializeFromStr)]
pub(crate) struct FeedId(String);

impl fmt::Display for FeedId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for FeedId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_hash.then(|| Self(text.to_owned())).ok_or(ParseError("link"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_secret_reads_back_and_its_hash_does_not_give_it_away() {
        let secret = Secret::random();
        assert_eq!(secret.text().parse(), Ok(secret.clone()));
        assert_eq!(secret.text().len(), 27);
        let id = secret.id().to_string();
        assert!(!id.contains(&secret.text()) && format!("{secret:?}") == "Secret");
        assert_eq!(id.parse(), Ok(secret.id()));
    }

    #[test]
    fn no_two_secrets_are_the_same() {
        let secrets: BTreeSet<String> = (0..100).map(|_| Secret::random().text()).collect();
        assert_eq!(secrets.len(), 100);
    }

    #[test]
    fn another_text_is_no_secret() {
        let text = Secret::random().text();
        for wrong in [
            "",
            "x",
            &text[1..],
            &format!("{text}A"),
            &format!("#{}", &text[1..]),
        ] {
            assert!(wrong.parse::<Secret>().is_err(), "{wrong}");
        }
        assert!("A".repeat(64).parse::<FeedId>().is_err());
    }
}
