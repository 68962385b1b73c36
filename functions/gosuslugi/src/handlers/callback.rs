//! `/callback`: the person comes back from Gosuslugi. The whole exchange with ESIA happens here, so that `/token`, for
//! which Cognito waits a second or so, has nothing left to do but sign.

use std::sync::Arc;

use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use model::Subject;
use rosters::{DeclaredChild, SignIn, SignInError, SignedInPerson};
use uuid::Uuid;
use web::{Problem, Query, cookies};

use crate::{
    App, BROWSER_COOKIE, CLOCKS_DIFFER, CODE_LIFETIME,
    item::{IssuedCode, PendingSignIn},
    oauth::{NO_STORE, Parameters, with_query},
    secrets::{digest, random_secret, same},
    upstream::{Account, UpstreamError, esia_code},
};

/// ESIA's code for "the person refused".
const DENIED: &str = "ESIA-007004";
/// ESIA's code for "the account is not confirmed".
const UNCONFIRMED: &str = "ESIA-007055";

/// Checks that it is this browser's own sign-in, learns who came, records it and sends Cognito a code.
pub(crate) async fn callback(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let now = app.clock.now();
    let parameters = Parameters::collect(pairs).ok_or_else(expired)?;
    let pending = pending(&app, &parameters, now).await?;
    // Without this an attacker could send somebody a link that signs them in as the attacker (login CSRF).
    let browser = cookies::read(&headers, BROWSER_COOKIE).unwrap_or_default();
    if !same(&digest(&browser), &pending.browser) {
        return Err(Problem::unacceptable("sign_in_of_another_browser"));
    }
    let Some(code) = parameters.get("code") else {
        return Err(refusal(parameters.get("error_description").and_then(esia_code)));
    };
    let account = app.upstream.account(code, now).await.map_err(of_upstream)?;
    let subject = Subject::of_account(app.settings.person_hash_key.as_bytes(), &account.oid);
    let (trusted, signed_in_at) = (account.trusted, account.signed_in_at);
    if !is_new_enough(&pending, signed_in_at) {
        return Err(Problem::unacceptable("sign_in_not_anew"));
    }
    // A key that must first be made would take the time of `/token`.
    let (recorded, keys) = tokio::join!(record(&app, &subject, account), app.keys.ring(now));
    recorded?;
    keys.map_err(Problem::unavailable)?;
    let proven = Proven {
        subject,
        trusted,
        signed_in_at,
    };
    let code = issue(&app, &pending, proven, now).await?;
    let url = with_query(
        &pending.redirect_uri,
        &[("code", &code), ("state", &pending.state)],
    );
    Ok(([NO_STORE], web::see_other(&url)).into_response())
}

async fn pending(app: &App, parameters: &Parameters, now: Timestamp) -> Result<PendingSignIn, Problem> {
    let id = parameters
        .get("state")
        .and_then(|state| Uuid::try_parse(state).ok())
        .ok_or_else(expired)?;
    app.store
        .take_pending(id, now.as_second())
        .await?
        .ok_or_else(expired)
}

async fn record(app: &App, subject: &Subject, account: Account) -> Result<(), Problem> {
    let key = app.settings.person_hash_key.as_bytes();
    let signed_in_at = account.signed_in_at;
    let children = account.kids.iter();
    let children = children
        .map(|kid| DeclaredChild {
            snils: kid.snils.hash(key),
            birth_date: kid.birth_date,
        })
        .collect();
    let person = SignedInPerson {
        name: account.name,
        birth_date: account.birth_date,
        snils: account.snils.hash(key),
        trusted: account.trusted,
    };
    match app
        .rosters
        .record_sign_in(&SignIn {
            subject: subject.clone(),
            person,
            children,
            signed_in_at,
        })
        .await
    {
        Ok(_) => Ok(()),
        Err(SignInError::Disagrees) => Err(Problem::unacceptable("account_disagrees")),
        Err(SignInError::Store(error)) => Err(Problem::unavailable(error)),
    }
}

/// Who has signed in and when.
struct Proven {
    subject: Subject,
    trusted: bool,
    signed_in_at: Option<Timestamp>,
}

/// Whether the person has signed in at Gosuslugi since it was asked for, where that matters. Who leaves out the way over the
/// sign-out comes with an old session and ends here.
fn is_new_enough(pending: &PendingSignIn, signed_in_at: Option<Timestamp>) -> bool {
    pending.not_before.is_none_or(|earliest| {
        signed_in_at.is_some_and(|at| earliest - CLOCKS_DIFFER.as_secs() <= at.as_second())
    })
}

async fn issue(
    app: &App,
    pending: &PendingSignIn,
    proven: Proven,
    now: Timestamp,
) -> Result<String, Problem> {
    let code = random_secret().map_err(Problem::unavailable)?;
    let issued = IssuedCode {
        digest: digest(&code),
        subject: proven.subject,
        trusted: proven.trusted,
        nonce: pending.nonce.clone(),
        client_id: pending.client_id.clone(),
        redirect_uri: pending.redirect_uri.clone(),
        signed_in_at: proven.signed_in_at.map(Timestamp::as_second),
        valid_until: (now + CODE_LIFETIME).as_second(),
    };
    app.store.issue(issued).await?;
    Ok(code)
}

pub(crate) fn expired() -> Problem {
    Problem::unacceptable("sign_in_expired")
}

/// What a person is told when Gosuslugi sends them back without a code.
fn refusal(code: Option<&str>) -> Problem {
    match code {
        Some(DENIED) => Problem::unacceptable("sign_in_denied"),
        Some(UNCONFIRMED) => Problem::unacceptable("account_unconfirmed"),
        code => {
            tracing::warn!(code = code.unwrap_or("none"), "gosuslugi refused a sign-in");
            Problem::unacceptable("sign_in_refused")
        }
    }
}

fn of_upstream(error: UpstreamError) -> Problem {
    match error {
        UpstreamError::Unconfirmed => Problem::unacceptable("account_unconfirmed"),
        UpstreamError::Refused(code) => refusal(Some(&code)),
        UpstreamError::Untrusted(reason) => {
            tracing::warn!(reason, "an answer of gosuslugi was not believed");
            Problem::unacceptable("sign_in_refused")
        }
        error @ (UpstreamError::Unreachable(_) | UpstreamError::Signer(_)) => Problem::unavailable(error),
    }
}
