//! Versions over HTTP: `ETag` and `If-Match`.

use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, header, request::Parts},
};

use crate::Problem;

/// The version on which a change is based, from `If-Match: "7"`. Version 0 means "there is nothing yet".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedVersion(pub u64);

impl<S: Sync> FromRequestParts<S> for ExpectedVersion {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let header = parts
            .headers
            .get(header::IF_MATCH)
            .ok_or_else(Problem::precondition_required)?;
        header
            .to_str()
            .ok()
            .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok())
            .map(Self)
            .ok_or_else(|| Problem::invalid("if_match"))
    }
}

/// The `ETag` of a version.
pub fn etag(version: u64) -> (header::HeaderName, HeaderValue) {
    let value = HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""));
    (header::ETAG, value)
}
