//! The grid of a period.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use model::{AcademicPeriod, GroupId, PeriodId};
use web::{CurrentUser, PageContext, Path, Problem, html, see_other};

use crate::{App, api::JournalView, handlers::Purpose, lesson_form::LessonDraft, pages::GridPage};

/// Sends to the period of today.
pub(crate) async fn current(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(journal): Path<GroupId>,
) -> Result<Response, Problem> {
    let roster = app.roster(journal).await?;
    app.admit(&actor, &roster, Purpose::See)?;
    let today = app.clock.today(&roster.group.zone());
    let period = AcademicPeriod::current(&roster.group.periods, today).ok_or_else(Problem::not_found)?;
    Ok(see_other(&format!("/journals/{journal}/{}", period.id)))
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<Response, Problem> {
    let (sheet, plan) = tokio::join!(
        app.sheet(&actor, journal, &period),
        app.timetables.plan_of_all(timetables::Owner::Group(journal))
    );
    let sheet = sheet?;
    let notices = app.told_of(&sheet).await?;
    let today = app.clock.today(&sheet.journal.roster.group.zone());
    // The plan only proposes the next lesson: the grid opens without it.
    let plan = plan.ok();
    let draft = sheet
        .may_write()
        .then(|| LessonDraft::next(&sheet.journal, &sheet.period, plan.as_ref(), today));
    let texts = app.translations.of(page.locale);
    let group = &sheet.journal.roster.group;
    let title = match &group.subject {
        Some(subject) => format!("{subject} · {}", group.title),
        None => format!("{} · {}", texts.get("register-title"), group.title),
    };
    html(&GridPage {
        frame: page.frame(texts, title, Some(&actor)),
        sheet,
        notices,
        today,
        draft,
    })
}

/// A period of a journal: lessons, pupils, cells, averages.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}", tag = "journals",
    params(("journal" = String, Path, description = "id of the teaching group"), ("period" = String, Path, description = "short name of the period")),
    responses((status = 200, body = JournalView), (status = 404, description = "no such journal, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period)): Path<(GroupId, PeriodId)>,
) -> Result<axum::Json<JournalView>, Problem> {
    let sheet = app.sheet(&actor, journal, &period).await?;
    let notices = app.told_of(&sheet).await?;
    Ok(axum::Json(JournalView::of(&sheet, &notices)))
}
