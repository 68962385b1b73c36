//! The seam to cryptography: a signer that is asked over HTTP.
//!
//! No maintained Rust crate signs by GOST R 34.10-2012, and in production a certified product must: it cannot be open
//! source. So the text goes by POST to a signer (CryptoPro DSS behind its adapter, a gateway's crypto module, or the local
//! stand-in with `openssl`), which answers the raw signature.

use super::UpstreamError;

/// In which order a signer writes the bytes of the raw signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByteOrder {
    /// As ESIA wants them.
    Straight,
    /// From the last to the first, as CryptoPro does.
    Reversed,
}

/// A signer behind an address.
#[derive(Debug, Clone)]
pub(crate) struct Signer {
    http: reqwest::Client,
    url: String,
    order: ByteOrder,
}

impl Signer {
    /// The longest raw signature that is believed: RSA-2048 of the development stand-in; GOST has 64 bytes.
    const LONGEST: usize = 256;

    /// A signer that answers at `url`.
    pub(crate) fn new(http: reqwest::Client, url: &str, order: ByteOrder) -> Self {
        Self {
            http,
            url: url.to_owned(),
            order,
        }
    }

    /// The raw signature of a text, in the order that ESIA wants.
    pub(crate) async fn sign(&self, text: String) -> Result<Vec<u8>, UpstreamError> {
        let request = self
            .http
            .post(&self.url)
            .header("content-type", "text/plain; charset=utf-8")
            .body(text);
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let signature = answer
            .map_err(UpstreamError::signer)?
            .bytes()
            .await
            .map_err(UpstreamError::signer)?;
        if !(64..=Self::LONGEST).contains(&signature.len()) {
            return Err(UpstreamError::Untrusted(
                "the signer's answer is not a raw signature",
            ));
        }
        Ok(ordered(signature.to_vec(), self.order))
    }
}

fn ordered(mut signature: Vec<u8>, order: ByteOrder) -> Vec<u8> {
    if order == ByteOrder::Reversed {
        signature.reverse();
    }
    signature
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reversed_signature_is_turned_round() {
        assert_eq!(ordered(vec![1, 2, 3], ByteOrder::Straight), [1, 2, 3]);
        assert_eq!(ordered(vec![1, 2, 3], ByteOrder::Reversed), [3, 2, 1]);
    }
}
