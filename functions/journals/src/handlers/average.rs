//! Why a pupil's average is what it is.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use model::{GroupId, PeriodId, PersonId};
use web::{CurrentUser, PageContext, Path, Problem, html};

use crate::{App, pages::AveragePage};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period, pupil)): Path<(GroupId, PeriodId, PersonId)>,
) -> Result<Response, Problem> {
    let (journal, period) = app.journal(&actor, journal, &period).await?;
    let row = journal.row(pupil).ok_or_else(Problem::not_found)?;
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, texts.get("average-title"), Some(&actor));
    let (name, explanation) = (row.member.name.full(), row.explanation());
    html(&AveragePage {
        frame,
        group: journal.roster.group,
        period,
        name,
        explanation,
    })
}
