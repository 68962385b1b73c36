//! What the browser remembers of a person's choices: the role as which they look, and the language.

use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use model::Role;
use serde::Deserialize;
use ui::Locale;
use web::{CurrentUser, Form, Problem, cookies};

use crate::return_to::ReturnTo;

/// How long a choice is remembered, in seconds: a school year and its holidays.
const REMEMBERED: i64 = 400 * 24 * 60 * 60;

/// The role as which to look.
#[derive(Debug, Deserialize)]
pub(crate) struct RoleChoice {
    role: String,
}

/// Chooses among the roles that the session holds. Rights do not change: the session's token carries them all.
pub(crate) async fn choose_role(
    CurrentUser(actor): CurrentUser,
    jar: CookieJar,
    Form(choice): Form<RoleChoice>,
) -> Result<Response, Problem> {
    let role: Role = choice.role.parse().map_err(|_| Problem::invalid("role"))?;
    if !actor.roles.holds(role) {
        return Err(Problem::forbidden());
    }
    let jar = jar.add(cookies::host(cookies::ROLE, role.as_str(), REMEMBERED));
    Ok((jar, web::see_other("/")).into_response())
}

/// The language, and the page that was read.
#[derive(Debug, Deserialize)]
pub(crate) struct LanguageChoice {
    language: String,
    return_to: Option<String>,
}

/// Chooses the language of the pages, for visitors too.
pub(crate) async fn choose_language(
    jar: CookieJar,
    Form(choice): Form<LanguageChoice>,
) -> Result<Response, Problem> {
    let language: Locale = choice
        .language
        .parse()
        .map_err(|_| Problem::invalid("language"))?;
    let return_to = ReturnTo::wanted(choice.return_to.as_deref());
    let jar = jar.add(cookies::host(cookies::LANGUAGE, language.tag(), REMEMBERED));
    Ok((jar, web::see_other(return_to.as_str())).into_response())
}
