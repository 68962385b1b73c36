//! Setting cells.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use gradebook::{Cell, CellChange, CellValue, Lesson, PupilRow, RowKey};
use model::{GroupId, LessonKey, PeriodId, PersonId, Work, WorkId};
use rosters::GroupRoster;
use serde::Deserialize;
use web::{CurrentSession, ExpectedVersion, Form, Json, Path, Problem, Session, etag, see_other};

use crate::{
    App,
    api::{CellView, SetCell},
    entry::{Entry, EntryError, OwedTerms, parse_comment},
    handlers::{Purpose, actor_name, period_of},
    journal::{Format, was_member},
    permit::Permit,
    store::Outcome,
};

/// Where a cell is.
type CellPath = (GroupId, PeriodId, LessonKey, PersonId);

/// What somebody wants to stand in a cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish<'a> {
    /// For which work what entry; nothing leaves the marks alone.
    pub(crate) entry: Option<(WorkId, &'a str)>,
    /// What is said to the family; nothing leaves that alone.
    pub(crate) comment: Option<&'a str>,
    /// The version of the cell that was seen.
    pub(crate) version: u64,
    /// Why, for a period that was locked.
    pub(crate) reason: &'a str,
}

/// Who sets cells of a lesson, and by which leave.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// Who.
    pub(crate) session: &'a Session,
    /// The group.
    pub(crate) roster: &'a GroupRoster,
    /// The lesson.
    pub(crate) lesson: &'a Lesson,
    /// What is allowed in its period.
    pub(crate) permit: &'a Permit,
}

/// A form with the comment of a cell.
#[derive(Debug, Deserialize)]
pub(crate) struct CommentForm {
    version: u64,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    reason: String,
}

/// Sets what stands in a cell for one work, and what is said to the family. `If-Match` carries the version of the cell that
/// the caller saw, `"0"` for a cell that was never set. A conflict answers with what stands now; nothing is overwritten
/// unseen. In a period that was locked and is open for a time a reason is asked for, and a sign-in of the last ten minutes.
#[utoipa::path(put, path = "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path),
        ("lesson" = String, Path, description = "date and number: 2026-11-23-02"), ("pupil" = String, Path),
        ("If-Match" = String, Header, description = "version of the cell in quotes")),
    request_body = SetCell,
    responses((status = 200, body = CellView), (status = 404, description = "no such lesson or pupil, or not for the caller"),
        (status = 403, description = "the caller only reads this journal, or has to sign in anew (`fresh_sign_in_needed`)"),
        (status = 409, description = "somebody else has changed the cell, then `current` is what stands now; or the period is locked"),
        (status = 422, description = "not a mark, or a reason is needed")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    Path(path): Path<CellPath>,
    ExpectedVersion(version): ExpectedVersion,
    Json(body): Json<SetCell>,
) -> Result<Response, Problem> {
    let wish = Wish {
        entry: Some((body.work, &body.entry)),
        comment: body.comment.as_deref(),
        version,
        reason: &body.reason,
    };
    let (set, lesson, row) = app.set_one(&session, &path, wish).await?;
    let view = CellView::of(&set, &lesson, row.average());
    Ok(([etag(set.version)], axum::Json(view)).into_response())
}

/// Sets what is said to the family, from the page of the cell.
pub(crate) async fn comment(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    Path(path): Path<CellPath>,
    Form(form): Form<CommentForm>,
) -> Result<Response, Problem> {
    let wish = Wish {
        entry: None,
        comment: Some(&form.comment),
        version: form.version,
        reason: &form.reason,
    };
    app.set_one(&session, &path, wish).await?;
    let (journal, period, lesson, pupil) = path;
    Ok(see_other(&format!(
        "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}?saved=1"
    )))
}

impl App {
    /// Sets one cell by what is last written: group, lesson, row and state of the period are read in parallel.
    async fn set_one(
        &self,
        session: &Session,
        (journal, period, lesson, pupil): &CellPath,
        wish: Wish<'_>,
    ) -> Result<(Cell, Lesson, PupilRow), Problem> {
        let row = RowKey {
            journal: *journal,
            period: period.clone(),
            pupil: *pupil,
        };
        let gradebook = &self.journals.gradebook;
        let (roster, stored, cells, state) = tokio::try_join!(
            self.roster(*journal),
            async { Ok(gradebook.lesson(*journal, period, *lesson).await?) },
            async { Ok(gradebook.row(&row).await?) },
            async { Ok(gradebook.state(*journal, period).await?) }
        )?;
        self.admit(&session.actor, &roster, Purpose::Write)?;
        let lesson = stored.ok_or_else(Problem::not_found)?.record;
        let permit = self.permit(&roster, period_of(&roster, period)?, state).await?;
        let mut cells = cells.unwrap_or_else(|| PupilRow::empty(row, &lesson.subject, permit.marking().rule));
        let setting = Setting {
            session,
            roster: &roster,
            lesson: &lesson,
            permit: &permit,
        };
        let set = self.set_cell(setting, &cells, wish).await?;
        cells.cells.insert(lesson.lesson, set.clone());
        Ok((set, lesson, cells))
    }

    /// Sets a cell, or says why not. `row` is what was just read.
    pub(crate) async fn set_cell(
        &self,
        setting: Setting<'_>,
        row: &PupilRow,
        wish: Wish<'_>,
    ) -> Result<Cell, Problem> {
        let Setting {
            session,
            roster,
            lesson,
            permit,
        } = setting;
        let current = row.cells.get(&lesson.lesson).cloned().unwrap_or_default();
        let value = self.wanted(setting, row, &current.value, wish)?;
        let change = CellChange {
            journal: row.key.journal,
            lesson: lesson.lesson,
            pupil: row.key.pupil,
            number: wish.version + 1,
            at: self.clock.now(),
            by: session.actor.person,
            by_name: actor_name(&session.actor, roster),
            reason: permit.for_mark(session, wish.reason)?,
            from: current.value.clone(),
            to: value,
            alert: None,
        };
        if current.version != wish.version {
            return self.settle(&row.key, lesson, &change).await;
        }
        if change.from == change.to {
            return Ok(current);
        }
        let alert = self.alert_of(&change, roster).await?;
        let change = CellChange { alert, ..change };
        let mut head = row.head();
        head.subject = &lesson.subject;
        head.rule = permit.marking().rule;
        let set = self
            .journals
            .set_cell(head, &lesson.works, &permit.guard, change.clone());
        match set.await? {
            Outcome::Done(cell) => Ok(cell),
            Outcome::Outdated => self.settle(&row.key, lesson, &change).await,
            Outcome::Overtaken => Err(Problem::conflict("journal_changed")),
        }
    }

    /// The value that a wish makes of what stands.
    fn wanted(
        &self,
        setting: Setting<'_>,
        row: &PupilRow,
        current: &CellValue,
        wish: Wish<'_>,
    ) -> Result<CellValue, Problem> {
        let Setting { roster, lesson, .. } = setting;
        let today = self.clock.today(&roster.group.zone());
        belongs(roster, lesson, row.key.pupil)?;
        if lesson.lesson.date > today {
            return Err(Problem::unacceptable("lesson_in_future"));
        }
        let mut value = current.clone();
        if let Some((work, text)) = wish.entry {
            let entry = Entry::parse(text).map_err(refusal)?;
            let work = taken(Format::of(&roster.group), lesson, &entry, work)?;
            let is_first = lesson.works.first().is_some_and(|first| first.id == work.id);
            let terms = OwedTerms {
                lesson: lesson.lesson.date,
                today,
                days: setting.permit.marking().owed_days,
            };
            value = entry.applied(current, work, is_first, terms).map_err(refusal)?;
        }
        if let Some(comment) = wish.comment {
            value.comment = parse_comment(comment).map_err(Problem::invalid)?;
        }
        Ok(value)
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
}

/// Whether the pupil was in the group that day.
fn belongs(roster: &GroupRoster, lesson: &Lesson, pupil: PersonId) -> Result<(), Problem> {
    let member = roster
        .pupils
        .iter()
        .find(|member| member.person == pupil)
        .ok_or_else(Problem::not_found)?;
    if was_member(member, lesson.lesson.date) {
        Ok(())
    } else {
        Err(Problem::unacceptable("not_member_that_day"))
    }
}

/// The work for which an entry is, if the journal takes such entries.
fn taken<'a>(format: Format, lesson: &'a Lesson, entry: &Entry, work: WorkId) -> Result<&'a Work, Problem> {
    if !entry.marks.is_empty() && !format.has_marks() {
        return Err(Problem::unacceptable(match format {
            Format::Days => "no_marks_in_register",
            Format::Attendance | Format::Marks => "no_marks_in_grade_1",
        }));
    }
    if entry
        .attendance
        .is_some_and(|letter| !format.letters().contains(&letter))
    {
        return Err(Problem::unacceptable("letter_not_here").with_field("entry", "letter_not_here"));
    }
    lesson
        .works
        .iter()
        .find(|known| known.id == work)
        .ok_or_else(|| Problem::invalid("work"))
}

fn refusal(error: EntryError) -> Problem {
    Problem::unacceptable(error.code()).with_field("entry", error.code())
}
