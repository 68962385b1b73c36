//! The RSA key with which ESIA signs its tokens.

use std::{
    fs::File,
    io::{self, Write},
    path::Path,
};

use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize},
    signature::KeyPair as _,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde::{Serialize, de::DeserializeOwned};

/// Why a token key could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum TokenKeyError {
    /// The cryptographic library refused.
    #[error("the token key could not be made")]
    Generation,
    /// The PEM file does not hold an RSA key.
    #[error("the token key could not be read")]
    Malformed,
    /// The file could not be read or written.
    #[error("the token key's file could not be used")]
    Io(#[from] io::Error),
}

/// An RS256 key: PKCS#8 inside, public half for those who check tokens.
#[derive(Clone)]
pub struct TokenKey {
    signing: EncodingKey,
    checking: DecodingKey,
    private_pem: String,
    public_pem: String,
}

impl TokenKey {
    /// A new key of 2048 bits.
    pub fn generate() -> Result<Self, TokenKeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| TokenKeyError::Generation)?;
        let private = AsDer::<aws_lc_rs::encoding::Pkcs8V1Der<'_>>::as_der(&pair)
            .map_err(|_| TokenKeyError::Generation)?;
        let public = AsDer::<aws_lc_rs::encoding::PublicKeyX509Der<'_>>::as_der(pair.public_key())
            .map_err(|_| TokenKeyError::Generation)?;
        Self::from_pems(
            pem("PRIVATE KEY", private.as_ref()),
            pem("PUBLIC KEY", public.as_ref()),
        )
    }

    /// Reads the key from a folder, or makes it there: tokens stay valid when the simulator starts anew.
    pub fn load_or_create(folder: &Path) -> Result<Self, TokenKeyError> {
        let (private, public) = (
            folder.join("esia-token.key.pem"),
            folder.join("esia-token.pub.pem"),
        );
        if private.exists() && public.exists() {
            return Self::from_pems(
                std::fs::read_to_string(private)?,
                std::fs::read_to_string(public)?,
            );
        }
        let key = Self::generate()?;
        std::fs::create_dir_all(folder)?;
        private_file(&private)?.write_all(key.private_pem.as_bytes())?;
        std::fs::write(public, &key.public_pem)?;
        Ok(key)
    }

    fn from_pems(private_pem: String, public_pem: String) -> Result<Self, TokenKeyError> {
        Ok(Self {
            signing: EncodingKey::from_rsa_pem(private_pem.as_bytes())
                .map_err(|_| TokenKeyError::Malformed)?,
            checking: DecodingKey::from_rsa_pem(public_pem.as_bytes())
                .map_err(|_| TokenKeyError::Malformed)?,
            private_pem,
            public_pem,
        })
    }

    /// The public half as PEM: what a system's owner configures.
    pub fn public_pem(&self) -> &str {
        &self.public_pem
    }

    /// A signed token. ESIA's header names the kind of token (`sbt`) and no `kid`.
    pub(crate) fn sign(
        &self,
        sbt: &str,
        claims: &impl Serialize,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let mut header = Header::new(Algorithm::RS256);
        header.extras.insert("ver".to_owned(), 1);
        header.extras.insert("sbt".to_owned(), sbt);
        jsonwebtoken::encode(&header, claims, &self.signing)
    }

    /// The claims of a token signed by this key and not expired.
    pub(crate) fn check<T: DeserializeOwned + Clone>(&self, token: &str) -> Option<T> {
        let mut validation = jsonwebtoken::Validation::new(Algorithm::RS256);
        validation.leeway = 0;
        validation.validate_aud = false;
        validation.validate_nbf = true;
        jsonwebtoken::decode(token, &self.checking, &validation)
            .ok()
            .map(|data| data.claims)
    }
}

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(hidden)")
    }
}

/// A new file that only its owner reads.
fn private_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    format!(
        "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
        lines.join("\n")
    )
}
