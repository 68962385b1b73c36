//! GOST signatures through the `openssl` program.
//!
//! No maintained Rust crate signs by GOST R 34.10-2012, so the program and its `gost` engine (Debian's
//! `libengine-gost-openssl`) do it in a process of their own. Where the engine is missing an RSA stand-in keeps development
//! possible: the same commands with another digest. Neither is certified cryptography: that cannot be open source, and
//! production signs through a certified signer instead.

use std::{
    path::{Path, PathBuf},
    process::{Output, Stdio},
};

use tokio::{fs, io::AsyncWriteExt, process::Command};

/// By which algorithm a system signs its requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureKind {
    /// GOST R 34.10-2012 with a 256-bit key over Streebog-256: a raw signature of 64 bytes.
    Gost,
    /// RSA-2048 with SHA-256: for machines without the engine, in development only.
    RsaStandIn,
}

impl SignatureKind {
    /// Length of a raw signature in bytes.
    pub fn signature_length(self) -> usize {
        match self {
            Self::Gost => 64,
            Self::RsaStandIn => 256,
        }
    }

    fn engine(self) -> &'static [&'static str] {
        match self {
            Self::Gost => &["-engine", "gost"],
            Self::RsaStandIn => &[],
        }
    }

    fn digest(self) -> &'static str {
        match self {
            Self::Gost => "-md_gost12_256",
            Self::RsaStandIn => "-sha256",
        }
    }

    fn new_key(self) -> &'static [&'static str] {
        match self {
            Self::Gost => &["-newkey", "gost2012_256", "-pkeyopt", "paramset:A"],
            Self::RsaStandIn => &["-newkey", "rsa:2048"],
        }
    }
}

/// Why `openssl` gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum OpenSslError {
    /// The program or a file could not be used.
    #[error("openssl could not be run")]
    Io(#[from] std::io::Error),
    /// The program refused; the text is its own complaint, which names files and algorithms, never keys.
    #[error("openssl failed: {0}")]
    Failed(String),
}

/// The `openssl` program.
#[derive(Debug, Clone)]
pub struct OpenSsl {
    program: PathBuf,
}

impl Default for OpenSsl {
    fn default() -> Self {
        Self::at("openssl")
    }
}

impl OpenSsl {
    /// The program at a path, or by the name under which it is on `PATH`.
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
        }
    }

    /// GOST where the engine works, else the RSA stand-in.
    pub async fn best_kind(&self) -> SignatureKind {
        let arguments = ["dgst", "-engine", "gost", "-md_gost12_256"];
        match self.run(&arguments, b"").await {
            Ok(output) if output.status.success() => SignatureKind::Gost,
            _ => SignatureKind::RsaStandIn,
        }
    }

    /// The raw signature of `text` by the private key in a PEM file.
    pub async fn sign(&self, kind: SignatureKind, key: &Path, text: &[u8]) -> Result<Vec<u8>, OpenSslError> {
        let key = key.to_string_lossy();
        let arguments = [&["dgst"], kind.engine(), &[kind.digest(), "-sign", &key]].concat();
        succeeded(self.run(&arguments, text).await?)
    }

    /// Whether `signature` is the raw signature of `text` under the public key given as PEM.
    pub async fn verify(
        &self,
        kind: SignatureKind,
        public_key: &[u8],
        text: &[u8],
        signature: &[u8],
    ) -> Result<bool, OpenSslError> {
        if signature.len() != kind.signature_length() {
            return Ok(false);
        }
        let folder = tempfile::tempdir()?;
        let (key_file, signature_file) = (folder.path().join("key.pem"), folder.path().join("signature"));
        fs::write(&key_file, public_key).await?;
        fs::write(&signature_file, signature).await?;
        let (key, signature) = (key_file.to_string_lossy(), signature_file.to_string_lossy());
        let arguments = [
            &["dgst"],
            kind.engine(),
            &[kind.digest(), "-verify", &key, "-signature", &signature],
        ]
        .concat();
        let output = self.run(&arguments, text).await?;
        let said =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let said = said.to_lowercase();
        if output.status.success() && said.contains("verified ok") {
            Ok(true)
        } else if said.contains("verification failure") || said.contains("error verifying data") {
            Ok(false)
        } else {
            Err(OpenSslError::Failed(said))
        }
    }

    /// The public key, as PEM, of a certificate given as DER.
    pub async fn public_key(&self, kind: SignatureKind, certificate: &[u8]) -> Result<Vec<u8>, OpenSslError> {
        let arguments = [&["x509"], kind.engine(), &["-inform", "DER", "-noout", "-pubkey"]].concat();
        succeeded(self.run(&arguments, certificate).await?)
    }

    /// Makes a key pair and a certificate that it signs itself, valid for ten years: the key as PEM in `key`, the
    /// certificate as DER in `certificate`.
    pub async fn create_pair(
        &self,
        kind: SignatureKind,
        common_name: &str,
        key: &Path,
        certificate: &Path,
    ) -> Result<(), OpenSslError> {
        let (key, certificate) = (key.to_string_lossy(), certificate.to_string_lossy());
        let subject = format!("/CN={common_name}");
        let arguments = [
            &[
                "req",
                "-x509",
                "-nodes",
                "-days",
                "3650",
                "-outform",
                "DER",
                kind.digest(),
            ],
            kind.engine(),
            kind.new_key(),
            &["-subj", &subject, "-keyout", &key, "-out", &certificate],
        ]
        .concat();
        succeeded(self.run(&arguments, b"").await?).map(|_| ())
    }

    async fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Output, OpenSslError> {
        let mut child = Command::new(&self.program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // A program that ends before it has read everything says why in its own words, which are worth more than a broken pipe.
            let _ = stdin.write_all(input).await;
        }
        Ok(child.wait_with_output().await?)
    }
}

fn succeeded(output: Output) -> Result<Vec<u8>, OpenSslError> {
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(OpenSslError::Failed(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ))
    }
}
