//! The key pair and certificate with which an information system signs its requests to ESIA, and the service that signs.
//!
//! In production both live in certified cryptography behind a remote signer; this is what stands in for it on a
//! developer's machine, speaking the same protocol: text in the body of a POST, raw signature bytes in the answer.

use std::{path::Path, path::PathBuf, sync::Arc};

use axum::{
    Router, body::Bytes, extract::State, http::StatusCode, http::header, response::IntoResponse,
    routing::post,
};
use streebog::{Digest, Streebog256};

use crate::openssl::{OpenSsl, OpenSslError, SignatureKind};

/// A system's key pair and certificate, kept as files.
#[derive(Debug, Clone)]
pub struct Credentials {
    openssl: OpenSsl,
    kind: SignatureKind,
    key: PathBuf,
    certificate: Vec<u8>,
}

impl Credentials {
    /// Reads the pair of this kind from `folder`, or makes it there.
    pub async fn load_or_create(
        openssl: OpenSsl,
        kind: SignatureKind,
        folder: &Path,
    ) -> Result<Self, OpenSslError> {
        let name = match kind {
            SignatureKind::Gost => "gost",
            SignatureKind::RsaStandIn => "rsa",
        };
        let (key, certificate) = (
            folder.join(format!("{name}.key.pem")),
            folder.join(format!("{name}.cer")),
        );
        if !certificate.exists() || !key.exists() {
            tokio::fs::create_dir_all(folder).await?;
            openssl.create_pair(kind, "My School", &key, &certificate).await?;
        }
        let certificate = tokio::fs::read(&certificate).await?;
        Ok(Self {
            openssl,
            kind,
            key,
            certificate,
        })
    }

    /// The algorithm of the key.
    pub fn kind(&self) -> SignatureKind {
        self.kind
    }

    /// The certificate as DER.
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// The raw signature of a text.
    pub async fn sign(&self, text: &[u8]) -> Result<Vec<u8>, OpenSslError> {
        self.openssl.sign(self.kind, &self.key, text).await
    }
}

/// `client_certificate_hash`: Streebog-256 of the DER certificate, 64 hex digits.
pub fn certificate_hash(certificate: &[u8]) -> String {
    Streebog256::digest(certificate)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The local signer: `POST /sign` with a text answers its raw signature. It asks for no credentials: bind it to loopback.
pub fn signer(credentials: Credentials) -> Router {
    Router::new()
        .route("/sign", post(sign))
        .with_state(Arc::new(credentials))
}

async fn sign(State(credentials): State<Arc<Credentials>>, text: Bytes) -> impl IntoResponse {
    match credentials.sign(&text).await {
        Ok(signature) => ([(header::CONTENT_TYPE, "application/octet-stream")], signature).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
