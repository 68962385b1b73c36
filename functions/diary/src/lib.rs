//! The diary: what a pupil and a parent read.
//!
//! A diary is of a child at one institution: `…/{child}?institution=ins_…` chooses among several, the week by any of its
//! dates. What it shows is the truth of that moment: nothing is copied for it in advance. Its own table holds what only the
//! family makes: ticks, "I have read", and what each reader has seen.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `CHILD#per` | `WEEK#monday` | a week of the child: ticks of tasks set in it (the family's alone), who has read it |
//! | | `SEEN#per` | what a reader has seen of the child's diary: fingerprints, for the news |
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | week of a child | the child's card, `PERSON#per` below `TEACHING`; then in parallel: week of the class, its changes and the calendar (1 batch), `CLASS#grp` / `WEEK#monday`, gsi1 `PUPIL#per` begins with `period#` | 2 (1, then 3 parallel) | 4 near the end of a period |
//! | … its page and that of a day, for the family | also `CHILD#per` / `WEEK#monday` and `SEEN#per` (1 batch), in parallel | 2 (1, then 4 parallel) | 5 |
//! | … when the browser does not keep the children | also the parent's card, in parallel | the same | 5.5, once an hour |
//! | homework | the child's card; then in parallel: week of the class, calendar and the changes of three weeks (1 batch), the class's weeks of lessons (1 query), the family's weeks (1 batch), the child's answers (1 query), the institution | 2 (1, then 5 parallel) | 7.5 |
//! | tick a task | the child's card, `CLASS#grp` / `WEEK#monday`, 1 write | 3 | 1.5, and 2 written |
//! | "I have read" | the child's card, 1 write | 2 | 0.5, and 2 written |
//! | who has read a week | the card, `CHILD#per` / `WEEK#monday`; for a teacher also who teaches the class | 2–3 | 1–1.5 |
//! | which families of a class (30) have read a week | registry `GROUP#grp`; `CHILD#per` / `WEEK#monday` of each pupil | 2 | 21 |
//! | news | as homework without the institution and the answers, with the rows of the period and `SEEN#per` as last written instead of the family's weeks | 2, and 1 for the write of a visit | 7, and 6 written once a visit |
//! | all children | the reader's card; then of each child as homework with the rows of the period instead of the institution and the answers | 3 | 0.5, and 6 each |
//! | marks of a period | the child's card; gsi1 `PUPIL#per` begins with `period#`, and with `Y2026#` for the results; its page also the institution | 2 (1, then 2–3 parallel) | 2; 2.5 |
//! | pass book of a student (60 results of four years, 16 rows in each of two semesters) | the card, for the class teacher who teaches the class; then the institution, gsi1 `PUPIL#per` begins with `Y`, and from the first to the last period of the year that is over | 2–3 (1–2, then at most 3 parallel) | 6 |
//! | one subject | as the marks, and `JOURNAL#grp` between the first and the last lesson of the period (40); the group if it has neither | 2 | 4.5 |

mod api;
mod children;
mod fingerprint;
mod handlers;
mod homework;
mod horizon;
mod item;
mod news;
mod norms;
mod pages;
mod pass_book;
mod store;
mod trend;
mod week;

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

/// The policies of this feature.
pub const POLICIES: &str = include_str!("../access.cedar");

/// Every route of the function.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/diary"),
    Route::public("GET", "/diary/worker.js"),
    Route::signed_in("GET", "/diary/classes/{class}/readers"),
    Route::signed_in("GET", "/diary/{child}"),
    Route::signed_in("GET", "/diary/{child}/day"),
    Route::signed_in("GET", "/diary/{child}/homework"),
    Route::signed_in("POST", "/diary/{child}/homework"),
    Route::signed_in("GET", "/diary/{child}/marks"),
    Route::signed_in("GET", "/diary/{child}/marks/{journal}"),
    Route::signed_in("GET", "/diary/{child}/news"),
    Route::signed_in("GET", "/diary/{child}/pass-book"),
    Route::signed_in("GET", "/diary/{child}/pass-book.xlsx"),
    Route::signed_in("POST", "/diary/{child}/read"),
    Route::signed_in("GET", "/api/diary"),
    Route::signed_in("GET", "/api/diary/{child}"),
    Route::signed_in("GET", "/api/diary/{child}/homework"),
    Route::signed_in("PUT", "/api/diary/{child}/homework/{journal}/{lesson}"),
    Route::signed_in("GET", "/api/diary/{child}/marks"),
    Route::signed_in("GET", "/api/diary/{child}/marks/{journal}"),
    Route::signed_in("GET", "/api/diary/{child}/news"),
    Route::signed_in("PUT", "/api/diary/{child}/news"),
    Route::signed_in("GET", "/api/diary/{child}/pass-book"),
    Route::signed_in("GET", "/api/diary/{child}/weeks/{week}/readers"),
    Route::signed_in("GET", "/api/diary/classes/{class}/weeks/{week}/readers"),
    Route::signed_in("PUT", "/api/diary/{child}/weeks/{week}/readers"),
];

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    pub(crate) rosters: Rosters,
    pub(crate) timetables: Timetables,
    pub(crate) gradebook: Gradebook,
    pub(crate) diary: store::DiaryStore,
    pub(crate) norms: norms::Norms,
    pub(crate) access: Authorizer,
    pub(crate) clock: Clock,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
}

impl App {
    /// Reads `REGISTRY_TABLE`, `SCHEDULES_TABLE`, `JOURNALS_TABLE`, `DIARY_TABLE`.
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
            diary: store::DiaryStore::new(table("DIARY_TABLE")?),
            norms: norms::Norms::default(),
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
        .route("/diary", get(handlers::family::own))
        .route("/diary/worker.js", get(handlers::offline::worker))
        .route(
            "/diary/classes/{class}/readers",
            get(handlers::class_readers::page),
        )
        .route(
            "/api/diary/classes/{class}/weeks/{week}/readers",
            get(handlers::class_readers::json),
        )
        .route("/diary/{child}", get(handlers::week::page))
        .route("/diary/{child}/day", get(handlers::day::page))
        .route(
            "/diary/{child}/homework",
            get(handlers::homework::page).post(handlers::homework::tick_form),
        )
        .route("/diary/{child}/marks", get(handlers::marks::page))
        .route("/diary/{child}/marks/{journal}", get(handlers::subject::page))
        .route("/diary/{child}/news", get(handlers::news::page))
        .route("/diary/{child}/pass-book", get(handlers::pass_book::page))
        .route("/diary/{child}/pass-book.xlsx", get(handlers::pass_book::file))
        .route("/api/diary/{child}/pass-book", get(handlers::pass_book::json))
        .route("/diary/{child}/read", post(handlers::readers::form))
        .route("/api/diary", get(handlers::family::json))
        .route("/api/diary/{child}", get(handlers::week::json))
        .route("/api/diary/{child}/homework", get(handlers::homework::json))
        .route(
            "/api/diary/{child}/homework/{journal}/{lesson}",
            put(handlers::homework::put_tick),
        )
        .route("/api/diary/{child}/marks", get(handlers::marks::json))
        .route("/api/diary/{child}/marks/{journal}", get(handlers::subject::json))
        .route(
            "/api/diary/{child}/news",
            get(handlers::news::json).put(handlers::news::put),
        )
        .route(
            "/api/diary/{child}/weeks/{week}/readers",
            get(handlers::readers::json).put(handlers::readers::put),
        )
        .with_state(Arc::new(app))
}

/// The description of this feature's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::Description::openapi()
}
