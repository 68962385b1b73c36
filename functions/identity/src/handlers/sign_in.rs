//! The button "sign in", and the page for those who signed in beside an unfinished form.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use ui::Frame;
use web::{CurrentUser, PageContext, Problem, Query, cookies};

use super::Wanted;
use crate::{
    App,
    attempts::{Attempt, Attempts},
    session::NO_STORE,
};

/// Remembers the sign-in and goes to the identity provider; with `anew=1` so that Gosuslugi asks again. Already being signed
/// in is no obstacle: another person may want to use the computer.
pub(crate) async fn begin(
    State(app): State<Arc<App>>,
    Query(wanted): Query<Wanted>,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let attempt = Attempt::begin(wanted.page(), now);
    let (attempt, jar) = if wanted.is_anew() {
        let lifetime = Attempt::LIFETIME.as_secs();
        (
            attempt.anew(),
            jar.add(cookies::host(cookies::ANEW, "1", lifetime)),
        )
    } else if jar.get(cookies::ANEW).is_some() {
        // A new sign-in that was given up must not make this ordinary one end the session at Gosuslugi.
        (attempt, jar.add(cookies::gone(cookies::ANEW, "/")))
    } else {
        (attempt, jar)
    };
    let address = app.provider.authorize_url(&attempt);
    let attempts = Attempts::of(&jar, now).with(attempt);
    let jar = jar.add(attempts.cookie());
    Ok((StatusCode::FOUND, [NO_STORE], jar, [(header::LOCATION, address)]).into_response())
}

#[derive(Template)]
#[template(path = "signed_in.html")]
struct SignedInPage<'a> {
    frame: Frame<'a>,
}

/// Says that the form in the other tab can be sent again.
pub(crate) async fn signed_in(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
) -> Result<Response, Problem> {
    let texts = app.translations.of(page.locale);
    web::html(&SignedInPage {
        frame: page.frame(texts, texts.get("identity-signed-in-title"), Some(&actor)),
    })
}
