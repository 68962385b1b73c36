//! Notices of absence: sent by the family, or written down by the school; shortened, withdrawn, documented.

mod board;

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use gradebook::NoticeSender;
use jiff::civil::Date;
use model::{InstitutionId, PersonId};
use rosters::{Membership, PersonCard};
use serde::Deserialize;
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, Query, see_other};

use crate::{
    App,
    api::notices::{ChangeNotice, NoticeView, NoticesView, SendNotice},
    notices::{NoticeError, Wanted},
    pages::notices::Told,
};

/// Of which institution; what the form begins with; what has just been done.
#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    institution: Option<InstitutionId>,
    date: Option<String>,
    saved: Option<u8>,
}

/// A child at one institution, with what the reader may do about the absences there.
#[derive(Debug)]
pub(crate) struct Board {
    /// The child.
    pub(crate) child: PersonCard,
    /// The class whose journals the notices reach.
    pub(crate) class: Membership,
    /// The child's classes elsewhere, where the reader is of the family.
    pub(crate) others: Vec<Membership>,
    /// Today, where the institution is.
    pub(crate) today: Date,
    /// Whether the reader may send and change notices.
    pub(crate) may_send: bool,
    /// Whether the reader may say that a document was received.
    pub(crate) may_confirm: bool,
    /// On whose behalf the reader sends.
    pub(crate) sender: NoticeSender,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let board = app
        .board(&actor, child, choice.institution, "see_notices")
        .await?;
    let date = choice.date.as_deref().and_then(|date| date.parse::<Date>().ok());
    let told = Told::from_day(date.unwrap_or(board.today));
    app.notices_page(&actor, &page, board, told, choice.saved).await
}

/// Sends a notice. What is refused comes back in the form.
pub(crate) async fn send_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
    Form(body): Form<SendNotice>,
) -> Result<Response, Problem> {
    let board = app
        .board(&actor, child, choice.institution, "send_notices")
        .await?;
    match app.send_notice(&actor, &board, &body).await? {
        Ok(_) => Ok(see_other(&board.address("&saved=1"))),
        Err(error) => {
            let told = Told::refused(body, error);
            app.notices_page(&actor, &page, board, told, None).await
        }
    }
}

/// Changes a notice, from one of the forms beside it.
pub(crate) async fn change_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<(PersonId, String)>,
    Query(choice): Query<Choice>,
    Form(body): Form<ChangeNotice>,
) -> Result<Response, Problem> {
    let (board, _) = app.change_notice(&actor, path, choice.institution, &body).await?;
    Ok(see_other(&board.address("&saved=2")))
}

/// The notices of a child's absence at one institution, of this year and the last.
#[utoipa::path(get, path = "/api/journals/notices/{child}", tag = "journals",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions")),
    responses((status = 200, body = NoticesView), (status = 404, description = "no such child, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<NoticesView>, Problem> {
    let board = app
        .board(&actor, child, choice.institution, "see_notices")
        .await?;
    let listed = app.listed_notices(&board).await?;
    Ok(axum::Json(NoticesView::of(&board, &listed)))
}

/// Tells that a child does not come. The same told twice by one person is one notice: then the answer is 200.
#[utoipa::path(post, path = "/api/journals/notices/{child}", tag = "journals",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions")),
    request_body = SendNotice,
    responses((status = 201, body = NoticeView), (status = 200, body = NoticeView, description = "told already"),
        (status = 403, description = "the child itself reads only"), (status = 404, description = "no such child, or not for the caller"),
        (status = 422, description = "days or reason that cannot be taken")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
    Json(body): Json<SendNotice>,
) -> Result<Response, Problem> {
    let board = app
        .board(&actor, child, choice.institution, "send_notices")
        .await?;
    let (listed, is_new) = app.send_notice(&actor, &board, &body).await?.map_err(refusal)?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, axum::Json(NoticeView::of(&listed))).into_response())
}

/// Shortens or withdraws a notice while days of it are still to come, or says that a document was received for it. What is
/// so already stays so.
#[utoipa::path(post, path = "/api/journals/notices/{child}/{notice}", tag = "journals",
    params(("child" = String, Path, description = "id of the child"), ("notice" = String, Path, description = "2026-3"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions")),
    request_body = ChangeNotice,
    responses((status = 200, body = NoticeView), (status = 403, description = "not the caller's to do"),
        (status = 404, description = "no such notice, or not for the caller"), (status = 422, description = "its days are over, or it would become longer")))]
pub(crate) async fn post_change(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<(PersonId, String)>,
    Query(choice): Query<Choice>,
    Json(body): Json<ChangeNotice>,
) -> Result<axum::Json<NoticeView>, Problem> {
    let (_, listed) = app.change_notice(&actor, path, choice.institution, &body).await?;
    Ok(axum::Json(NoticeView::of(&listed)))
}

fn refusal(error: NoticeError) -> Problem {
    Problem::unacceptable(error.code())
}

impl ChangeNotice {
    /// What the caller must be allowed to do.
    fn action(&self) -> &'static str {
        if self.action == "document" {
            "confirm_notices"
        } else {
            "send_notices"
        }
    }

    fn wanted(&self) -> Result<Wanted, Problem> {
        match self.action.as_str() {
            "shorten" => {
                let until = self.until.trim().parse();
                let until = until.map_err(|_| refusal(NoticeError::Unreadable))?;
                Ok(Wanted::Shorter(until))
            }
            "withdraw" => Ok(Wanted::Withdrawn),
            "document" => Ok(Wanted::Documented),
            _ => Err(Problem::invalid("action")),
        }
    }
}

impl Board {
    /// The page with more of the query.
    pub(crate) fn address(&self, more: &str) -> String {
        let (child, institution) = (self.child.person.person, self.class.institution);
        format!("/journals/notices/{child}?institution={institution}{more}")
    }

    fn is_guardian(&self, person: PersonId) -> bool {
        self.child.is_represented_by(person)
    }
}
