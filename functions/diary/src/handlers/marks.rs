//! The marks of a period, by subject, with the averages and their reasons.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use gradebook::{Explanation, PupilRow};
use model::{AcademicPeriod, Actor, GroupId, PersonId};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::MarksView,
    handlers::{Choice, Reading},
    pages::{MarksPage, SubjectPage},
};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (children, (reading, period, rows)) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.marks(&actor, child, &choice)
    )?;
    let texts = app.translations.of(page.locale);
    let title = format!("{}: {}", texts.get("marks"), reading.child.person.name.given);
    html(&MarksPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        reading,
        period,
        rows,
    })
}

pub(crate) async fn subject(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((child, journal)): Path<(PersonId, GroupId)>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (reading, period, rows) = app.marks(&actor, child, &choice).await?;
    let period = period.ok_or_else(Problem::not_found)?;
    let row = rows.iter().find(|row| row.key.journal == journal);
    let subject = match row {
        Some(row) => row.subject.clone(),
        None => app.subject(&reading, journal).await?,
    };
    let explanation = row.map_or(
        Explanation {
            reasons: vec![],
            average: None,
        },
        Explanation::of,
    );
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, subject.clone(), Some(&actor));
    html(&SubjectPage {
        frame,
        child,
        institution: reading.class.institution,
        period,
        subject,
        explanation,
    })
}

/// The marks of a period by subject, each average with what it was computed from.
#[utoipa::path(get, path = "/api/diary/{child}/marks", tag = "diary",
    params(("child" = String, Path, description = "id of the child"),
        ("institution" = Option<String>, Query, description = "which of the child's institutions"),
        ("period" = Option<String>, Query, description = "short name of the period; the current one if left out")),
    responses((status = 200, body = MarksView), (status = 404, description = "no such child or period, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<axum::Json<MarksView>, Problem> {
    let (_, period, rows) = app.marks(&actor, child, &choice).await?;
    Ok(axum::Json(MarksView::of(period.as_ref(), &rows)))
}

impl App {
    /// What is taught in a group in which the child learns and has no mark yet.
    async fn subject(&self, reading: &Reading, journal: GroupId) -> Result<String, Problem> {
        let learns = reading.class.learns_in.iter().any(|held| held.group == journal);
        let group = if learns {
            self.rosters.group(journal).await?
        } else {
            None
        };
        Ok(group.ok_or_else(Problem::not_found)?.subject.unwrap_or_default())
    }

    async fn marks(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &Choice,
    ) -> Result<(Reading, Option<AcademicPeriod>, Vec<PupilRow>), Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
        let period = reading.period(choice.period.as_deref(), reading.today)?.cloned();
        let mut rows = match &period {
            Some(period) => self.gradebook.rows_of(child, &period.id).await?,
            None => vec![],
        };
        rows.sort_by(|a, b| a.subject.cmp(&b.subject));
        Ok((reading, period, rows))
    }
}
