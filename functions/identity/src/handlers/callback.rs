//! The way back from the identity provider.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use model::Actor;
use serde::Deserialize;
use ui::Frame;
use web::{CurrentUser, NewTokens, PageContext, Problem, Query, TokenError, cookies};

use crate::{
    App,
    attempts::{Attempt, Attempts},
    provider::{Grant, GrantError},
    return_to::ReturnTo,
    session::{self, NO_STORE},
};

/// What the provider says on the way back.
#[derive(Debug, Deserialize)]
pub(crate) struct WayBack {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
}

/// Why somebody who came back is not signed in.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// The sign-in was not begun in this browser, too long ago, or is over already.
    #[error("the way back belongs to no sign-in under way")]
    Stale,
    /// The person, Gosuslugi or the pool said no.
    #[error("the identity provider said no")]
    Declined,
    /// The code was spent or expired, or a token is not what was asked for.
    #[error("the tokens do not belong to the sign-in")]
    Untrusted,
    /// A new sign-in was asked for, and Gosuslugi went on with an open session.
    #[error("the sign-in is older than the request for it")]
    NotAnew,
    /// Somebody did not answer.
    #[error("the identity provider could not be asked")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Refusal {
    const fn key(&self) -> &'static str {
        match self {
            Self::Stale => "identity-refused-stale",
            Self::Declined => "identity-refused-declined",
            Self::Untrusted => "identity-refused-untrusted",
            Self::NotAnew => "identity-refused-not-anew",
            Self::Unavailable(_) => "identity-refused-unavailable",
        }
    }

    fn problem(self) -> Problem {
        match self {
            Self::Unavailable(cause) => Problem::unavailable(cause),
            _ => Problem::unreadable("sign_in_refused"),
        }
    }
}

impl From<GrantError> for Refusal {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Refused(_) => Self::Untrusted,
            GrantError::Unusable | GrantError::Unavailable(_) => Self::Unavailable(error.into()),
        }
    }
}

impl From<TokenError> for Refusal {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid => Self::Untrusted,
            TokenError::Keys(_) => Self::Unavailable(error.into()),
        }
    }
}

/// Ends a sign-in: with a session, or with a page that says why not and lets the person try again.
pub(crate) async fn callback(
    State(app): State<Arc<App>>,
    Query(way_back): Query<WayBack>,
    user: Result<CurrentUser, Problem>,
    new_tokens: NewTokens,
    page: PageContext,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let mut attempts = Attempts::of(&jar, app.clock.now());
    let attempt = way_back.state.as_deref().and_then(|state| attempts.take(state));
    // Whatever comes of it, the attempt is spent.
    let jar = jar.add(attempts.cookie()).add(cookies::gone(cookies::ANEW, "/"));
    let return_to = attempt
        .as_ref()
        .map_or_else(ReturnTo::home, |attempt| attempt.return_to.clone());
    let is_anew = attempt.as_ref().is_some_and(|attempt| attempt.is_anew);
    match complete(&app, &new_tokens, attempt, way_back).await {
        Ok((actor, grant)) => {
            let name = polite_name(&app, &actor).await;
            let jar = session::begin(jar, &grant, &name);
            Ok(([NO_STORE], jar, web::see_other(return_to.as_str())).into_response())
        }
        // A second click, a reload, the Back button: the person is signed in and has nothing to repeat.
        Err(Refusal::Stale) if user.is_ok() => Ok(([NO_STORE], jar, web::see_other("/")).into_response()),
        Err(refusal) => {
            let again = (&return_to, is_anew);
            refused(&app, &page, refusal, again).map(|page| ([NO_STORE], jar, page).into_response())
        }
    }
}

async fn complete(
    app: &App,
    new_tokens: &NewTokens,
    attempt: Option<Attempt>,
    way_back: WayBack,
) -> Result<(Actor, Grant), Refusal> {
    let attempt = attempt.ok_or(Refusal::Stale)?;
    let code = match (way_back.error, way_back.code) {
        (None, Some(code)) => code,
        _ => return Err(Refusal::Declined),
    };
    let grant = app.provider.exchange(&code, &attempt).await?;
    let id_token = grant.id_token.as_deref().ok_or(Refusal::Untrusted)?;
    let session = new_tokens
        .verifier()
        .verify_sign_in(&grant.access_token, id_token, &attempt.nonce)
        .await?;
    if attempt.is_met_by(session.signed_in_at) {
        Ok((session.actor, grant))
    } else {
        Err(Refusal::NotAnew)
    }
}

/// How the frame addresses the person. Without it the session is as good, so that a failure is only noted.
async fn polite_name(app: &App, actor: &Actor) -> String {
    match app.rosters.people(&[actor.person]).await {
        Ok(people) => people
            .first()
            .map(|person| person.name.polite())
            .unwrap_or_default(),
        Err(error) => {
            tracing::warn!(%error, "the name of the person signed in was not read");
            String::new()
        }
    }
}

#[derive(Template)]
#[template(path = "refused.html")]
struct RefusedPage<'a> {
    frame: Frame<'a>,
    detail: String,
    again: String,
}

/// The page that says why not. Trying again asks for the same: for a new sign-in where that was asked for.
fn refused(
    app: &App,
    page: &PageContext,
    refusal: Refusal,
    (again, is_anew): (&ReturnTo, bool),
) -> Result<Response, Problem> {
    let cause = std::error::Error::source(&refusal).map(ToString::to_string);
    tracing::warn!(reason = %refusal, cause, "sign-in refused");
    let texts = app.translations.of(page.locale);
    let key = refusal.key();
    let mut frame = page.frame(texts, texts.get(&format!("{key}-title")), None);
    // The address holds a code; the language buttons at the foot must not carry it on.
    frame.path = again.carried_by("/");
    let answer = web::html(&RefusedPage {
        detail: texts.get(key),
        again: again.carried_to_sign_in(is_anew),
        frame,
    })?;
    Ok((refusal.problem().status(), answer).into_response())
}
