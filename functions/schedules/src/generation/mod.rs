//! Generation: from hours of the curriculum, teachers, rooms and availability to a timetable, as a job over a draft.
//!
//! A request begins a run and puts a message on the queue; a worker searches with the crate `timetable_generator`, tells every
//! few seconds how far it is, and writes the timetable into the draft or into a new one. What a run is and who may change it
//! is described in `item.rs`, how it ends in `run.rs`. Pure: `slots.rs` (bells), `pupils.rs` (who is in which group),
//! `limits.rs` (norms), `tasks.rs` and `plan.rs` (the problem), `outcome.rs` (the answer).
//!
//! | access pattern (a school of 30 classes) | key condition | calls | capacity, measured |
//! |---|---|---|---|
//! | how far it is | `DRAFT#dft` / `HEAD`, `GENERATION#dft` / `RUN` | 2 | 2 |
//! | … with lessons that have no place | and all of `DRAFT#dft` | 3 | 13 and 1 for each 4 KB of reasons |
//! | the page | all of `DRAFT#dft`; `RUN` | 2 | 12.5 |
//! | ask for a timetable | the same, `RULES`; one write; how far it is | 6 | 17 |
//! | stop | head and `RUN`; one write; how far it is | 5 | 6 |
//! | the worker tells how far it is (every three seconds) | one write of `RUN` | 1 | 2 |
//! | … with the best so far (every 24 seconds, 1000 lessons) | and `GENERATION#dft` / `BEST` | 1 | 36 at most |
//! | … and writes the timetable | all of `DRAFT#dft`, `RULES`; a transaction for 25 classes, the last with head and `RUN` | 5 | as [`drafts`](crate::drafts) are made |

pub(crate) mod handlers;
mod item;
mod limits;
mod outcome;
mod page;
mod plan;
mod pupils;
pub(crate) mod run;
mod search;
mod slots;
pub(crate) mod store;
mod tasks;
#[cfg(test)]
mod tests;
mod views;
mod words;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::App;

/// The routes of generations over the schedules' app.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route(
            "/schedules/drafts/{draft}/generation",
            get(handlers::page).post(handlers::begin_by_form),
        )
        .route(
            "/schedules/drafts/{draft}/generation/stop",
            post(handlers::stop_by_form),
        )
        .route(
            "/api/schedules/drafts/{draft}/generation",
            get(handlers::show).post(handlers::begin),
        )
        .route(
            "/api/schedules/drafts/{draft}/generation/stop",
            post(handlers::stop),
        )
}
