//! OAuth's own way of answering: what Cognito, and not a person, reads.

use std::collections::HashMap;

use axum::{
    Json,
    http::{HeaderName, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

/// Nothing of a sign-in may be kept on the way.
pub(crate) const NO_STORE: (HeaderName, &str) = (header::CACHE_CONTROL, "no-store");

/// A refusal towards Cognito (RFC 6749, section 5.2; RFC 6750 for userinfo).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OauthError {
    /// A parameter is missing or repeated.
    InvalidRequest,
    /// Unknown client or wrong secret.
    InvalidClient,
    /// The code is wrong, used, expired or another's.
    InvalidGrant,
    /// Another grant than a code.
    UnsupportedGrantType,
    /// The access token is wrong or expired.
    InvalidToken,
    /// Our own failure.
    TemporarilyUnavailable,
}

impl OauthError {
    fn parts(self) -> (StatusCode, &'static str) {
        match self {
            Self::InvalidRequest => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::InvalidClient => (StatusCode::UNAUTHORIZED, "invalid_client"),
            Self::InvalidGrant => (StatusCode::BAD_REQUEST, "invalid_grant"),
            Self::UnsupportedGrantType => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
            Self::InvalidToken => (StatusCode::UNAUTHORIZED, "invalid_token"),
            Self::TemporarilyUnavailable => (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable"),
        }
    }

    /// Our own failure, with its cause in the log.
    pub(crate) fn unavailable(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(cause, "the bridge failed");
        Self::TemporarilyUnavailable
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        let (status, error) = self.parts();
        let answer = (status, [NO_STORE], Json(json!({ "error": error })));
        match self {
            Self::InvalidToken => (
                [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")],
                answer,
            )
                .into_response(),
            _ => answer.into_response(),
        }
    }
}

/// Parameters by name. OAuth forbids repeating one: two readers could choose differently.
#[derive(Debug)]
pub(crate) struct Parameters(HashMap<String, String>);

impl Parameters {
    /// Refuses a repeated parameter.
    pub(crate) fn collect(pairs: Vec<(String, String)>) -> Option<Self> {
        let count = pairs.len();
        let parameters: HashMap<_, _> = pairs.into_iter().collect();
        (parameters.len() == count).then_some(Self(parameters))
    }

    /// A parameter that is there and not empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }
}

/// An address with parameters added to whatever it has.
pub(crate) fn with_query(address: &str, pairs: &[(&str, &str)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{query}")
}
