//! Reports: of a class for its class teacher, of an institution for who leads it, and what is found in its journals.
//!
//! A report is made of what journals, registry and schedules hold at that moment; nothing is copied for it in advance. That
//! of one class is answered at once, since a class and its journals are bounded.
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | the classes that one may see, for who leads an institution (30) | registry gsi2 `INSTITUTION#ins` / `CLASS#` | 1 | 1.5 |
//! | … for a teacher of 20 groups | registry `PERSON#per` begins with `TEACHING#`; the groups; their classes (2 batches) | 3 | 16 |
//! | report of a class (27 pupils, 16 journals, 30 lessons each) | roster and journals of the class; then in parallel `JOURNAL#grp` begins with `period#` of each journal, all weeks of the class, the calendar | 2 (2, then 18 parallel) | 110 |
//! | … of a teacher's own journals | the same without weeks and calendar | 2 (2, then 1–3 parallel) | 7, and 3–8 for each journal |
//!
//! A class is read journal by journal: a pupil's rows in the index would be as many units and leave out the lessons, without
//! which nobody can tell whether a full day was missed.

mod absence;
mod api;
mod chart;
mod class_report;
mod handlers;
mod pages;
mod share;
mod source;
mod standing;
mod table;

use std::sync::Arc;

use ::store::Table;
use access::Authorizer;
use axum::{Router, routing::get};
use gradebook::Gradebook;
use rosters::Rosters;
use timetables::Timetables;
use ui::{Messages, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, Route, StartError};

use crate::source::Sources;

/// The policies of this feature.
pub const POLICIES: &str = include_str!("../access.cedar");

/// Every route of the function.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/reports"),
    Route::signed_in("GET", "/reports/classes/{class}/{period}"),
    Route::signed_in("GET", "/reports/classes/{class}/{period}/table.xlsx"),
    Route::signed_in("GET", "/api/reports"),
    Route::signed_in("GET", "/api/reports/classes/{class}/{period}"),
];

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    pub(crate) sources: Sources,
    pub(crate) access: Authorizer,
    pub(crate) clock: Clock,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
}

impl App {
    /// Reads `REGISTRY_TABLE`, `SCHEDULES_TABLE`, `JOURNALS_TABLE`.
    ///
    /// # Errors
    /// Names the first setting that is missing.
    pub fn new(
        environment: &Environment,
        database: &aws_sdk_dynamodb::Client,
        clock: Clock,
    ) -> Result<Self, StartError> {
        Ok(Self {
            sources: sources(environment, database)?,
            access: Authorizer::new(POLICIES)?,
            clock,
            translations: Arc::new(translations()?),
        })
    }
}

/// The tables of the other features.
fn sources(environment: &Environment, database: &aws_sdk_dynamodb::Client) -> Result<Sources, StartError> {
    let table = |name| Ok::<_, StartError>(Table::new(database.clone(), environment.required(name)?));
    Ok(Sources {
        rosters: Rosters::new(table("REGISTRY_TABLE")?),
        timetables: Timetables::new(table("SCHEDULES_TABLE")?),
        gradebook: Gradebook::new(table("JOURNALS_TABLE")?),
    })
}

/// The words of this feature.
///
/// # Errors
/// The messages are not Fluent's.
pub fn translations() -> Result<Translations, TranslationsError> {
    Translations::new(Messages {
        ru: include_str!("../locales/ru.ftl"),
        en: include_str!("../locales/en.ftl"),
    })
}

/// The routes with their handlers.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/reports", get(handlers::list::page))
        .route("/reports/classes/{class}/{period}", get(handlers::class::page))
        .route(
            "/reports/classes/{class}/{period}/table.xlsx",
            get(handlers::class::table),
        )
        .route("/api/reports", get(handlers::list::json))
        .route(
            "/api/reports/classes/{class}/{period}",
            get(handlers::class::json),
        )
        .with_state(Arc::new(app))
}

/// The description of this feature's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::Description::openapi()
}
