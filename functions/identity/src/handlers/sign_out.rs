//! Signing out: here, at Cognito and at Gosuslugi.
//!
//! The three ends hang on one chain that the browser walks. Our POST removes the cookies and revokes the refresh token, and
//! its page goes on to Cognito's `/logout`, which ends the pool's session and goes on to the bridge's `/gosuslugi/logout`,
//! which goes on to Gosuslugi's own sign-out, which comes home. If a link of it fails, ours has ended first.
//!
//! The first step is a `Refresh` header and not a redirect: a form's answer may not redirect to another origin under our
//! `form-action 'self'`.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use ui::Frame;
use web::{CurrentUser, PageContext, Problem};

use crate::{
    App,
    session::{self, NO_STORE},
};

/// Removes pages of the person before from a shared computer, those behind the Back button too.
const CLEAR_PAGES: (HeaderName, &str) = (HeaderName::from_static("clear-site-data"), "\"cache\"");

#[derive(Template)]
#[template(path = "sign_out.html")]
struct SignOutPage<'a> {
    frame: Frame<'a>,
}

/// Asks whether to sign out: a link must not do it, since other pages can hold links.
pub(crate) async fn confirm(
    State(app): State<Arc<App>>,
    user: Result<CurrentUser, Problem>,
    page: PageContext,
) -> Result<Response, Problem> {
    let texts = app.translations.of(page.locale);
    let actor = user.ok().map(|CurrentUser(actor)| actor);
    web::html(&SignOutPage {
        frame: page.frame(texts, texts.get("identity-sign-out-title"), actor.as_ref()),
    })
}

#[derive(Template)]
#[template(path = "signing_out.html")]
struct SigningOutPage<'a> {
    frame: Frame<'a>,
    next: String,
}

/// Ends the session here and sends the browser on to end it elsewhere.
pub(crate) async fn sign_out(
    State(app): State<Arc<App>>,
    page: PageContext,
    jar: CookieJar,
) -> Result<Response, Problem> {
    if let Some(token) = session::refresh_token(&jar) {
        app.provider.revoke(&token).await;
    }
    let texts = app.translations.of(page.locale);
    let next = app.provider.logout_url();
    let frame = page.frame(texts, texts.get("identity-signing-out-title"), None);
    let answer = web::html(&SigningOutPage {
        frame,
        next: next.clone(),
    })?;
    let go_on = [(header::REFRESH, format!("0; url={next}"))];
    Ok(([NO_STORE], [CLEAR_PAGES], go_on, session::end(jar), answer).into_response())
}

#[derive(Template)]
#[template(path = "signed_out.html")]
struct SignedOutPage<'a> {
    frame: Frame<'a>,
}

/// The end of the chain.
pub(crate) async fn signed_out(State(app): State<Arc<App>>, page: PageContext) -> Result<Response, Problem> {
    let texts = app.translations.of(page.locale);
    web::html(&SignedOutPage {
        frame: page.frame(texts, texts.get("identity-signed-out-title"), None),
    })
}
