//! Edits of lessons: by JSON from the grid, by form from a cell.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::{GroupId, Weekday};
use serde::Deserialize;
use timetables::WeekCycle;
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, see_other};

use super::{Edited, problem, sentences};
use crate::{
    App,
    drafts::{
        draft::DraftLesson, edit::Edit, id::DraftId, store::Touched, view::View, views::EditDone,
        words::Words,
    },
};

/// Puts a lesson in, takes one out or changes one: `now` in the place of `was`. A lesson that does not stand as it was seen is
/// not touched, and nothing is saved that brings a conflict in.
#[utoipa::path(post, path = "/api/schedules/drafts/{draft}/lessons", tag = "schedules",
    params(("draft" = String, Path, description = "The draft.")), request_body = Edit,
    responses((status = 200, body = EditDone), (status = 404, description = "No such draft for the actor."),
        (status = 409, description = "The lesson was changed by somebody else: `current` are the group's lessons as they stand. Or the draft is published."),
        (status = 422, description = "The lesson cannot be there: `conflicts` says why.")))]
pub(crate) async fn edit(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Json(edit): Json<Edit>,
) -> Result<Response, Problem> {
    match app.edit_lesson(&actor, draft, edit).await? {
        Edited::Done(done, loaded) => {
            let revision = loaded.head.revision;
            Ok(axum::Json(EditDone { done, revision }).into_response())
        }
        Edited::Refused(refusal, loaded) => {
            let words = Words {
                texts: app.texts(&page),
                head: &loaded.head,
                draft: &loaded.draft,
            };
            Err(problem(&words, &refusal))
        }
    }
}

impl App {
    async fn edit_lesson(
        &self,
        actor: &model::Actor,
        draft: DraftId,
        edit: Edit,
    ) -> Result<Edited<Edit>, Problem> {
        self.edit_draft(actor, draft, |draft, bells| {
            let (done, classes) = edit.clone().apply(draft, bells)?;
            let touched = Touched {
                classes,
                terms: false,
            };
            Ok((done, touched))
        })
        .await
    }
}

/// A form of a cell.
#[derive(Debug, Deserialize)]
pub(crate) struct LessonForm {
    /// The lesson as it was seen, as JSON; empty for a new one.
    #[serde(default)]
    was: String,
    /// `put` or `remove`.
    action: String,
    /// The group of a new lesson.
    group: Option<GroupId>,
    /// The place: `2-5` is Tuesday, fifth lesson.
    #[serde(default)]
    place: String,
    cycle: Option<WeekCycle>,
    #[serde(default)]
    room: String,
    pinned: Option<String>,
    /// The view to come back to, as a query.
    view: String,
    /// The cell of the form: `2-5`.
    cell: String,
}

impl LessonForm {
    fn edit(&self) -> Result<Edit, Problem> {
        let unreadable = || Problem::unreadable("invalid_form");
        let was: Option<DraftLesson> = match self.was.as_str() {
            "" => None,
            json => Some(serde_json::from_str(json).map_err(|_| unreadable())?),
        };
        if self.action == "remove" {
            return Ok(Edit { was, now: None });
        }
        let (day, number) = place(&self.place).ok_or_else(|| Problem::invalid("number"))?;
        let group = was.as_ref().map(|was| was.group).or(self.group);
        let now = DraftLesson {
            group: group.ok_or_else(|| Problem::invalid("group"))?,
            day,
            number,
            cycle: self.cycle.unwrap_or(WeekCycle::Every),
            room: self.room.clone(),
            teachers: was.as_ref().map(|was| was.teachers.clone()).unwrap_or_default(),
            pinned: self.pinned.is_some(),
        };
        Ok(Edit { was, now: Some(now) })
    }
}

/// Reads `2-5`.
fn place(text: &str) -> Option<(Weekday, u8)> {
    let (day, number) = text.split_once('-')?;
    let day: u8 = day.parse().ok()?;
    Some((day.try_into().ok()?, number.parse().ok()?))
}

/// Makes the edit of a form. What is refused comes back with its reasons.
pub(crate) async fn edit_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Form(form): Form<LessonForm>,
) -> Result<Response, Problem> {
    app.draft_head(&actor, draft).await?;
    let view = View::of_query(&form.view).ok_or_else(|| Problem::unreadable("invalid_form"))?;
    match app.edit_lesson(&actor, draft, form.edit()?).await? {
        Edited::Done(..) => {
            let address = format!("/schedules/drafts/{draft}?{}&saved=1", view.query());
            Ok(see_other(&format!("{address}#c{}", form.cell)))
        }
        Edited::Refused(refusal, loaded) => {
            let cell = place(&form.cell).ok_or_else(|| Problem::unreadable("invalid_form"))?;
            let words = Words {
                texts: app.texts(&page),
                head: &loaded.head,
                draft: &loaded.draft,
            };
            let refused = sentences(&words, &refusal);
            app.cell_page(&actor, &page, *loaded, view, cell, refused).await
        }
    }
}
