//! `/userinfo`: the same two claims as in the id_token, for who asks for them here.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    App,
    oauth::{NO_STORE, OauthError},
    userinfo_token::UserInfoToken,
};

/// Answers the claims of the access token.
pub(crate) async fn userinfo(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, OauthError> {
    let value = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = value
        .and_then(|value| value.strip_prefix("Bearer "))
        .ok_or(OauthError::InvalidToken)?;
    let token: UserInfoToken = app.secrets.unseal(token).map_err(|_| OauthError::InvalidToken)?;
    if token.exp <= app.clock.now().as_second() {
        return Err(OauthError::InvalidToken);
    }
    Ok((
        [NO_STORE],
        Json(json!({ "sub": token.sub, "trusted": token.trusted })),
    )
        .into_response())
}
