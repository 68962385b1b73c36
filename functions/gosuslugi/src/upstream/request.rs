//! What we send to ESIA: the signed text of each request and its parameters.

use base64::{Engine, engine::general_purpose::URL_SAFE};
use jiff::Timestamp;
use streebog::{Digest, Streebog256};
use uuid::Uuid;

/// A request that ESIA wants signed: authorization, or (with a code) the exchange.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedRequest<'a> {
    pub(crate) client_id: &'a str,
    pub(crate) scope: &'a str,
    pub(crate) redirect_uri: &'a str,
    /// Fresh for each request.
    pub(crate) state: Uuid,
    pub(crate) at: Timestamp,
    pub(crate) code: Option<&'a str>,
}

impl SignedRequest<'_> {
    /// The text to sign: client_id + scope + timestamp + state + redirect_uri (+ code), without separators.
    pub(crate) fn text(&self) -> String {
        let Self {
            client_id,
            scope,
            redirect_uri,
            state,
            ..
        } = self;
        let code = self.code.unwrap_or_default();
        format!(
            "{client_id}{scope}{}{state}{redirect_uri}{code}",
            timestamp(self.at)
        )
    }

    /// The parameters with the raw signature and the certificate's hash.
    pub(crate) fn parameters(&self, signature: &[u8], certificate_hash: &str) -> Vec<(&'static str, String)> {
        let mut parameters = vec![
            ("client_id", self.client_id.to_owned()),
            ("client_secret", URL_SAFE.encode(signature)),
            ("client_certificate_hash", certificate_hash.to_owned()),
            ("redirect_uri", self.redirect_uri.to_owned()),
            ("scope", self.scope.to_owned()),
            ("state", self.state.to_string()),
            ("timestamp", timestamp(self.at)),
        ];
        match self.code {
            Some(code) => parameters.extend([
                ("code", code.to_owned()),
                ("grant_type", "authorization_code".to_owned()),
                ("token_type", "Bearer".to_owned()),
            ]),
            None => {
                parameters.extend([
                    ("response_type", "code".to_owned()),
                    ("access_type", "online".to_owned()),
                ]);
            }
        }
        parameters
    }
}

/// `yyyy.MM.dd HH:mm:ss Z` in UTC: `2026.11.23 13:05:26 +0000`.
fn timestamp(at: Timestamp) -> String {
    at.strftime("%Y.%m.%d %H:%M:%S +0000").to_string()
}

/// `client_certificate_hash`: Streebog-256 of the certificate as DER (not of its PEM text), 64 hex digits.
pub(crate) fn certificate_hash(certificate: &[u8]) -> String {
    Streebog256::digest(certificate)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(code: Option<&str>) -> SignedRequest<'_> {
        SignedRequest {
            client_id: "MYSCHOOL",
            scope: "openid snils",
            redirect_uri: "https://school.example/gosuslugi/callback",
            state: Uuid::nil(),
            at: "2026-11-23T13:05:26Z".parse().expect("a time"),
            code,
        }
    }

    #[test]
    fn the_signed_text_of_an_authorization_has_the_fields_in_esias_order() {
        assert_eq!(
            request(None).text(),
            "MYSCHOOLopenid snils2026.11.23 13:05:26 +000000000000-0000-0000-0000-000000000000\
             https://school.example/gosuslugi/callback"
        );
    }

    #[test]
    fn the_signed_text_of_an_exchange_ends_with_the_code() {
        let text = request(Some("CODE")).text();
        assert_eq!(text, request(None).text() + "CODE");
    }

    #[test]
    fn a_signature_with_any_bytes_survives_the_address() {
        let parameters = request(None).parameters(&[0xff; 64], "00");
        let secret = &parameters
            .iter()
            .find(|(name, _)| *name == "client_secret")
            .expect("a secret")
            .1;
        assert!(
            secret
                .chars()
                .all(|symbol| symbol.is_ascii_alphanumeric() || "-_=".contains(symbol))
        );
    }

    #[test]
    fn the_plus_of_the_timestamp_is_encoded_in_an_address() {
        let pairs = request(None).parameters(&[1], "00");
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        assert!(query.contains("%2B0000"));
    }

    #[test]
    fn the_certificate_hash_is_streebog_256() {
        // GOST R 34.11-2012, example 1 (message M1), in the byte order that programs print.
        let message = b"012345678901234567890123456789012345678901234567890123456789012";
        assert_eq!(
            certificate_hash(message),
            "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"
        );
    }
}
