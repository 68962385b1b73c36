//! Renewal of a session without the person noticing.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use web::{NewTokens, Problem, Query, TokenError};

use super::Wanted;
use crate::{
    App,
    provider::{Grant, GrantError},
    session::{self, NO_STORE},
};

/// Renews the session and goes to the page asked for; without a session that can be renewed, to the sign-in page.
pub(crate) async fn renew_and_return(
    State(app): State<Arc<App>>,
    Query(wanted): Query<Wanted>,
    new_tokens: NewTokens,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let return_to = wanted.page();
    let (jar, next) = match renewed(&app, &new_tokens, &jar).await? {
        Some(grant) => (session::go_on(jar, &grant), return_to.to_string()),
        None => (session::end(jar), return_to.carried_by("/")),
    };
    Ok(([NO_STORE], jar, web::see_other(&next)).into_response())
}

/// Renews the session for a script, which then repeats its request.
pub(crate) async fn renew(
    State(app): State<Arc<App>>,
    new_tokens: NewTokens,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let grant = renewed(&app, &new_tokens, &jar)
        .await?
        .ok_or_else(Problem::unauthenticated)?;
    Ok(([NO_STORE], session::go_on(jar, &grant), StatusCode::NO_CONTENT).into_response())
}

/// A new session for the browser's refresh token. Only one that opens pages counts: a page that refuses the session would
/// send the browser here again, and so in a circle.
async fn renewed(app: &App, new_tokens: &NewTokens, jar: &CookieJar) -> Result<Option<Grant>, Problem> {
    let Some(token) = session::refresh_token(jar) else {
        return Ok(None);
    };
    let grant = match app.provider.renew(&token).await {
        Ok(grant) => grant,
        Err(GrantError::Refused(_)) => return Ok(None),
        Err(error) => return Err(Problem::unavailable(error)),
    };
    match new_tokens.verifier().verify(&grant.access_token).await {
        Ok(_) => Ok(Some(grant)),
        Err(TokenError::Invalid) => {
            tracing::warn!("a renewed token opens nothing");
            Ok(None)
        }
        Err(error @ TokenError::Keys(_)) => Err(Problem::unavailable(error)),
    }
}
