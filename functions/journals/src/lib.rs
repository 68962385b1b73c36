//! The journal: lessons, topics, homework, attendance, marks and their history.
//!
//! A journal belongs to a teaching group and has its id. It is read and written period by period; a lesson is named by
//! its date and number, a cell by lesson and pupil.
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | grid of a period, 27 × 12 / 30 × 40 | roster gsi1 `GROUP#grp`; `JOURNAL#grp` begins with `period#` | 1 (2 parallel) | 5 / 10 |
//! | my journals (20 groups) | `PERSON#per` begins with `TEACHING#` | 1 | 1.5 |
//! | the journals of a class (15) | group; `GROUP#grp` begins with `TEACHING#` | 2 | 1.5 |
//! | one lesson with its column | as the grid | 1 (2 parallel) | 5 |
//! | set a cell | roster, lesson, row in parallel; transaction of 3 | 2 | 3.5 read, 8–10 written |
//! | open or change a lesson | roster, lesson in parallel; transaction of 1 + classes | 2 | 3 read; written 2, and 2 for each KB of the classes' week |
//! | history of a cell | roster; `HISTORY#grp#lesson#per` | 1 (2 parallel) | 2.5 |

mod api;
mod entry;
mod handlers;
mod journal;
mod lesson_form;
mod pages;
mod store;

use std::sync::Arc;

use ::store::Table;
use access::Authorizer;
use axum::{
    Router,
    routing::{get, post, put},
};
use gradebook::Gradebook;
use rosters::Rosters;
use timetables::Timetables;
use ui::{Messages, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, Route, StartError};

use crate::store::JournalStore;

/// The policies of this feature.
pub const POLICIES: &str = include_str!("../access.cedar");

/// Every route of the function.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/journals"),
    Route::signed_in("GET", "/journals/{journal}"),
    Route::signed_in("GET", "/journals/{journal}/{period}"),
    Route::signed_in("POST", "/journals/{journal}/{period}/lessons"),
    Route::signed_in("GET", "/journals/{journal}/{period}/lessons/{lesson}"),
    Route::signed_in("POST", "/journals/{journal}/{period}/lessons/{lesson}"),
    Route::signed_in("POST", "/journals/{journal}/{period}/lessons/{lesson}/works"),
    Route::signed_in("POST", "/journals/{journal}/{period}/lessons/{lesson}/cells"),
    Route::signed_in(
        "GET",
        "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
    ),
    Route::signed_in("GET", "/journals/{journal}/{period}/pupils/{pupil}"),
    Route::signed_in("GET", "/api/journals"),
    Route::signed_in("GET", "/api/journals/{journal}/{period}"),
    Route::signed_in("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}"),
    Route::signed_in(
        "PUT",
        "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
    ),
    Route::signed_in(
        "GET",
        "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}/history",
    ),
];

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    pub(crate) rosters: Rosters,
    pub(crate) timetables: Timetables,
    pub(crate) journals: JournalStore,
    pub(crate) access: Authorizer,
    pub(crate) clock: Clock,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
}

impl App {
    /// Reads `REGISTRY_TABLE`, `SCHEDULES_TABLE`, `JOURNALS_TABLE`.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        let table = |name| Ok::<_, StartError>(Table::new(database.clone(), environment.required(name)?));
        Ok(Self {
            rosters: Rosters::new(table("REGISTRY_TABLE")?),
            timetables: Timetables::new(table("SCHEDULES_TABLE")?),
            journals: JournalStore::new(Gradebook::new(table("JOURNALS_TABLE")?)),
            access: Authorizer::new(POLICIES)?,
            clock,
            translations: Arc::new(translations()?),
        })
    }
}

/// The words of this feature.
pub fn translations() -> Result<Translations, TranslationsError> {
    Translations::new(Messages {
        ru: include_str!("../locales/ru.ftl"),
        en: include_str!("../locales/en.ftl"),
    })
}

/// The routes with their handlers.
pub fn router(app: App) -> Router {
    use handlers::{average, cell, grid, history, lesson, list};
    Router::new()
        .route("/journals", get(list::page))
        .route("/journals/{journal}", get(grid::current))
        .route("/journals/{journal}/{period}", get(grid::page))
        .route("/journals/{journal}/{period}/lessons", post(lesson::open))
        .route(
            "/journals/{journal}/{period}/lessons/{lesson}",
            get(lesson::page).post(lesson::change),
        )
        .route(
            "/journals/{journal}/{period}/lessons/{lesson}/works",
            post(lesson::add_work),
        )
        .route(
            "/journals/{journal}/{period}/lessons/{lesson}/cells",
            post(cell::set_column),
        )
        .route(
            "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
            get(history::page),
        )
        .route("/journals/{journal}/{period}/pupils/{pupil}", get(average::page))
        .route("/api/journals", get(list::json))
        .route("/api/journals/{journal}/{period}", get(grid::json))
        .route(
            "/api/journals/{journal}/{period}/lessons/{lesson}",
            put(lesson::put),
        )
        .route(
            "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
            put(cell::put),
        )
        .route(
            "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}/history",
            get(history::json),
        )
        .with_state(Arc::new(app))
}

/// The description of this feature's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::Description::openapi()
}
