//! `/authorize`: Cognito sends a person to sign in; we send them on to Gosuslugi.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use uuid::Uuid;
use web::{Problem, Query, cookies};

use crate::{
    ANEW_COOKIE, App, BROWSER_COOKIE, SIGN_IN_LIFETIME,
    handlers::callback::expired,
    item::PendingSignIn,
    oauth::{NO_STORE, Parameters, with_query},
    secrets::{digest, random_secret, same},
};

/// The longest state and nonce that are kept, in bytes; Cognito's own states have about 1,500.
const LONGEST_STATE: usize = 8 * 1024;
/// Length of a cookie that we made.
const COOKIE_LENGTH: usize = 43;

/// Keeps Cognito's request, ties it to the browser and goes to Gosuslugi; where a new sign-in is asked for, first to its
/// sign-out.
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
    let not_before = is_anew(&parameters, &headers).then(|| now.as_second());
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
        not_before,
        valid_until: (now + SIGN_IN_LIFETIME).as_second(),
    };
    let cookie = |name, value| cookies::host(name, value, SIGN_IN_LIFETIME.as_secs()).to_string();
    let browser = AppendHeaders([(header::SET_COOKIE, cookie(BROWSER_COOKIE, browser))]);
    let first = not_before.and_then(|_| app.upstream.forgetting_url(&anew_address(&app)));
    if let Some(url) = first {
        app.store.begin(pending).await?;
        let resumed = AppendHeaders([(header::SET_COOKIE, cookie(ANEW_COOKIE, id.to_string()))]);
        return Ok(([NO_STORE], browser, resumed, web::see_other(&url)).into_response());
    }
    let (kept, url) = tokio::join!(
        app.store.begin(pending),
        app.upstream.authorize_url(id, now, not_before.is_some())
    );
    kept?;
    let url = url.map_err(Problem::unavailable)?;
    Ok(([NO_STORE], browser, web::see_other(&url)).into_response())
}

/// Goes on with a sign-in after the session at Gosuslugi was ended for it.
pub(crate) async fn resume(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Problem> {
    let now = app.clock.now();
    let id = cookies::read(&headers, ANEW_COOKIE)
        .and_then(|id| Uuid::try_parse(&id).ok())
        .ok_or_else(expired)?;
    let pending = app
        .store
        .pending(id, now.as_second())
        .await?
        .ok_or_else(expired)?;
    let browser = browser_of(&headers).unwrap_or_default();
    if !same(&digest(&browser), &pending.browser) {
        return Err(Problem::unacceptable("sign_in_of_another_browser"));
    }
    let url = app.upstream.authorize_url(id, now, true).await;
    let url = url.map_err(Problem::unavailable)?;
    let gone = cookies::gone(ANEW_COOKIE, "/").to_string();
    Ok(([NO_STORE, (header::SET_COOKIE, &gone)], web::see_other(&url)).into_response())
}

/// Where Gosuslugi sends the browser back after its sign-out; registered there beside the first page.
fn anew_address(app: &App) -> String {
    format!("{}/anew", app.settings.issuer)
}

/// Whether the person has to sign in anew: `prompt=login` of OpenID Connect Core, 3.1.2.1, or what our own page left in a
/// cookie, since not every pool passes that on.
fn is_anew(parameters: &Parameters, headers: &HeaderMap) -> bool {
    let wish = cookies::read(headers, cookies::ANEW).unwrap_or_default();
    let prompts = parameters.get("prompt").unwrap_or_default();
    !wish.is_empty() || prompts.split(' ').any(|prompt| prompt == "login")
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
