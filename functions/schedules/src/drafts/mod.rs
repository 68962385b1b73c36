//! Drafts of timetables: made, edited without conflicts, compared with what is published, published from a Monday on.
//!
//! The rules are pure: [`Draft`] is what is planned, [`Edit`] one change of it, [`Board`] finds what is wrong with a lesson.
//! What is stored, and why two editors never overwrite each other, is described in `item.rs`; publishing in
//! `publication.rs`; the format of tables in `table.rs`.
//!
//! | access pattern (a school of 30 classes, 35 lessons and 15 courses each) | key condition | calls | capacity, measured |
//! |---|---|---|---|
//! | open a class | `DRAFT#dft` / `HEAD`, `CLASS#grp`, `TERMS`; then `INSTITUTION#ins` / `RULES`, its name and kind, and the class's published week | 4, three of them in parallel | 3.5 |
//! | a teacher, a room, a cell; which cells are free for a lesson | all of `DRAFT#dft`; `RULES` | 2 | 13.5 |
//! | edit a lesson | the same; then class (of a metagroup: classes) and head in one transaction | 3 | 13.5 read, 14 written |
//! | what publishing would change | the same, `PUBLICATION`, gsi1 `INSTITUTION#ins` / `CLASS#` | 4, three of them in parallel | 28 |
//! | the drafts of an institution | its name; gsi1 `INSTITUTION#ins` / `DRAFT#`; names of those who changed them | 3 | 1.5 |
//! | make a draft | two queries of the registry for each class, of published weeks a batch for each; a transaction for 25 classes | 66 | 280 |
//! | publish | all of `DRAFT#dft`; batches of gets of all weeks; two writes for each week that differs | grows with what differs | |

mod conflict;
mod creation;
mod diff;
mod draft;
mod edit;
pub(crate) mod handlers;
mod id;
pub(crate) mod item;
mod kept;
mod pages;
pub(crate) mod publication;
mod source;
pub(crate) mod store;
mod table;
mod terms;
pub(crate) mod view;
pub(crate) mod views;
pub(crate) mod ways;
pub(crate) mod words;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};
use model::Actor;
use web::Problem;

use crate::App;

pub use conflict::{Board, Conflict};
pub use draft::{Audience, Bells, Course, Draft, DraftClass, DraftLesson, Times, halves, meets};
pub(crate) use edit::room_name;
pub use edit::{Edit, Refusal, set_hours, set_rooms, set_terms};
pub use id::DraftId;
pub use terms::{Hour, Terms};

use item::DraftHead;
use store::{By, Loaded};

/// How often an edit is judged anew when others have edited the draft in between.
const ATTEMPTS: u32 = 6;

/// The routes of drafts over the schedules' app.
pub(crate) fn routes() -> Router<Arc<App>> {
    use handlers::{cell, editor, lessons, list, publication, settings, tables};
    Router::new()
        .route("/schedules/drafts", get(list::page).post(tables::create_by_form))
        .route("/schedules/drafts/{draft}", get(editor::page))
        .route("/schedules/drafts/{draft}/cell", get(cell::page))
        .route("/schedules/drafts/{draft}/lessons", post(lessons::edit_by_form))
        .route("/schedules/drafts/{draft}/hours", post(settings::hours))
        .route("/schedules/drafts/{draft}/terms", post(settings::terms))
        .route("/schedules/drafts/{draft}/refresh", post(settings::refresh))
        .route("/schedules/drafts/{draft}/delete", post(settings::delete))
        .route("/schedules/drafts/{draft}/table", get(tables::file))
        .route(
            "/schedules/drafts/{draft}/publication",
            get(publication::page).post(publication::publish_by_form),
        )
        .route("/api/schedules/drafts", get(list::list).post(list::create))
        .route("/api/schedules/drafts/table", post(tables::create))
        .route("/api/schedules/drafts/{draft}", get(editor::show))
        .route(
            "/api/schedules/drafts/{draft}/classes/{class}",
            get(editor::show_class),
        )
        .route("/api/schedules/drafts/{draft}/cells", get(cell::show))
        .route("/api/schedules/drafts/{draft}/lessons", post(lessons::edit))
        .route(
            "/api/schedules/drafts/{draft}/publication",
            get(publication::show).post(publication::publish),
        )
}

impl App {
    /// A whole draft, if the actor may edit it.
    pub(crate) async fn whole_draft(&self, actor: &Actor, draft: DraftId) -> Result<Loaded, Problem> {
        let loaded = self.drafts.whole(draft).await?.ok_or_else(Problem::not_found)?;
        self.admit_to(actor, loaded.head.institution)?;
        Ok(loaded)
    }

    /// The head of a draft, if the actor may edit it.
    pub(crate) async fn draft_head(&self, actor: &Actor, draft: DraftId) -> Result<DraftHead, Problem> {
        let head = self.drafts.head(draft).await?.ok_or_else(Problem::not_found)?;
        self.admit_to(actor, head.institution)?;
        Ok(head)
    }

    fn by(&self, actor: &Actor) -> By {
        By {
            person: actor.person,
            at: self.clock.now(),
        }
    }
}

/// The draft is not one that can be edited.
pub(crate) fn closed() -> Problem {
    Problem::conflict("draft_closed")
}
