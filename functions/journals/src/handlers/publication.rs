//! From when the marks of a work are shown to pupils and to parents.
//!
//! The dates stand in each mark, where the diary reads them, and in the work, from which new marks take them. A change goes
//! to the marks first and to the work last; whoever repeats one that broke off goes on where it stopped.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use gradebook::{Cell, JournalPeriod, Lesson};
use model::{Actor, GroupId, LessonKey, PeriodId, Publication, Work, WorkId};
use serde::Deserialize;
use store::Stored;
use web::{CurrentUser, ExpectedVersion, Form, Json, Path, Problem, etag, see_other};

use crate::{
    App,
    api::{LessonView, PutPublication},
    handlers::{Purpose, period_of},
    lesson_form::parse_publication,
    permit::{Guard, Permit},
    store::{JournalStore, Outcome, Restated},
};

/// Where a work is.
type WorkPath = (GroupId, PeriodId, LessonKey, WorkId);

/// A form with the dates.
#[derive(Debug, Deserialize)]
pub(crate) struct PublicationForm {
    version: u64,
    #[serde(default)]
    pupils_from: String,
    #[serde(default)]
    parents_from: String,
}

/// Sets from when the marks of a work are shown. `If-Match` carries the version of the lesson that the caller saw. All marks
/// of the work follow; no reader sees a mark before its date.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/lessons/{lesson}/works/{work}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path),
        ("lesson" = String, Path, description = "date and number: 2026-11-23-02"),
        ("work" = u8, Path, description = "number of the work within the lesson"),
        ("If-Match" = String, Header, description = "version of the lesson in quotes")),
    request_body = PutPublication,
    responses((status = 200, body = LessonView), (status = 404, description = "no such work, or not for the caller"),
        (status = 409, description = "the lesson has another version, or the period is locked"),
        (status = 422, description = "a date before the lesson or more than a year after it")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<WorkPath>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<PutPublication>,
) -> Result<Response, Problem> {
    let publication =
        parse_publication(path.2.date, &body.pupils_from, &body.parents_from).map_err(Problem::invalid)?;
    let stored = app.publish(&actor, &path, version, publication).await?;
    let view = axum::Json(LessonView::of(&stored));
    Ok(([etag(stored.version)], view).into_response())
}

/// The same from the page of the lesson.
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(path): Path<WorkPath>,
    Form(form): Form<PublicationForm>,
) -> Result<Response, Problem> {
    let publication =
        parse_publication(path.2.date, &form.pupils_from, &form.parents_from).map_err(Problem::invalid)?;
    app.publish(&actor, &path, form.version, publication).await?;
    let (journal, period, lesson, work) = path;
    Ok(see_other(&format!(
        "/journals/{journal}/{period}/lessons/{lesson}?saved={}",
        work.number()
    )))
}

/// The cell with other dates at its marks for a work; nothing if they are so already.
fn republished(cell: &Cell, work: WorkId, publication: Publication) -> Option<Cell> {
    let mut after = cell.clone();
    for mark in after.value.marks.iter_mut().filter(|mark| mark.work == work) {
        mark.publication = publication;
    }
    (after != *cell).then_some(after)
}

impl App {
    /// How often the marks are read anew when somebody sets marks of the same lesson meanwhile.
    const ROUNDS: usize = 4;

    async fn publish(
        &self,
        actor: &Actor,
        path: &WorkPath,
        version: u64,
        publication: Publication,
    ) -> Result<Stored<Lesson>, Problem> {
        let (journal, period, key, work) = path;
        let (roster, found) = tokio::try_join!(self.roster(*journal), self.latest(*journal, period))?;
        self.admit(actor, &roster, Purpose::Write)?;
        let lesson = lesson_in(&found, *key).ok_or_else(Problem::not_found)?;
        let known = lesson.record.works.iter().find(|known| known.id == *work);
        let known: Work = known.cloned().ok_or_else(Problem::not_found)?;
        let permit = self
            .permit(&roster, period_of(&roster, period)?, found.state.clone())
            .await?;
        permit.for_lesson()?;
        if lesson.version != version {
            return Err(Problem::conflict("lesson_changed").with("current", LessonView::of(lesson)));
        }
        let permit = self.republish(path, found.clone(), permit, publication).await?;
        if known.publication == publication {
            return Ok(lesson.clone());
        }
        let mut changed = lesson.record.clone();
        for work in changed.works.iter_mut().filter(|known| known.id == *work) {
            work.publication = publication;
        }
        let changed = self.journals.change_lesson(changed, lesson, &permit.guard);
        let changed = match changed.await? {
            Outcome::Done(changed) => changed,
            Outcome::Outdated | Outcome::Overtaken => return Err(Problem::conflict("journal_changed")),
        };
        // Marks that were set between the first round and the change of the work have the dates from before it.
        let found = self.latest(*journal, period).await?;
        self.republish(path, found, permit, publication).await?;
        Ok(changed)
    }

    async fn latest(&self, journal: GroupId, period: &PeriodId) -> Result<JournalPeriod, Problem> {
        Ok(self.journals.gradebook.period_latest(journal, period).await?)
    }

    /// Gives the dates to all marks of a work that have others, so many in a transaction.
    async fn republish(
        &self,
        (journal, period, key, work): &WorkPath,
        mut found: JournalPeriod,
        mut permit: Permit,
        publication: Publication,
    ) -> Result<Permit, Problem> {
        for _ in 0..Self::ROUNDS {
            let others: Vec<Restated<'_>> = found
                .rows
                .iter()
                .filter_map(|row| {
                    let before = row.cells.get(key)?;
                    let after = republished(before, *work, publication)?;
                    Some(Restated { row, before, after })
                })
                .collect();
            if others.is_empty() {
                return Ok(permit);
            }
            let mut all_done = true;
            for some in others.chunks(JournalStore::MOST_RESTATED) {
                match self.journals.restate(*key, some, &permit.guard).await? {
                    Outcome::Done(()) => permit.guard = permit.guard.written(),
                    Outcome::Outdated => all_done = false,
                    Outcome::Overtaken => return Err(Problem::conflict("journal_changed")),
                }
            }
            if all_done {
                return Ok(permit);
            }
            found = self.latest(*journal, period).await?;
            permit.guard = found.state.clone().map_or(permit.guard, Guard::Known);
        }
        Err(Problem::conflict("journal_changed"))
    }
}

fn lesson_in(found: &JournalPeriod, key: LessonKey) -> Option<&Stored<Lesson>> {
    found.lessons.iter().find(|lesson| lesson.record.lesson == key)
}
