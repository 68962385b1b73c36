//! What a relying party reads before anything else: our description and our keys.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{App, oauth::OauthError};

/// `/.well-known/openid-configuration`.
pub(crate) async fn configuration(State(app): State<Arc<App>>) -> Response {
    let issuer = &app.settings.issuer;
    let description = json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "jwks_uri": format!("{issuer}/jwks.json"),
        "end_session_endpoint": format!("{issuer}/logout"),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "scopes_supported": ["openid"],
        "claims_supported": ["iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "trusted"],
    });
    (
        [(header::CACHE_CONTROL, "public, max-age=3600")],
        Json(description),
    )
        .into_response()
}

/// `/jwks.json`: the keys that sign now, will sign, or have signed.
pub(crate) async fn keys(State(app): State<Arc<App>>) -> Result<Response, OauthError> {
    let ring = app
        .keys
        .ring(app.clock.now())
        .await
        .map_err(|error| OauthError::unavailable(&error))?;
    let keys = Json(json!({ "keys": ring.public() }));
    Ok(([(header::CACHE_CONTROL, "public, max-age=300")], keys).into_response())
}
