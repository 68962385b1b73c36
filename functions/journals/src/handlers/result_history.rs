//! The history of a result of a period.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use gradebook::{ResultChange, Term};
use model::{AcademicPeriod, AcademicYear, Actor, GroupId, PeriodId, PersonId};
use rosters::GroupRoster;
use web::{CurrentUser, PageContext, Path, Problem, html};

use crate::{
    App,
    api::results::ResultHistory,
    handlers::{Purpose, period_of},
    pages::results::ResultHistoryPage,
};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period, pupil)): Path<(GroupId, PeriodId, PersonId)>,
) -> Result<Response, Problem> {
    let (roster, period, changes) = app.result_history(&actor, journal, &period, pupil).await?;
    let member = roster
        .pupils
        .iter()
        .find(|member| member.person == pupil)
        .cloned();
    let texts = app.translations.of(page.locale);
    html(&ResultHistoryPage {
        frame: page.frame(texts, texts.get("results-history"), Some(&actor)),
        zone: roster.group.zone(),
        group: roster.group,
        period,
        pupil: member.ok_or_else(Problem::not_found)?,
        changes,
    })
}

/// The changes of a pupil's result of a period, the last first.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/results/{pupil}/history", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path), ("pupil" = String, Path)),
    responses((status = 200, body = ResultHistory), (status = 404, description = "no such pupil, or not for the caller")))]
pub(crate) async fn history(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period, pupil)): Path<(GroupId, PeriodId, PersonId)>,
) -> Result<axum::Json<ResultHistory>, Problem> {
    let (_, _, changes) = app.result_history(&actor, journal, &period, pupil).await?;
    Ok(axum::Json(ResultHistory::of(changes)))
}

impl App {
    async fn result_history(
        &self,
        actor: &Actor,
        journal: GroupId,
        period: &PeriodId,
        pupil: PersonId,
    ) -> Result<(GroupRoster, AcademicPeriod, Vec<ResultChange>), Problem> {
        let roster = self.roster(journal).await?;
        self.admit(actor, &roster, Purpose::See)?;
        let period = period_of(&roster, period)?.clone();
        if !roster.pupils.iter().any(|member| member.person == pupil) {
            return Err(Problem::not_found());
        }
        let (year, term) = (AcademicYear::of(period.start), Term::Period(period.id.clone()));
        let gradebook = &self.journals.gradebook;
        let changes = gradebook.result_history(journal, year, &term, pupil).await?;
        Ok((roster, period, changes))
    }
}
