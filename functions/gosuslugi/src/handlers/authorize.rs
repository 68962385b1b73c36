//! `/authorize`: Cognito sends a person to sign in; we send them on to Gosuslugi.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use uuid::Uuid;
use web::{Problem, Query, cookies};

use crate::{
    App, BROWSER_COOKIE, SIGN_IN_LIFETIME,
    item::PendingSignIn,
    oauth::{NO_STORE, Parameters, with_query},
    secrets::{digest, random_secret},
};

/// The longest state and nonce that are kept, in bytes; Cognito's own states have about 1,500.
const LONGEST_STATE: usize = 8 * 1024;
/// Length of a cookie that we made.
const COOKIE_LENGTH: usize = 43;

/// Keeps Cognito's request, ties it to the browser and goes to Gosuslugi.
///
/// Nobody is sent to an address that is not Cognito's own: a request of another client or for another address gets a page.
pub(crate) async fn authorize(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let parameters = Parameters::collect(pairs).ok_or_else(unknown_request)?;
    let known_client = parameters.get("client_id") == Some(&app.settings.client_id);
    let known_address = parameters.get("redirect_uri") == Some(&app.settings.redirect_uri);
    if !known_client || !known_address {
        return Err(unknown_request());
    }
    let state = parameters
        .get("state")
        .filter(|state| state.len() <= LONGEST_STATE);
    if let Err(error) = check(&parameters) {
        return Ok(refused(&app, error, state));
    }
    let (now, id) = (app.clock.now(), Uuid::new_v4());
    let browser = browser_of(&headers)
        .map_or_else(random_secret, Ok)
        .map_err(Problem::unavailable)?;
    let pending = PendingSignIn {
        id,
        state: state.unwrap_or_default().to_owned(),
        nonce: parameters.get("nonce").map(str::to_owned),
        redirect_uri: app.settings.redirect_uri.clone(),
        client_id: app.settings.client_id.clone(),
        browser: digest(&browser),
        valid_until: (now + SIGN_IN_LIFETIME).as_second(),
    };
    let (kept, url) = tokio::join!(app.store.begin(pending), app.upstream.authorize_url(id, now));
    kept?;
    let url = url.map_err(Problem::unavailable)?;
    let cookie = cookies::host(BROWSER_COOKIE, browser, SIGN_IN_LIFETIME.as_secs()).to_string();
    Ok(([NO_STORE, (header::SET_COOKIE, &cookie)], web::see_other(&url)).into_response())
}

fn check(parameters: &Parameters) -> Result<(), &'static str> {
    let has_openid = parameters
        .get("scope")
        .is_some_and(|scope| scope.split(' ').any(|scope| scope == "openid"));
    let fits = |name| {
        parameters
            .get(name)
            .is_none_or(|value| value.len() <= LONGEST_STATE)
    };
    if parameters.get("response_type").is_none()
        || parameters.get("state").is_none()
        || !fits("state")
        || !fits("nonce")
    {
        Err("invalid_request")
    } else if parameters.get("response_type") != Some("code") {
        Err("unsupported_response_type")
    } else if !has_openid {
        Err("invalid_scope")
    } else {
        Ok(())
    }
}

/// The browser's cookie of an earlier sign-in: kept, so that two tabs do not shut each other out.
fn browser_of(headers: &HeaderMap) -> Option<String> {
    cookies::read(headers, BROWSER_COOKIE).filter(|value| value.len() == COOKIE_LENGTH)
}

fn refused(app: &App, error: &str, state: Option<&str>) -> Response {
    let mut pairs = vec![("error", error)];
    pairs.extend(state.map(|state| ("state", state)));
    (
        [NO_STORE],
        web::see_other(&with_query(&app.settings.redirect_uri, &pairs)),
    )
        .into_response()
}

fn unknown_request() -> Problem {
    Problem::unacceptable("unknown_sign_in_request")
}
