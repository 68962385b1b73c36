//! The first page: the way in, or on to where the person works.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::extract::cookie::CookieJar;
use ui::Frame;
use web::{CurrentUser, PageContext, Problem, Query};

use super::Wanted;
use crate::{App, landing::landing, session};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    frame: Frame<'a>,
    begin: String,
    came_for_a_page: bool,
}

/// Sends people to the first page of their role, shows others how to sign in.
pub(crate) async fn home(
    State(app): State<Arc<App>>,
    Query(wanted): Query<Wanted>,
    user: Result<CurrentUser, Problem>,
    page: PageContext,
    jar: CookieJar,
) -> Result<Response, Problem> {
    let return_to = wanted.page();
    match user {
        Ok(_) if !return_to.is_home() => Ok(web::see_other(return_to.as_str())),
        Ok(CurrentUser(actor)) => Ok(web::see_other(landing(page.role(&actor)))),
        Err(problem) if problem.status() != StatusCode::UNAUTHORIZED => Err(problem),
        Err(_) if wanted.return_to.is_none() && session::may_be_renewed(&jar) => {
            Ok(web::see_other("/identity/refresh"))
        }
        Err(_) => {
            let texts = app.translations.of(page.locale);
            let mut frame = page.frame(texts, texts.get("identity-sign-in-title"), None);
            // Of the address asked for, only what is ours is repeated on the page.
            frame.path = return_to.carried_by("/");
            let begin = return_to.carried_by("/identity/sign-in");
            web::html(&SignInPage {
                frame,
                begin,
                came_for_a_page: !return_to.is_home(),
            })
        }
    }
}
