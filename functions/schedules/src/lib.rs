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
//! | the published week against the norms (30 classes) | institution; registry gsi2 its classes; gsi1 `INSTITUTION#ins` / `CLASS#`; `RULES` | 4 in parallel | 17.5 |
//! | the day sheet of an institution (100 changes in the week) | registry its name; `INSTITUTION#ins` / `CHANGES#monday` | 2 | 12.5 |
//! | an absent teacher's lessons with who is free (30 classes, 60 teachers) | its name; gsi1 `INSTITUTION#ins` / `CLASS#`, `TEACHER#`; its changes, calendar and bells | 7, four of them in parallel | 42 |
//! | one lesson with all that can be done with it | the same without the name | 6 | 41.5 |
//! | a change (100 others in the week) | the same, both teachers' changes, the groups; then one transaction of 8 | 10 | 146, a hundred of them for the institution's week of 45 KB |
//! | one's own links | the card; `PERSON#per` / `FEED#` | 2 in parallel | 1.5 |
//! | a pupil's feed of 10 weeks with 4 changes in each | `FEED#hash`; the card; the week, the calendar and `CLASS#grp` / `CHANGES#` | 4, two of them in parallel | 5.5 |
//! | … a child's, a class's | and the child's card, or the class | 5 | 6 |
//! | … a teacher's | and the groups taught, and one of them | 6 | 4 |
//! | … a room's | `FEED#hash`; the card; as for an absent teacher | 8 | 49 |
//! | the report of an import, as a page or a file | `IMPORT#imp` / `REPORT` | 1 get | 0.5 for each 4 KB |
//! | days off and bells | see `calendar` | | |
//! | buildings and rooms | see `buildings` | | |
//! | drafts: opened, edited, published | see [`drafts`] | | |
//! | timetables: generated | see `generation` | | |
//!
//! Nothing grows with the institution but the list of its classes, the checks, and what needs to know who is free.

mod api;
mod buildings;
mod calendar;
mod checks;
mod days;
pub mod drafts;
mod feeds;
mod generation;
mod handlers;
pub mod import;
mod item;
mod makers;
mod pages;
mod store;
mod substitutions;

use std::sync::Arc;

use ::store::Table;
use access::Authorizer;
use axum::{
    Router,
    routing::{delete, get, post, put},
};
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
    Route::signed_in("GET", "/schedules/calendar"),
    Route::signed_in("POST", "/schedules/calendar/{institution}/days"),
    Route::signed_in("POST", "/schedules/calendar/{institution}/bells"),
    Route::signed_in("GET", "/schedules/buildings"),
    Route::signed_in("POST", "/schedules/buildings/{institution}"),
    Route::signed_in("GET", "/schedules/imports/{import}"),
    Route::signed_in("GET", "/schedules/imports/{import}/table"),
    Route::signed_in("GET", "/schedules/checks"),
    Route::signed_in("GET", "/schedules/drafts"),
    Route::signed_in("POST", "/schedules/drafts"),
    Route::signed_in("GET", "/schedules/drafts/{draft}"),
    Route::signed_in("GET", "/schedules/drafts/{draft}/cell"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/lessons"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/hours"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/terms"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/refresh"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/delete"),
    Route::signed_in("GET", "/schedules/drafts/{draft}/table"),
    Route::signed_in("GET", "/schedules/drafts/{draft}/publication"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/publication"),
    Route::signed_in("GET", "/schedules/drafts/{draft}/generation"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/generation"),
    Route::signed_in("POST", "/schedules/drafts/{draft}/generation/stop"),
    Route::signed_in("GET", "/schedules/feeds"),
    Route::signed_in("POST", "/schedules/feeds"),
    Route::public("GET", "/schedules/feeds/{feed}"),
    Route::signed_in("POST", "/schedules/feeds/{feed}/renew"),
    Route::signed_in("POST", "/schedules/feeds/{feed}/revoke"),
    Route::signed_in("GET", "/schedules/substitutions"),
    Route::signed_in("GET", "/schedules/substitutions/sheet"),
    Route::signed_in("GET", "/schedules/substitutions/{institution}/{change}"),
    Route::signed_in("POST", "/schedules/substitutions/{institution}/{change}"),
    Route::signed_in("GET", "/api/schedules/today"),
    Route::signed_in("GET", "/api/schedules/week"),
    Route::signed_in("GET", "/api/schedules/classes/{class}"),
    Route::signed_in("GET", "/api/schedules/imports/{import}"),
    Route::signed_in("GET", "/api/schedules/drafts"),
    Route::signed_in("POST", "/api/schedules/drafts"),
    Route::signed_in("POST", "/api/schedules/drafts/table"),
    Route::signed_in("GET", "/api/schedules/drafts/{draft}"),
    Route::signed_in("GET", "/api/schedules/drafts/{draft}/classes/{class}"),
    Route::signed_in("GET", "/api/schedules/drafts/{draft}/cells"),
    Route::signed_in("POST", "/api/schedules/drafts/{draft}/lessons"),
    Route::signed_in("GET", "/api/schedules/drafts/{draft}/publication"),
    Route::signed_in("POST", "/api/schedules/drafts/{draft}/publication"),
    Route::signed_in("GET", "/api/schedules/drafts/{draft}/generation"),
    Route::signed_in("POST", "/api/schedules/drafts/{draft}/generation"),
    Route::signed_in("POST", "/api/schedules/drafts/{draft}/generation/stop"),
    Route::signed_in("GET", "/api/schedules/feeds"),
    Route::signed_in("POST", "/api/schedules/feeds"),
    Route::signed_in("DELETE", "/api/schedules/feeds/{feed}"),
    Route::signed_in("POST", "/api/schedules/feeds/{feed}/renew"),
    Route::signed_in("GET", "/api/schedules/institutions/{institution}/absences"),
    Route::signed_in("GET", "/api/schedules/institutions/{institution}/changes"),
    Route::signed_in(
        "PUT",
        "/api/schedules/institutions/{institution}/changes/{change}",
    ),
    Route::signed_in(
        "DELETE",
        "/api/schedules/institutions/{institution}/changes/{change}",
    ),
    Route::signed_in("GET", "/api/schedules/institutions/{institution}/checks"),
    Route::signed_in("GET", "/api/schedules/institutions/{institution}/calendar"),
    Route::signed_in("PUT", "/api/schedules/institutions/{institution}/calendar/days"),
    Route::signed_in("PUT", "/api/schedules/institutions/{institution}/calendar/bells"),
    Route::signed_in("GET", "/api/schedules/institutions/{institution}/buildings"),
    Route::signed_in("PUT", "/api/schedules/institutions/{institution}/buildings"),
];

/// All that the handlers need.
#[derive(Debug)]
pub struct App {
    store: store::SchedulesStore,
    substitutions: substitutions::SubstitutionStore,
    calendar: calendar::store::CalendarStore,
    feeds: feeds::FeedStore,
    /// The origin under which people see the platform: feeds are read by programs that know no relative addresses.
    origin: String,
    drafts: drafts::store::DraftStore,
    publisher: drafts::publication::Publisher,
    generations: generation::store::GenerationStore,
    /// For what does not fit into a request; without it only small schools can publish.
    queue: Option<::store::Queue>,
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
        let drafts = drafts::store::DraftStore::new(schedules.clone(), registry.clone());
        Ok(Self {
            publisher: drafts::publication::Publisher {
                drafts: drafts.clone(),
                weeks: import::ImportStores::new(schedules.clone(), registry.clone()),
                clock,
            },
            drafts,
            generations: generation::store::GenerationStore::new(schedules.clone()),
            queue: None,
            calendar: calendar::store::CalendarStore::new(schedules.clone(), registry.clone()),
            substitutions: substitutions::SubstitutionStore::new(schedules.clone(), registry.clone()),
            feeds: feeds::FeedStore::new(schedules.clone(), registry.clone()),
            // Every function that answers requests has it; see `web::Settings`.
            origin: environment.optional("PUBLIC_ORIGIN").unwrap_or_default(),
            store: store::SchedulesStore::new(schedules, registry),
            access: Authorizer::new(POLICIES)?,
            translations: Arc::new(translations()?),
            clock,
        })
    }

    /// With the queue of the schedules' jobs, `SCHEDULES_JOBS_QUEUE_URL`.
    ///
    /// # Errors
    /// The setting is missing.
    pub fn with_queue(
        mut self,
        environment: &Environment,
        queues: aws_sdk_sqs::Client,
    ) -> Result<Self, MissingSetting> {
        let url = environment.required("SCHEDULES_JOBS_QUEUE_URL")?;
        self.queue = Some(::store::Queue::new(queues, url));
        Ok(self)
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
    Translations::of_all(&[MESSAGES, timetable_norms::MESSAGES, bundles::MESSAGES])
}

/// The description of the API part of [`ROUTES`].
pub fn openapi() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

/// The routes over their app, without what surrounds every function.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(drafts::routes())
        .merge(calendar::routes())
        .merge(buildings::routes())
        .merge(generation::routes())
        .route("/schedules", get(handlers::own::page))
        .route("/schedules/today", get(handlers::today::page))
        .route("/schedules/classes/{class}", get(handlers::class::page))
        .route("/schedules/checks", get(checks::page))
        .route(
            "/api/schedules/institutions/{institution}/checks",
            get(checks::show),
        )
        .route(
            "/schedules/feeds",
            get(feeds::handlers::page).post(feeds::handlers::create_by_form),
        )
        .route("/schedules/feeds/{feed}", get(feeds::read))
        .route(
            "/schedules/feeds/{feed}/renew",
            post(feeds::handlers::renew_by_form),
        )
        .route(
            "/schedules/feeds/{feed}/revoke",
            post(feeds::handlers::revoke_by_form),
        )
        .route(
            "/api/schedules/feeds",
            get(feeds::handlers::list).post(feeds::handlers::create),
        )
        .route("/api/schedules/feeds/{feed}", delete(feeds::handlers::revoke))
        .route("/api/schedules/feeds/{feed}/renew", post(feeds::handlers::renew))
        .route("/schedules/substitutions", get(substitutions::forms::page))
        .route("/schedules/substitutions/sheet", get(substitutions::sheet::page))
        .route(
            "/schedules/substitutions/{institution}/{change}",
            get(substitutions::forms::lesson_page).post(substitutions::forms::change),
        )
        .route(
            "/api/schedules/institutions/{institution}/absences",
            get(substitutions::handlers::absences),
        )
        .route(
            "/api/schedules/institutions/{institution}/changes",
            get(substitutions::handlers::list),
        )
        .route(
            "/api/schedules/institutions/{institution}/changes/{change}",
            put(substitutions::handlers::change).delete(substitutions::handlers::take_back),
        )
        .route("/api/schedules/today", get(handlers::today::show))
        .route("/api/schedules/week", get(handlers::own::show))
        .route("/api/schedules/classes/{class}", get(handlers::class::show))
        .route("/api/schedules/imports/{import}", get(handlers::imports::show))
        .route("/schedules/imports/{import}", get(handlers::imports::page))
        .route("/schedules/imports/{import}/table", get(handlers::imports::file))
        .with_state(Arc::new(app))
}
