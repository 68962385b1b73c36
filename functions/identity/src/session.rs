//! The cookies of a session: how it begins, goes on and ends in the browser.

use axum::http::{HeaderName, HeaderValue, header};
use axum_extra::extract::cookie::CookieJar;
use web::cookies;

use crate::{attempts::PATH, provider::Grant};

/// Answers that give or take sessions are kept by nobody on the way.
pub(crate) const NO_STORE: (HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// How long a session can be renewed, in seconds: a school day. The pool's client says the same
/// (`RefreshTokenValidity` in `template.yaml`), and what it says counts.
const RENEWABLE: i64 = 12 * 60 * 60;

/// Begins the session of a grant for a person who is addressed so.
pub(crate) fn begin(jar: CookieJar, grant: &Grant, name: &str) -> CookieJar {
    let jar = go_on(jar, grant);
    // Roles may be another person's: the one before on this computer chose it.
    jar.add(cookies::host(cookies::NAME, name.to_owned(), RENEWABLE))
        .add(cookies::gone(cookies::ROLE, "/"))
}

/// Goes on with a renewed session.
pub(crate) fn go_on(jar: CookieJar, grant: &Grant) -> CookieJar {
    let jar = jar.add(cookies::host(
        cookies::SESSION,
        grant.access_token.clone(),
        grant.expires_in,
    ));
    match &grant.refresh_token {
        Some(token) => jar.add(cookies::at(cookies::REFRESH, token.clone(), PATH, RENEWABLE)),
        None => jar,
    }
}

/// Ends the session. The language stays: it is the browser's and not the person's.
pub(crate) fn end(jar: CookieJar) -> CookieJar {
    [cookies::SESSION, cookies::NAME, cookies::ROLE]
        .into_iter()
        .fold(jar, |jar, name| jar.add(cookies::gone(name, "/")))
        .add(cookies::gone(cookies::REFRESH, PATH))
        .add(cookies::gone(cookies::CHILDREN, cookies::CHILDREN_PATH))
}

/// The refresh token that the browser brought.
pub(crate) fn refresh_token(jar: &CookieJar) -> Option<String> {
    jar.get(cookies::REFRESH)
        .map(|cookie| cookie.value().to_owned())
        .filter(|token| !token.is_empty())
}

/// Whether somebody was signed in here within a school day, so that a renewal is worth trying: only `/identity` gets the
/// refresh token itself.
pub(crate) fn may_be_renewed(jar: &CookieJar) -> bool {
    jar.get(cookies::NAME)
        .is_some_and(|cookie| !cookie.value().is_empty())
}
