//! Calendars, bells and the weekly timetable.
//!
//! A teacher sees their day and week, a pupil and a parent the week of the class, whoever leads an institution the weeks of
//! all its classes. Weeks come with the bundle of an institution or region: see [`import`]. What is stored, and who else
//! reads it, is described in the crate `timetables`; the rest is in `item.rs`.
//!
//! | access pattern | key condition | calls | capacity, measured |
//! |---|---|---|---|
//! | a teacher's day or week (25 lessons) | `TEACHER#per` / `TIMETABLE`, `INSTITUTION#ins` / `CALENDAR` | 1 batch | 1.5 |
//! | … at several institutions | the same, and registry `PERSON#per` / `TEACHING#` | 2 in parallel | 2.5 |
//! | the week of a class (35 lessons), for its institution | registry `GROUP#grp`; then `CLASS#grp`, calendar | 2 | 2.5 |
//! | … for its pupil | and registry `PERSON#per` / `CLASS#grp` | 3, two of them in parallel | 3 |
//! | … for a parent of two | and the parent's card, registry `PERSON#child` / `CLASS#grp` | 4, two by two | 4 |
//! | … for an operator | and registry `INSTITUTION#ins` | 3, two of them in parallel | 3 |
//! | a pupil's own page | registry `PERSON#per`; then the week and the calendar | 2 | 2.5 |
//! | a parent's own page | the parent's card; the child's card; the week and the calendar | 3 | 3 |
//! | the classes of an institution (30) | its name; registry gsi2 `INSTITUTION#ins` / `CLASS#` | 2 | 2 |
//! | the report of an import | `IMPORT#imp` / `REPORT` | 1 get | 0.5 for each 4 KB |
//!
//! Nothing grows with the institution but the list of its classes.

mod api;
mod days;
mod handlers;
pub mod import;
mod item;
mod pages;
mod store;

use std::sync::Arc;

use ::store::Table;
use access::Authorizer;
use axum::{Router, routing::get};
use ui::{Messages, Texts, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, MissingSetting, PageContext, Route, StartError};

pub use api::Description;
pub use item::{TimetableImport, WeekCounts};

/// The policies by which the schedules decide.
pub const POLICIES: &str = include_str!("../access.cedar");

/// The words of the schedules' pages.
pub const MESSAGES: Messages = Messages {
    ru: include_str!("../locales/ru.ftl"),
    en: include_str!("../locales/en.ftl"),
};

/// The routes.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/schedules"),
    Route::signed_in("GET", "/schedules/today"),
    Route::signed_in("GET", "/schedules/classes/{class}"),
    Route::signed_in("GET", "/api/schedules/today"),
    Route::signed_in("GET", "/api/schedules/week"),
    Route::signed_in("GET", "/api/schedules/classes/{class}"),
    Route::signed_in("GET", "/api/schedules/imports/{import}"),
];

/// All that the handlers need.
#[derive(Debug)]
pub struct App {
    store: store::SchedulesStore,
    access: Authorizer,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
    clock: Clock,
}

impl App {
    /// The schedules by their environment: `SCHEDULES_TABLE` and `REGISTRY_TABLE`.
    ///
    /// # Errors
    /// Names the first setting that is missing.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        let (schedules, registry) = tables(environment, database)?;
        Ok(Self {
            store: store::SchedulesStore::new(schedules, registry),
            access: Authorizer::new(POLICIES)?,
            translations: Arc::new(translations()?),
            clock,
        })
    }

    fn texts(&self, page: &PageContext) -> Texts<'_> {
        self.translations.of(page.locale)
    }
}

/// The schedules' own table and the registry's.
fn tables(
    environment: &Environment,
    database: &aws_sdk_dynamodb::Client,
) -> Result<(Table, Table), MissingSetting> {
    let table = |name| Ok(Table::new(database.clone(), environment.required(name)?));
    Ok((table("SCHEDULES_TABLE")?, table("REGISTRY_TABLE")?))
}

/// The words of the layout and of the schedules.
///
/// # Errors
/// The messages are not Fluent's.
pub fn translations() -> Result<Translations, TranslationsError> {
    Translations::new(MESSAGES)
}

/// The description of the API part of [`ROUTES`].
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// The routes over their app, without what surrounds every function.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/schedules", get(handlers::own::page))
        .route("/schedules/today", get(handlers::today::page))
        .route("/schedules/classes/{class}", get(handlers::class::page))
        .route("/api/schedules/today", get(handlers::today::show))
        .route("/api/schedules/week", get(handlers::own::show))
        .route("/api/schedules/classes/{class}", get(handlers::class::show))
        .route("/api/schedules/imports/{import}", get(handlers::imports::show))
        .with_state(Arc::new(app))
}
