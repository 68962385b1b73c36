//! Reports: of a class for its class teacher, of an institution for who leads it, and what is found in its journals.
//!
//! A report is made of what journals, registry and schedules hold at that moment; nothing is copied for it in advance. That
//! of one class is answered at once, since a class and its journals are bounded. That of an institution is made by the jobs
//! behind the queue, class by class, and kept until the next one is made; how far it is stands in its run.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `INSTITUTION#ins` | `RUN#period#kind` | who asked for the report, how far it is, when somebody last worked at it |
//! | | `CONTENT#period#kind` | what was made last, and when |
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | the classes that one may see, for who leads an institution (30) | registry gsi2 `INSTITUTION#ins` / `CLASS#`; its name | 1 (2 parallel) | 2 |
//! | … for a teacher of 20 groups | registry `PERSON#per` begins with `TEACHING#`; the groups; their classes (2 batches) | 3 | 16 |
//! | report of a class (27 pupils, 16 journals, 30 lessons each) | roster and journals of the class; then in parallel `JOURNAL#grp` begins with `period#` of each journal, all weeks of the class, the calendar | 2 (2, then 18 parallel) | 110 |
//! | … of a teacher's own journals | the same without weeks and calendar | 2 (2, then 1–3 parallel) | 7, and 3–8 for each journal |
//! | what others changed in the journals of a teacher (20) | registry `PERSON#per` begins with `TEACHING#`; in parallel the groups (1 batch), gsi1 `CHANGES#grp` of each journal in the last 14 days up to where the portion begins, 100 at most; the pupils (1 batch) | 3 (1, then 21 parallel, then 1) | 22, and 0.5 for each pupil; 5 more for each journal that fills its hundred |
//! | which reports an institution has in a period | registry gsi2 `INSTITUTION#ins` / `CLASS#`; `INSTITUTION#ins` begins with `RUN#period#` | 1 (2 parallel) | 2 |
//! | a report of an institution | the classes; its run as last written, its content (8 KB; 300 KB at most) | 1 (3 parallel) | 3.5 |
//! | ask for one | the classes; its run; 1 write | 3 | 2.5, and 2 written |
//! | make one (30 classes of 16 journals) | for each class as its report, and 1 write; at the end a transaction of 2 | 30 × 3 | 30 × 110, and 100 written |
//! | … of unusual changes | for each class its journals, gsi1 `CHANGES#grp` of each; 1 write | 30 × 3 | 30 × 20, and 100 written |
//!
//! A class is read journal by journal: a pupil's rows in the index would be as many units and leave out the lessons, without
//! which nobody can tell whether a full day was missed.

mod absence;
mod api;
mod chart;
mod class_report;
mod digest;
mod handlers;
mod making;
mod pages;
mod run;
mod school;
mod share;
mod source;
mod standing;
mod store;
mod table;

use std::sync::Arc;

use ::store::{Queue, Table};
use access::Authorizer;
use axum::{Router, routing::get};
use gradebook::Gradebook;
use rosters::Rosters;
use timetables::Timetables;
use ui::{Messages, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, MissingSetting, Route, StartError};

use crate::{source::Sources, store::ReportStore};

pub use making::{Jobs, answer};

/// The policies of this feature.
pub const POLICIES: &str = include_str!("../access.cedar");

/// Every route of the function.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/reports"),
    Route::signed_in("GET", "/reports/changes"),
    Route::signed_in("GET", "/reports/classes/{class}/{period}"),
    Route::signed_in("GET", "/reports/classes/{class}/{period}/table.xlsx"),
    Route::signed_in("GET", "/reports/institutions/{institution}/{period}"),
    Route::signed_in("GET", "/reports/institutions/{institution}/{period}/{kind}"),
    Route::signed_in("POST", "/reports/institutions/{institution}/{period}/{kind}"),
    Route::signed_in(
        "GET",
        "/reports/institutions/{institution}/{period}/{kind}/table.xlsx",
    ),
    Route::signed_in("GET", "/api/reports"),
    Route::signed_in("GET", "/api/reports/changes"),
    Route::signed_in("GET", "/api/reports/classes/{class}/{period}"),
    Route::signed_in("GET", "/api/reports/institutions/{institution}/{period}/{kind}"),
    Route::signed_in("POST", "/api/reports/institutions/{institution}/{period}/{kind}"),
];

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    pub(crate) sources: Sources,
    pub(crate) store: ReportStore,
    /// For the reports of institutions; without it none can be asked for.
    pub(crate) queue: Option<Queue>,
    pub(crate) access: Authorizer,
    pub(crate) clock: Clock,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
}

impl App {
    /// Reads `REPORTS_TABLE`, `REGISTRY_TABLE`, `SCHEDULES_TABLE`, `JOURNALS_TABLE`.
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
            store: ReportStore::new(Table::new(
                database.clone(),
                environment.required("REPORTS_TABLE")?,
            )),
            queue: None,
            access: Authorizer::new(POLICIES)?,
            clock,
            translations: Arc::new(translations()?),
        })
    }

    /// With the queue of the reports' jobs, `REPORTS_JOBS_QUEUE_URL`.
    ///
    /// # Errors
    /// The setting is missing.
    pub fn with_queue(
        mut self,
        environment: &Environment,
        queues: aws_sdk_sqs::Client,
    ) -> Result<Self, MissingSetting> {
        let url = environment.required("REPORTS_JOBS_QUEUE_URL")?;
        self.queue = Some(Queue::new(queues, url));
        Ok(self)
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
        .route(
            "/reports/institutions/{institution}/{period}",
            get(handlers::school::overview),
        )
        .route(
            "/reports/institutions/{institution}/{period}/{kind}",
            get(handlers::school::page).post(handlers::school::start_by_form),
        )
        .route(
            "/reports/institutions/{institution}/{period}/{kind}/table.xlsx",
            get(handlers::school::table),
        )
        .route(
            "/api/reports/institutions/{institution}/{period}/{kind}",
            get(handlers::school::json).post(handlers::school::start),
        )
        .route("/reports/changes", get(handlers::changes::page))
        .route("/api/reports/changes", get(handlers::changes::json))
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
