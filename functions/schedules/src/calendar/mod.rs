//! The academic year of an institution: days off and bells, as those who make its timetable set them.
//!
//! Days off hold from the next reading of any diary or timetable. Bells are what a timetable is built with: they hold with
//! the next week that is published. Periods come with the registry's import and are only shown.
//!
//! | access pattern | key condition | calls | capacity, measured |
//! |---|---|---|---|
//! | the page (30 classes) | institution; `INSTITUTION#ins` / `CALENDAR`, `RULES`; registry gsi2 its classes | 4 in parallel | 6.5 |
//! | by API | without the classes | 3 in parallel | 2.5 |
//! | an edit | as by API; one conditional write | 4 | 4.5, and 1 for each KB written |

pub(crate) mod api;
mod bells;
mod days;
mod form;
pub(crate) mod handlers;
mod page;
mod production;
pub(crate) mod store;

pub(crate) use bells::{Regime, written_grades};

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post, put},
};

use crate::App;

/// The routes of the room.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/schedules/calendar", get(handlers::page))
        .route(
            "/schedules/calendar/{institution}/days",
            post(handlers::edit_days_by_form),
        )
        .route(
            "/schedules/calendar/{institution}/bells",
            post(handlers::put_bells_by_form),
        )
        .route(
            "/api/schedules/institutions/{institution}/calendar",
            get(handlers::show),
        )
        .route(
            "/api/schedules/institutions/{institution}/calendar/days",
            put(handlers::put_days),
        )
        .route(
            "/api/schedules/institutions/{institution}/calendar/bells",
            put(handlers::put_bells),
        )
}
