//! Noting those as absent of whom it was told that they do not come: one action for a lesson.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use gradebook::{Cell, ClassNotice, Lesson};
use model::{AcademicPeriod, GroupId, LessonKey, PeriodId, PersonId};
use rosters::GroupRoster;
use serde::Deserialize;
use web::{CurrentSession, Form, Json, Path, Problem, Session, see_other};

use crate::{
    App,
    absences::{classes, newcomers, proposal, weeks},
    api::notices::{AbsencesView, NoteAbsences},
    handlers::{
        Purpose, Sheet,
        cell::{Setting, Wish},
    },
    journal::Journal,
    permit::Permit,
};

/// The button of a lesson.
#[derive(Debug, Deserialize)]
pub(crate) struct AbsencesForm {
    /// Why, in a period that was locked.
    #[serde(default)]
    reason: String,
    /// Whether the button stood in the grid.
    #[serde(default)]
    grid: Option<u8>,
}

/// What was noted.
pub(crate) struct Noted {
    /// The lesson.
    pub(crate) lesson: Lesson,
    /// The cells that were set.
    pub(crate) cells: Vec<(PersonId, Cell)>,
    /// How many were left alone: somebody else had set them meanwhile.
    pub(crate) left: usize,
}

pub(crate) async fn note(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    Path((journal, period, key)): Path<(GroupId, PeriodId, LessonKey)>,
    Form(form): Form<AbsencesForm>,
) -> Result<Response, Problem> {
    app.note_absences(&session, journal, &period, key, &form.reason)
        .await?;
    let grid = format!("/journals/{journal}/{period}");
    Ok(see_other(&match form.grid {
        Some(_) => format!("{grid}#lesson-{key}"),
        None => format!("{grid}/lessons/{key}?saved=1"),
    }))
}

/// Notes at a lesson those as absent of whom it was told that they do not come: «б», «у» or «н» by the reason. Cells that
/// were ever set are left alone.
#[utoipa::path(post, path = "/api/journals/{journal}/{period}/lessons/{lesson}/absences", tag = "journals",
    params(("journal" = String, Path), ("period" = String, Path),
        ("lesson" = String, Path, description = "date and number: 2026-11-23-02")),
    request_body = NoteAbsences,
    responses((status = 200, body = AbsencesView), (status = 404, description = "no such lesson, or not for the caller"),
        (status = 403, description = "the caller only reads this journal, or has to sign in anew (`fresh_sign_in_needed`)"),
        (status = 409, description = "the period is locked"), (status = 422, description = "a reason is needed")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    Path((journal, period, key)): Path<(GroupId, PeriodId, LessonKey)>,
    Json(body): Json<NoteAbsences>,
) -> Result<axum::Json<AbsencesView>, Problem> {
    let noted = app
        .note_absences(&session, journal, &period, key, &body.reason)
        .await?;
    Ok(axum::Json(AbsencesView::of(&noted)))
}

impl App {
    /// The notices of absence beside a period of a journal.
    pub(crate) async fn told_of(&self, sheet: &Sheet) -> Result<Vec<ClassNotice>, Problem> {
        self.journal_notices(&sheet.journal.roster, &sheet.period).await
    }

    /// The notices of absence that a journal shows: one batch of gets, none for a period that is over.
    async fn journal_notices(
        &self,
        roster: &GroupRoster,
        period: &AcademicPeriod,
    ) -> Result<Vec<ClassNotice>, Problem> {
        let group = &roster.group;
        let weeks = weeks(period, self.clock.today(&group.zone()));
        if weeks.is_empty() {
            return Ok(vec![]);
        }
        let gradebook = &self.journals.gradebook;
        let newcomers = newcomers(roster, &weeks);
        Ok(gradebook
            .class_notices(&classes(group), &weeks, &newcomers)
            .await?)
    }

    /// Sets the proposed cells of a lesson, each by itself.
    async fn note_absences(
        &self,
        session: &Session,
        journal: GroupId,
        period: &PeriodId,
        key: LessonKey,
        reason: &str,
    ) -> Result<Noted, Problem> {
        let (mut journal, period) = self.journal(&session.actor, journal, period).await?;
        self.admit(&session.actor, &journal.roster, Purpose::Write)?;
        let lesson = journal.lesson(key).ok_or_else(Problem::not_found)?.record.clone();
        let permit = self
            .permit(&journal.roster, &period, journal.state.take())
            .await?;
        permit.for_mark(session, reason)?;
        let notices = self.journal_notices(&journal.roster, &period).await?;
        self.note_proposed(session, &journal, lesson, permit, (&notices, reason))
            .await
    }

    async fn note_proposed(
        &self,
        session: &Session,
        journal: &Journal,
        lesson: Lesson,
        mut permit: Permit,
        (notices, reason): (&[ClassNotice], &str),
    ) -> Result<Noted, Problem> {
        let today = self.clock.today(&journal.roster.group.zone());
        let work = lesson.works.first().ok_or_else(Problem::not_found)?.id;
        let (mut cells, mut left) = (vec![], 0);
        for row in &journal.rows {
            let Some(notice) = proposal(row, lesson.lesson, notices, today) else {
                continue;
            };
            let wish = Wish {
                entry: Some((work, notice.reason.attendance().short())),
                comment: None,
                version: 0,
                reason,
            };
            let setting = Setting {
                session,
                roster: &journal.roster,
                lesson: &lesson,
                permit: &permit,
            };
            match self.set_cell(setting, &row.cells, wish).await {
                Ok(cell) => {
                    permit.guard = permit.guard.written();
                    cells.push((row.member.person, cell));
                }
                // Somebody has set it meanwhile: what they have seen stands.
                Err(problem) if problem.code() == "cell_changed" => left += 1,
                Err(problem) => return Err(problem),
            }
        }
        Ok(Noted { lesson, cells, left })
    }
}
