//! One cell of the grid as a form, and for one lesson which cells are free.

use std::sync::Arc;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use model::{Actor, GroupId, PersonId, Weekday};
use serde::Deserialize;
use timetables::WeekCycle;
use web::{CurrentUser, PageContext, Path, Problem, Query, html};

use super::views;
use crate::{
    App,
    drafts::{
        conflict::Board,
        draft::{Draft, DraftLesson},
        id::DraftId,
        pages::{CellPage, Opened, last_number},
        store::Loaded,
        view::{View, ViewQuery},
        views::{CellView, CellsView},
        words::Words,
    },
};

/// The days of a week on which schools teach.
const DAYS: u8 = 6;

/// Which cell.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct PlaceQuery {
    day: u8,
    number: u8,
}

impl PlaceQuery {
    fn read(self) -> Result<(Weekday, u8), Problem> {
        let day = Weekday::try_from(self.day).map_err(|_| Problem::invalid("day"))?;
        if (1..=model::LessonKey::MOST_A_DAY).contains(&self.number) {
            Ok((day, self.number))
        } else {
            Err(Problem::invalid("number"))
        }
    }
}

/// The form of a cell: what stands in it and what could.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Query(view): Query<ViewQuery>,
    Query(place): Query<PlaceQuery>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    let view = view.view().ok_or_else(Problem::not_found)?;
    let (day, number) = place.read()?;
    app.cell_page(&actor, &page, loaded, view, (day, number), vec![])
        .await
}

impl App {
    /// The form of a cell, with what was refused.
    pub(super) async fn cell_page(
        &self,
        actor: &Actor,
        page: &PageContext,
        loaded: Loaded,
        view: View,
        place: (Weekday, u8),
        refused: Vec<String>,
    ) -> Result<Response, Problem> {
        let bells = self
            .drafts
            .bells(loaded.head.institution, loaded.head.from)
            .await?;
        let texts = self.texts(page);
        let frame = page.frame(texts, texts.get("drafts-cell"), Some(actor));
        let opened = Opened {
            head: loaded.head,
            draft: loaded.draft,
            bells,
            view,
        };
        html(&CellPage::new(frame, opened, place, refused))
    }
}

/// Which lesson: one that stands, by its place, or one of a group that does not.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct LessonQuery {
    group: GroupId,
    day: Option<u8>,
    number: Option<u8>,
    cycle: Option<WeekCycle>,
    room: Option<String>,
    teacher: Option<PersonId>,
}

impl LessonQuery {
    /// The lesson, and whether it stands in the draft.
    fn find(&self, draft: &Draft) -> Result<(DraftLesson, bool), Problem> {
        let course = draft.course(self.group).ok_or_else(Problem::not_found)?;
        let cycle = self.cycle.unwrap_or(WeekCycle::Every);
        if let (Some(day), Some(number)) = (self.day, self.number) {
            let stands = draft.lessons().map(|(_, lesson)| lesson).find(|lesson| {
                lesson.group == self.group
                    && (lesson.day.number(), lesson.number, lesson.cycle) == (day, number, cycle)
            });
            return stands
                .map(|lesson| (lesson.clone(), true))
                .ok_or_else(Problem::not_found);
        }
        let monday = Weekday::try_from(1).map_err(|_| Problem::invalid("day"))?;
        let lesson = DraftLesson {
            group: self.group,
            day: monday,
            number: 1,
            cycle,
            room: self.room.clone().unwrap_or_default(),
            teachers: self
                .teacher
                .map_or_else(|| course.teachers.clone(), |one| vec![one]),
            pinned: false,
        };
        Ok((lesson, false))
    }
}

/// Where in the week a lesson can stand, and why not elsewhere.
#[utoipa::path(get, path = "/api/schedules/drafts/{draft}/cells", tag = "schedules",
    params(("draft" = String, Path, description = "The draft."), ("group" = String, Query, description = "The lesson's group."),
        ("day" = Option<u8>, Query, description = "The day on which the lesson stands; none for a new lesson."),
        ("number" = Option<u8>, Query, description = "The number at which it stands."),
        ("cycle" = Option<String>, Query, description = "`every`, `a` or `b`."),
        ("room" = Option<String>, Query, description = "The room of a new lesson."),
        ("teacher" = Option<String>, Query, description = "The teacher of a new lesson, if not the group's own.")),
    responses((status = 200, body = CellsView), (status = 404, description = "No such draft or lesson for the actor.")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Query(query): Query<LessonQuery>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    let bells = app
        .drafts
        .bells(loaded.head.institution, loaded.head.from)
        .await?;
    let (lesson, stands) = query.find(&loaded.draft)?;
    let words = Words {
        texts: app.texts(&page),
        head: &loaded.head,
        draft: &loaded.draft,
    };
    let board = Board {
        draft: &loaded.draft,
        bells: &bells,
    };
    let days = (1..=DAYS).filter_map(|day| Weekday::try_from(day).ok());
    let numbers = last_number(&loaded.draft, &bells);
    let cells = days.flat_map(|day| (1..=numbers).map(move |number| (day, number)));
    let cells = cells.map(|(day, number)| {
        let there = DraftLesson {
            day,
            number,
            ..lesson.clone()
        };
        let conflicts = board.new_conflicts(&there, stands.then_some(&lesson));
        CellView {
            day,
            number,
            conflicts: views(&words, &conflicts),
        }
    });
    let view = CellsView {
        cells: cells.collect(),
    };
    Ok(axum::Json(view).into_response())
}
