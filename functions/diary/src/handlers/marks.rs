//! The marks of a period, by subject, with the averages and their reasons.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use gradebook::{PupilRow, YearResults};
use model::{AcademicPeriod, AcademicYear, Actor, GroupId, InstitutionKind, PersonId, ResultMark};
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use crate::{
    App,
    api::MarksView,
    handlers::{Choice, Reading},
    pages::MarksPage,
};

/// The marks of a period as the reader may see them, and the results of its year.
#[derive(Debug)]
pub(crate) struct Marks {
    /// Whose.
    pub(crate) reading: Reading,
    /// The period, where the class has periods.
    pub(crate) period: Option<AcademicPeriod>,
    /// By subject.
    pub(crate) rows: Vec<PupilRow>,
    /// By journal.
    results: Vec<YearResults>,
}

/// The results of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResultLine {
    /// The journal.
    pub(crate) journal: GroupId,
    /// What is taught.
    pub(crate) subject: String,
    /// Of the periods, in the order of [`Marks::terms`].
    pub(crate) periods: Vec<Option<ResultMark>>,
    /// Of the year.
    pub(crate) year: Option<ResultMark>,
}

impl Marks {
    /// The periods of the year.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &AcademicPeriod> {
        let year = self.period.as_ref().map(|period| AcademicYear::of(period.start));
        let of_year = move |period: &&AcademicPeriod| Some(AcademicYear::of(period.start)) == year;
        self.reading.class.periods.iter().filter(of_year)
    }

    /// The subjects that have a result, by name.
    pub(crate) fn result_lines(&self) -> Vec<ResultLine> {
        let line = |results: &YearResults| ResultLine {
            journal: results.journal,
            subject: results.subject.clone(),
            periods: self
                .terms()
                .map(|term| results.periods.get(&term.id).and_then(|result| result.mark))
                .collect(),
            year: results.whole.as_ref().and_then(|result| result.mark),
        };
        let has_any = |line: &ResultLine| line.year.is_some() || line.periods.iter().any(Option::is_some);
        let mut lines: Vec<ResultLine> = self.results.iter().map(line).filter(has_any).collect();
        lines.sort_by(|a, b| (&a.subject, a.journal).cmp(&(&b.subject, b.journal)));
        lines
    }
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    headers: HeaderMap,
    Path(child): Path<PersonId>,
    Query(choice): Query<Choice>,
) -> Result<Response, Problem> {
    let (children, (marks, kind)) = tokio::try_join!(
        app.children(&actor, child, &headers),
        app.marks_at(&actor, child, &choice)
    )?;
    let texts = app.translations.of(page.locale);
    let given = &marks.reading.child.person.name.given;
    let title = format!("{}: {given}", texts.get("marks"));
    html(&MarksPage {
        frame: page.frame(texts, title, Some(&actor)),
        children: children.links(child),
        marks,
        has_pass_book: kind == Some(InstitutionKind::Vocational),
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
    Ok(axum::Json(MarksView::of(
        &app.marks(&actor, child, &choice).await?,
    )))
}

impl App {
    async fn marks(&self, actor: &Actor, child: PersonId, choice: &Choice) -> Result<Marks, Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
        self.marks_of(reading, choice).await
    }

    /// The same with the kind of the institution, read in parallel.
    async fn marks_at(
        &self,
        actor: &Actor,
        child: PersonId,
        choice: &Choice,
    ) -> Result<(Marks, Option<InstitutionKind>), Problem> {
        let reading = self.reading(actor, child, choice.institution).await?;
        let place = reading.class.institution;
        let institution = async { Ok(self.rosters.institution(place).await?) };
        let (marks, institution) = tokio::try_join!(self.marks_of(reading, choice), institution)?;
        Ok((marks, institution.map(|found| found.kind)))
    }

    async fn marks_of(&self, reading: Reading, choice: &Choice) -> Result<Marks, Problem> {
        let child = reading.child.person.person;
        let period = reading.period(choice.period.as_deref(), reading.today)?.cloned();
        let results = async {
            match &period {
                Some(period) => {
                    let year = AcademicYear::of(period.start);
                    Ok(self.gradebook.results_of(child, year).await?)
                }
                None => Ok(vec![]),
            }
        };
        let (mut rows, results) = tokio::try_join!(self.rows(&reading, period.as_ref()), results)?;
        rows.sort_by(|a, b| a.subject.cmp(&b.subject));
        Ok(Marks {
            reading,
            period,
            rows,
            results,
        })
    }
}
