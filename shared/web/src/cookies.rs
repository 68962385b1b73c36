//! The cookies of the platform: their names and their attributes, in one place.

use axum::http::HeaderMap;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

/// The session: an access token. The CDN turns it into `Authorization` on `/api/*`.
pub const SESSION: &str = "__Host-session";
/// The refresh token; only `/identity` gets it.
pub const REFRESH: &str = "__Secure-refresh";
/// What a sign-in under way must remember.
pub const SIGN_IN: &str = "__Secure-sign-in";
/// That the person has to sign in anew at Gosuslugi: for the bridge, in case a pool does not pass `prompt` on. Trusted for
/// nothing: whether they did is read from the tokens.
pub const ANEW: &str = "__Host-sign-in-anew";
/// How the person is addressed: shown in the frame, trusted for nothing.
pub const NAME: &str = "__Host-name";
/// As which of their roles the person looks at pages: chooses among roles that the session holds.
pub const ROLE: &str = "__Host-role";
/// The children between whom a parent switches, with their reader: shown in the diary, trusted for nothing.
pub const CHILDREN: &str = "__Secure-children";
/// Only the diary gets [`CHILDREN`].
pub const CHILDREN_PATH: &str = "/diary";
/// The language of the pages.
pub const LANGUAGE: &str = "__Host-language";

/// The value of a cookie.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers)
        .get(name)
        .map(|cookie| cookie.value().to_owned())
}

/// A cookie for the whole platform that no script can read; it lives for so many seconds.
pub fn host(name: &'static str, value: impl Into<String>, seconds: i64) -> Cookie<'static> {
    at(name, value, "/", seconds)
}

/// A cookie that only one path gets.
pub fn at(name: &'static str, value: impl Into<String>, path: &'static str, seconds: i64) -> Cookie<'static> {
    let mut cookie = Cookie::new(name, value.into());
    cookie.set_path(path);
    cookie.set_http_only(true);
    cookie.set_secure(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_max_age(Some(
        std::time::Duration::from_secs(seconds.unsigned_abs())
            .try_into()
            .unwrap_or_default(),
    ));
    cookie
}

/// The cookie that removes another.
pub fn gone(name: &'static str, path: &'static str) -> Cookie<'static> {
    at(name, "", path, 0)
}
