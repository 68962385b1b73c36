//! Buildings and rooms of an institution, as those who make its timetable set them.
//!
//! A room is named with its building wherever there are several («2 / 214», see [`model::RoomName`]), so drafts, weeks,
//! changes and feeds know it by one text, and a diary reads where a lesson is without reading anything more. Buildings stand
//! with the bells in the rules of the institution, which drafts, the generator and imports read anyway.
//!
//! | access pattern | key condition | calls | capacity, measured |
//! |---|---|---|---|
//! | the page, by API (30 classes) | institution; `INSTITUTION#ins` / `RULES`; gsi1 `INSTITUTION#ins` / `CLASS#` | 3 in parallel | 17 |
//! | an edit | the same; one conditional write | 4 | 17, and 1 for each KB written |

mod api;
mod form;
pub(crate) mod handlers;
mod list;
mod page;
mod ways;
mod words;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::App;

pub(crate) use list::{Building, Buildings};
pub(crate) use ways::{ShortWay, Walker, WithoutBell, short_ways, without_bells};
pub(crate) use words::{without_bell, written};

/// The routes of the room.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/schedules/buildings", get(handlers::page))
        .route("/schedules/buildings/{institution}", post(handlers::edit_by_form))
        .route(
            "/api/schedules/institutions/{institution}/buildings",
            get(handlers::show).put(handlers::put),
        )
}
