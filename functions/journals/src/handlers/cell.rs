//! Setting cells.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use gradebook::{Cell, CellChange, Lesson, RowKey};
use model::{Actor, GroupId, LessonKey, PeriodId, PersonId, Work, WorkId};
use rosters::GroupRoster;
use web::{CurrentUser, ExpectedVersion, Form, Json, PageContext, Path, Problem, etag, html, see_other};

use crate::{
    App,
    api::{CellView, SetCell},
    entry::{Entry, EntryError},
    handlers::{Purpose, actor_name},
    journal::was_member,
    lesson_form::{ColumnForm, Refused},
    pages::LessonPage,
    store::Outcome,
};

/// Where a cell is.
type CellPath = (GroupId, PeriodId, LessonKey, PersonId);

/// Sets what stands in a cell for one work. `If-Match` carries the version of the cell that the caller saw, `"0"` for a
/// cell that was never set. A conflict answers with what stands now; nothing is overwritten unseen.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path),
        ("lesson" = String, Path, description = "date and number: 2026-11-23-02"), ("pupil" = String, Path),
        ("If-Match" = String, Header, description = "version of the cell in quotes")),
    request_body = SetCell,
    responses((status = 200, body = CellView), (status = 404, description = "no such lesson or pupil, or not for the caller"),
        (status = 403, description = "the caller only reads this journal"),
        (status = 409, description = "somebody else has changed the cell; `current` is what stands now"),
        (status = 422, description = "not a mark")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((journal, period, lesson, pupil)): Path<CellPath>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<SetCell>,
) -> Result<Response, Problem> {
    let row = RowKey {
        journal,
        period,
        pupil,
    };
    let (roster, stored, cells) = tokio::try_join!(
        app.roster(journal),
        async {
            Ok(app
                .journals
                .gradebook
                .lesson(journal, &row.period, lesson)
                .await?)
        },
        async { Ok(app.journals.gradebook.row(&row).await?) }
    )?;
    app.admit(&actor, &roster, Purpose::Write)?;
    let lesson = stored.ok_or_else(Problem::not_found)?.record;
    let mut cells = cells.unwrap_or_else(|| gradebook::PupilRow {
        key: row.clone(),
        subject: lesson.subject.clone(),
        cells: std::collections::BTreeMap::new(),
    });
    let wish = Wish {
        work: body.work,
        entry: &body.entry,
        version,
    };
    let current = cells.cells.get(&lesson.lesson).cloned().unwrap_or_default();
    let set = app
        .set_cell(&actor, &roster, &lesson, &row, &current, wish)
        .await?;
    cells.cells.insert(lesson.lesson, set.clone());
    let view = CellView::of(&set, &lesson, cells.average());
    Ok(([etag(set.version)], axum::Json(view)).into_response())
}

/// What somebody wants to stand in a cell.
#[derive(Debug, Clone, Copy)]
struct Wish<'a> {
    work: WorkId,
    entry: &'a str,
    version: u64,
}

impl App {
    /// Sets a cell, or says why not. `current` is what was just read.
    async fn set_cell(
        &self,
        actor: &Actor,
        roster: &GroupRoster,
        lesson: &Lesson,
        row: &RowKey,
        current: &Cell,
        wish: Wish<'_>,
    ) -> Result<Cell, Problem> {
        let entry = Entry::parse(wish.entry).map_err(refusal)?;
        let work = self.check(roster, lesson, row, &entry, wish.work)?;
        let is_first = lesson.works.first().is_some_and(|first| first.id == work.id);
        let value = entry.applied(&current.value, work, is_first).map_err(refusal)?;
        let change = CellChange {
            journal: row.journal,
            lesson: lesson.lesson,
            pupil: row.pupil,
            number: wish.version + 1,
            at: self.clock.now(),
            by: actor.person,
            by_name: actor_name(actor, roster),
            from: current.value.clone(),
            to: value,
        };
        if current.version != wish.version {
            return self.settle(row, lesson, &change).await;
        }
        if change.from == change.to {
            return Ok(current.clone());
        }
        match self
            .journals
            .set_cell(row, &lesson.subject, &lesson.works, change.clone())
            .await?
        {
            Outcome::Done(cell) => Ok(cell),
            Outcome::Outdated => self.settle(row, lesson, &change).await,
        }
    }

    /// The rules that the school gives: the pupil is in the group that day, marks are not given ahead or in grade 1.
    fn check<'a>(
        &self,
        roster: &GroupRoster,
        lesson: &'a Lesson,
        row: &RowKey,
        entry: &Entry,
        work: WorkId,
    ) -> Result<&'a Work, Problem> {
        let pupil = roster
            .pupils
            .iter()
            .find(|member| member.person == row.pupil)
            .ok_or_else(Problem::not_found)?;
        if !was_member(pupil, lesson.lesson.date) {
            return Err(Problem::unacceptable("not_member_that_day"));
        }
        if lesson.lesson.date > self.clock.today(&roster.group.zone()) {
            return Err(Problem::unacceptable("lesson_in_future"));
        }
        if !entry.marks.is_empty() && roster.group.grade == Some(1) {
            return Err(Problem::unacceptable("no_marks_in_grade_1"));
        }
        lesson
            .works
            .iter()
            .find(|known| known.id == work)
            .ok_or_else(|| Problem::invalid("work"))
    }

    /// After a lost race: a repeat of one's own change is done already, anything else is a conflict that shows what
    /// stands now.
    async fn settle(&self, row: &RowKey, lesson: &Lesson, change: &CellChange) -> Result<Cell, Problem> {
        let current = self.journals.cell(row, lesson.lesson).await?;
        if self.journals.is_repeat(change, &current).await? {
            return Ok(current);
        }
        Err(Problem::conflict("cell_changed").with("current", CellView::of(&current, lesson, None)))
    }

    /// Sets those entries of a column that were changed, each by itself; says which were refused and why.
    async fn set_entries(
        &self,
        actor: &Actor,
        journal: &crate::journal::Journal,
        lesson: &Lesson,
        form: &ColumnForm,
    ) -> Result<Vec<Refused>, Problem> {
        let mut refused = vec![];
        for field in &form.fields {
            let Some(row) = journal.row(field.pupil) else {
                continue;
            };
            let current = row.cell(lesson.lesson);
            let wish = Wish {
                work: form.work,
                entry: &field.entry,
                version: field.version,
            };
            let set = self
                .set_cell(actor, &journal.roster, lesson, &row.cells.key, &current, wish)
                .await;
            match set {
                Ok(_) => {}
                Err(problem) if problem.status().is_client_error() => {
                    refused.push(Refused {
                        pupil: field.pupil,
                        entry: field.entry.clone(),
                        code: problem.code().to_owned(),
                    });
                }
                Err(problem) => return Err(problem),
            }
        }
        Ok(refused)
    }
}

fn refusal(error: EntryError) -> Problem {
    Problem::unacceptable(error.code()).with_field("entry", error.code())
}

/// The column of a work as a form: for phones, and for browsers without scripts. What is refused comes back in its field.
pub(crate) async fn set_column(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((journal, period, key)): Path<(GroupId, PeriodId, LessonKey)>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let (journal, period) = app.journal(&actor, journal, &period).await?;
    app.admit(&actor, &journal.roster, Purpose::Write)?;
    let stored = journal.lesson(key).ok_or_else(Problem::not_found)?;
    let form = ColumnForm::parse(&form).ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let lesson = stored.record.clone();
    let refused = app.set_entries(&actor, &journal, &lesson, &form).await?;
    let address = format!("/journals/{}/{}/lessons/{key}", lesson.journal, period.id);
    if refused.is_empty() {
        return Ok(see_other(&format!("{address}?saved={}", form.work.number())));
    }
    let (journal, period) = app.journal(&actor, lesson.journal, &period.id).await?;
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, texts.get("lesson-title"), Some(&actor));
    html(&LessonPage::new(frame, journal, period, key, true, refused)?)
}
