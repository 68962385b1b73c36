//! The column of a work as a form: for phones, and for browsers without scripts.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use gradebook::Lesson;
use model::{GroupId, LessonKey, PeriodId};
use web::{CurrentSession, Form, PageContext, Path, Problem, Session, html, see_other};

use crate::{
    App,
    handlers::{
        Purpose,
        cell::{Setting, Wish},
    },
    journal::Journal,
    lesson_form::{ColumnForm, Refused},
    pages::lesson::LessonPage,
    permit::Permit,
};

/// Sets what was changed in a column. What is refused comes back in its field.
pub(crate) async fn set(
    State(app): State<Arc<App>>,
    CurrentSession(session): CurrentSession,
    page: PageContext,
    Path((journal, period, key)): Path<(GroupId, PeriodId, LessonKey)>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let actor = &session.actor;
    let (mut journal, period) = app.journal(actor, journal, &period).await?;
    app.admit(actor, &journal.roster, Purpose::Write)?;
    let lesson = journal.lesson(key).ok_or_else(Problem::not_found)?.record.clone();
    let form = ColumnForm::parse(&form).ok_or_else(|| Problem::unreadable("invalid_form"))?;
    let permit = app.permit(&journal.roster, &period, journal.state.take()).await?;
    permit.for_mark(&session, &form.reason)?;
    let refused = app
        .set_entries(&session, &journal, &lesson, permit, &form)
        .await?;
    let address = format!("/journals/{}/{}/lessons/{key}", lesson.journal, period.id);
    if refused.is_empty() {
        return Ok(see_other(&format!("{address}?saved={}", form.work.number())));
    }
    let sheet = app.sheet(actor, lesson.journal, &period.id).await?;
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, texts.get("lesson-title"), Some(actor));
    let beside = app.beside(&sheet, key).await?;
    html(&LessonPage::new(frame, sheet, key, beside, refused)?)
}

impl App {
    /// Sets those entries of a column that were changed, each by itself; says which were refused and why.
    async fn set_entries(
        &self,
        session: &Session,
        journal: &Journal,
        lesson: &Lesson,
        mut permit: Permit,
        form: &ColumnForm,
    ) -> Result<Vec<Refused>, Problem> {
        let mut refused = vec![];
        for field in &form.fields {
            let Some(row) = journal.row(field.pupil) else {
                continue;
            };
            let wish = Wish {
                entry: Some((form.work, &field.entry)),
                comment: None,
                version: field.version,
                reason: &form.reason,
            };
            let setting = Setting {
                session,
                roster: &journal.roster,
                lesson,
                permit: &permit,
            };
            match self.set_cell(setting, &row.cells, wish).await {
                // What was already so was not written.
                Ok(cell) if cell.version == field.version => {}
                Ok(_) => permit.guard = permit.guard.written(),
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
