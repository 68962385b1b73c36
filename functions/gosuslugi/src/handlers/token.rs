//! `/token`: Cognito exchanges its code. One conditional delete and one signature.

use std::sync::Arc;

use axum::{
    Form, Json,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    App, TOKEN_LIFETIME,
    oauth::{NO_STORE, OauthError, Parameters},
    secrets::{digest, same},
    userinfo_token::UserInfoToken,
};

/// Claims of our id_token: a pseudonym and whether the account is confirmed, nothing else of the person.
#[derive(Serialize)]
struct IdClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    /// When the person signed in at Gosuslugi: not when they came back from there with an open session.
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    /// `true` or `false` as text, which is what an attribute of the pool holds. Always there: Cognito keeps the old value
    /// of a claim that is left out.
    trusted: &'a str,
}

/// Checks client and code and answers the tokens.
pub(crate) async fn token(
    State(app): State<Arc<App>>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Response, OauthError> {
    let Form(pairs) = form.map_err(|_| OauthError::InvalidRequest)?;
    let parameters = Parameters::collect(pairs).ok_or(OauthError::InvalidRequest)?;
    check_client(&app, &parameters)?;
    if parameters.get("grant_type").ok_or(OauthError::InvalidRequest)? != "authorization_code" {
        return Err(OauthError::UnsupportedGrantType);
    }
    let code = parameters.get("code").ok_or(OauthError::InvalidRequest)?;
    let redirect_uri = parameters.get("redirect_uri").ok_or(OauthError::InvalidRequest)?;
    let now = app.clock.now();
    let taken = app.store.take_code(&digest(code), now.as_second()).await;
    let issued = taken
        .map_err(|error| OauthError::unavailable(&error))?
        .ok_or(OauthError::InvalidGrant)?;
    if issued.client_id != app.settings.client_id || issued.redirect_uri != redirect_uri {
        return Err(OauthError::InvalidGrant);
    }
    let trusted = if issued.trusted { "true" } else { "false" };
    let claims = IdClaims {
        iss: &app.settings.issuer,
        sub: issued.subject.as_str(),
        aud: &app.settings.client_id,
        iat: now.as_second(),
        exp: (now + TOKEN_LIFETIME).as_second(),
        auth_time: issued.signed_in_at,
        nonce: issued.nonce.as_deref(),
        trusted,
    };
    let ring = app
        .keys
        .ring(now)
        .await
        .map_err(|error| OauthError::unavailable(&error))?;
    let id_token = ring
        .sign(&claims, now)
        .map_err(|error| OauthError::unavailable(&error))?;
    let access = UserInfoToken {
        sub: issued.subject.clone(),
        trusted: trusted.to_owned(),
        exp: claims.exp,
    };
    let access_token = app
        .secrets
        .seal(&access)
        .map_err(|error| OauthError::unavailable(&error))?;
    let answer = Json(json!({
        "id_token": id_token,
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": TOKEN_LIFETIME.as_secs(),
    }));
    Ok(([NO_STORE], answer).into_response())
}

/// Both comparisons are always made, so that the time does not tell which one failed.
fn check_client(app: &App, parameters: &Parameters) -> Result<(), OauthError> {
    let known = same(
        parameters.get("client_id").unwrap_or_default(),
        &app.settings.client_id,
    );
    let proven = same(
        parameters.get("client_secret").unwrap_or_default(),
        &app.settings.client_secret,
    );
    if known & proven {
        Ok(())
    } else {
        Err(OauthError::InvalidClient)
    }
}
