//! The diary: what a pupil and a parent read.
//!
//! A diary is of a child at one institution: `…/{child}?institution=ins_…` chooses among several, the week by any of its
//! dates. It only reads, and what it reads is the truth of that moment: nothing is copied for it in advance.
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | week of a child | the child's card, `PERSON#per` below `TEACHING`; then in parallel: week of the class, its changes and the calendar (1 batch), `CLASS#grp` / `WEEK#monday`, gsi1 `PUPIL#per` begins with `period#` | 2 (1, then 3 parallel) | 4 near the end of a period |
//! | … its page, when the browser does not keep the children | also the parent's card, in parallel | the same | 4.5, once an hour |
//! | marks of a period | the child's card; gsi1 `PUPIL#per` begins with `period#` | 2 | 1.5 |
//! | one subject | as the marks, and the group if there is no mark yet | 2 | 1.5 |

mod api;
mod children;
mod handlers;
mod pages;
mod week;

use std::sync::Arc;

use access::Authorizer;
use axum::{Router, routing::get};
use gradebook::Gradebook;
use rosters::Rosters;
use store::Table;
use timetables::Timetables;
use ui::{Messages, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, Route, StartError};

/// The policies of this feature.
pub const POLICIES: &str = include_str!("../access.cedar");

/// Every route of the function.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/diary"),
    Route::signed_in("GET", "/diary/{child}"),
    Route::signed_in("GET", "/diary/{child}/marks"),
    Route::signed_in("GET", "/diary/{child}/marks/{journal}"),
    Route::signed_in("GET", "/api/diary/{child}"),
    Route::signed_in("GET", "/api/diary/{child}/marks"),
];

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    pub(crate) rosters: Rosters,
    pub(crate) timetables: Timetables,
    pub(crate) gradebook: Gradebook,
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
            gradebook: Gradebook::new(table("JOURNALS_TABLE")?),
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
    Router::new()
        .route("/diary", get(handlers::week::own))
        .route("/diary/{child}", get(handlers::week::page))
        .route("/diary/{child}/marks", get(handlers::marks::page))
        .route("/diary/{child}/marks/{journal}", get(handlers::marks::subject))
        .route("/api/diary/{child}", get(handlers::week::json))
        .route("/api/diary/{child}/marks", get(handlers::marks::json))
        .with_state(Arc::new(app))
}

/// The description of this feature's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::Description::openapi()
}
