//! Gosuslugi's side: the seam behind which the rest of the bridge does not know how ESIA is reached.

mod esia;
mod gateway;
mod person;
mod request;
mod signer;
mod token;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use uuid::Uuid;

pub(crate) use esia::{Esia, EsiaSettings};
pub(crate) use gateway::{Gateway, GatewaySettings};
pub(crate) use person::Account;
pub(crate) use request::certificate_hash;
pub(crate) use signer::{ByteOrder, Signer};
pub(crate) use token::TokenChecks;

/// How ESIA is reached.
#[derive(Clone)]
pub(crate) enum Upstream {
    /// By its own protocol, with a signer beside us.
    Esia(Esia),
    /// Through a gateway that speaks plain OAuth 2.
    Gateway(Gateway),
}

/// Why a sign-in at Gosuslugi did not come about. None of the texts holds anything personal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpstreamError {
    /// ESIA (or the gateway) did not answer or answered nonsense. The address is left out: it may hold an account's id.
    #[error("gosuslugi did not answer as agreed")]
    Unreachable(#[source] reqwest::Error),
    /// The signer did not answer.
    #[error("the signer did not answer")]
    Signer(#[source] reqwest::Error),
    /// ESIA refused the exchange, with its code where it gave one.
    #[error("gosuslugi refused the exchange: {0}")]
    Refused(String),
    /// An answer that cannot be believed.
    #[error("{0}")]
    Untrusted(&'static str),
    /// The account is not confirmed, so that we do not learn whose it is.
    #[error("the account is not confirmed")]
    Unconfirmed,
}

impl UpstreamError {
    fn unreachable(error: reqwest::Error) -> Self {
        Self::Unreachable(error.without_url())
    }

    fn signer(error: reqwest::Error) -> Self {
        Self::Signer(error.without_url())
    }

    fn refused(description: Option<&str>) -> Self {
        Self::Refused(
            description
                .and_then(esia_code)
                .unwrap_or("without a code")
                .to_owned(),
        )
    }
}

/// `ESIA-007015` at the beginning of a description; the rest of the text is not repeated anywhere.
pub(crate) fn esia_code(description: &str) -> Option<&str> {
    let code = description.get(..11)?;
    let digits = code.strip_prefix("ESIA-")?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(code)
}

/// A successful answer's JSON. What a parser complains of may quote the answer, and so the person: it is not repeated.
async fn json_of<T: DeserializeOwned>(answer: reqwest::Response) -> Result<T, UpstreamError> {
    let answer = answer.error_for_status().map_err(UpstreamError::unreachable)?;
    let body = answer.bytes().await.map_err(UpstreamError::unreachable)?;
    serde_json::from_slice(&body)
        .map_err(|_| UpstreamError::Untrusted("an answer of gosuslugi cannot be read"))
}

impl Upstream {
    /// Where to send the browser for a sign-in under this state; of the two ways only a gateway can be told there that an
    /// open session will not do.
    pub(crate) async fn authorize_url(
        &self,
        state: Uuid,
        now: Timestamp,
        is_anew: bool,
    ) -> Result<String, UpstreamError> {
        match self {
            Self::Esia(esia) => esia.authorize_url(state, now).await,
            Self::Gateway(gateway) => Ok(gateway.authorize_url(state, is_anew)),
        }
    }

    /// Where to send the browser first if the person has to sign in anew, to come back to `back`. ESIA's protocol has no
    /// parameter for it: the session is ended by its own sign-out, after which it has to ask.
    pub(crate) fn forgetting_url(&self, back: &str) -> Option<String> {
        match self {
            Self::Esia(esia) => Some(esia.logout_url(back)),
            Self::Gateway(_) => None,
        }
    }

    /// Who signed in, for the code that came back.
    pub(crate) async fn account(&self, code: &str, now: Timestamp) -> Result<Account, UpstreamError> {
        match self {
            Self::Esia(esia) => esia.account(code, now).await,
            Self::Gateway(gateway) => gateway.account(code).await,
        }
    }

    /// Where the browser leaves Gosuslugi, to come back to `back`.
    pub(crate) fn logout_url(&self, back: &str) -> String {
        match self {
            Self::Esia(esia) => esia.logout_url(back),
            Self::Gateway(gateway) => gateway.logout_url(back),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_esias_own_code_is_taken_from_a_description() {
        assert_eq!(
            esia_code("ESIA-007055: неподтверждённая запись"),
            Some("ESIA-007055")
        );
        assert_eq!(esia_code("ESIA-00705X: "), None);
        assert_eq!(esia_code("Орлова Анна Сергеевна"), None);
        assert_eq!(esia_code(""), None);
    }
}
