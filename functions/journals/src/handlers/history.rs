//! What was changed in a cell, when and by whom.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use gradebook::{CellChange, RowKey};
use model::{Actor, GroupId, LessonKey, PeriodId, PersonId};
use rosters::{GroupRoster, Member};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::CellHistory,
    handlers::{Purpose, period_of, results::Done},
    pages::HistoryPage,
};

type CellPath = (GroupId, PeriodId, LessonKey, PersonId);

/// The changes of a cell, and for its teacher what is said to the family.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(path): Path<CellPath>,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let (roster, pupil, changes) = app.history(&actor, &path).await?;
    let (journal, period, lesson, _) = path;
    let row = RowKey {
        journal,
        period: period.clone(),
        pupil: pupil.person,
    };
    let cell = if app.may(&actor, &roster, Purpose::Write) {
        Some(app.journals.cell(&row, lesson).await?)
    } else {
        None
    };
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("history-title"), Some(&actor));
    frame.notice = done.saved.map(|_| texts.get("saved"));
    html(&HistoryPage {
        frame,
        zone: roster.group.zone(),
        group: roster.group,
        period,
        lesson,
        pupil,
        changes,
        cell,
    })
}

/// The changes of a cell, the last first.
#[utoipa::path(get, path = "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}/history", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path), ("lesson" = String, Path), ("pupil" = String, Path)),
    responses((status = 200, body = CellHistory), (status = 404, description = "no such cell, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<CellPath>,
) -> Result<axum::Json<CellHistory>, Problem> {
    let (_, _, changes) = app.history(&actor, &path).await?;
    Ok(axum::Json(CellHistory::of(&changes)))
}

impl App {
    async fn history(
        &self,
        actor: &Actor,
        (journal, period, lesson, pupil): &CellPath,
    ) -> Result<(GroupRoster, Member, Vec<CellChange>), Problem> {
        let (roster, changes) = tokio::try_join!(self.roster(*journal), async {
            Ok(self.journals.gradebook.history(*journal, *lesson, *pupil).await?)
        })?;
        self.admit(actor, &roster, Purpose::See)?;
        period_of(&roster, period)?;
        let member = roster
            .pupils
            .iter()
            .find(|member| member.person == *pupil)
            .cloned();
        let member = member.ok_or_else(Problem::not_found)?;
        Ok((roster, member, changes))
    }
}
