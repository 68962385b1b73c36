//! The journal: lessons, topics, homework, attendance, marks and their history.
//!
//! A journal belongs to a teaching group and has its id. It is read and written period by period; a lesson is named by
//! its date and number, a cell by lesson and pupil.
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | grid of a period, 27 × 12 / 30 × 40 | roster gsi1 `GROUP#grp`; `JOURNAL#grp` begins with `period#`; then the notices of absence: `CLASS#grp` / `WEEK#monday` of this week and the last in 1 batch of gets, with `NOTICES#per` / `ins#2026` of each pupil who came in the course of the year (0.5 each), none of a period that is over | 2 (2 parallel, 1) | 7 / 12 |
//! | results of a period with averages | as the grid; its page also the institution | 1 (2 parallel); 2 | 5 / 10; 0.5 more |
//! | my journals (20 groups) | `PERSON#per` begins with `TEACHING#` | 1 | 1.5 |
//! | the journals of a class (15) | group; `GROUP#grp` begins with `TEACHING#` | 2 | 1.5 |
//! | one lesson with its column | as the grid; `ANSWERS#grp#lesson` where homework is set; for its teacher the group's timetables and changes and the calendar | 2 (2 parallel, 4 parallel) | 10 |
//! | a pupil's work on a homework | roster, lesson, the pupil's card, `ANSWERS#grp#lesson#per` as last written | 1 (4 parallel) | 5 |
//! | say something of it | as above; transaction of 3 | 2 | 5 read, 8–12 written |
//! | note the absences of a lesson that were told | as the grid; for each pupil a transaction as of a cell | 2, and 1 each | 7 read, 10–14 written each |
//! | notices of a pupil's absence | the child's card; `NOTICES#per` begins with `ins#`, the last two years as last written; who teaches the class, for a teacher | 2–3 | 2 |
//! | send or change a notice of a week | as above; for the school the own card; transaction of 2, and 1 for each further week | 3–4 | 2 read; written 4, and 2 for each KB of the class's week |
//! | set a cell | roster, lesson, row, state of the period in parallel; transaction of 4 | 2 | 4.5 read, 10–14 written |
//! | … where something stood there before | also gsi1 `CHANGES#grp` of the last 10 minutes: whether they are many | 3 | 5 read, 11–15 written |
//! | open or change a lesson | roster, lesson, state; transaction of 2 + classes; the settings once, at the first lesson of a period | 2–4 | 4 read; written 3, and 2 for each KB of the classes' week |
//! | … with homework for a lesson that is chosen anew | also the group's timetables and changes and the calendar, in parallel; in the transaction also the weeks of the classes in which it is due and was due before | 3–5 | 5 read; written 2 more for each of those weeks |
//! | publish a work of 27 marks | roster, period as last written; 2 transactions; lesson; the period once more | 6 | 25 read, 230 written |
//! | history of a cell | roster; `HISTORY#grp#lesson#per` | 1 (2 parallel) | 2.5 |
//! | set a result | roster, row, state in parallel; transaction of 4 | 2 | 4 read, 12–16 written |
//! | … with its attestation, in vocational education | also the institution and the plan in parallel | 3 | 6.5 read, 12–16 written |
//! | results of a journal's year | roster; `JOURNAL#grp` begins with `Y2026#`, state of the last period | 2 (1, then 2 parallel) | 4 |
//! | results of a class (27 pupils, 16 journals) | roster, its journals; then `JOURNAL#grp` begins with `Y2026#` of each, `CLASS#grp` from week to week | 2 (2, then 17 parallel) | 35 |
//! | the assessments of a class in a period against the norms (16 journals of 12 lessons) | roster, its journals; then in parallel the class's timetables, calendar, settings, and of each journal its lessons of the period and its plan | 2 (2, then 36 parallel) | 60 |
//! | the register of a class on a day (27 pupils, 7 journals of 12 lessons) | roster; then `CLASS#grp` / `WEEK#monday`, timetable, changes and calendar; then `JOURNAL#grp` begins with `period#ROW#` of each journal of the day | 3 (1, then 2 parallel, then 7 parallel) | 30 |
//! | lock or reopen a period | roster, state, person; transaction of 2 | 2 | 3 read, 4 written |
//! | the lesson plan of a year with dates (102 rows) | roster; then in parallel `JOURNAL#grp` / `PLAN#2026`, the group's timetables and changes, the calendar, lessons of 4 periods | 2 (1, then 7 parallel) | 18 |
//! | open a lesson without a topic | also the plan, the timetables, the calendar | 5 | 10 read |
//! | unusual changes of 30 days (20 in 5 journals) | gsi2 `ALERTS#ins` from day to day, the institution; then groups and pupils in 2 batches of gets | 2 (2 parallel, 2 parallel) | 2, and 0.5 for each journal and pupil |
//! | say that they were seen | gsi2 `ALERTS#ins` of the day, the own card; 1 write | 2 (2 parallel, 1) | 1.5 read, 3 written |
//! | settings for marks | `INSTITUTION#ins` / `MARKING`; the page also its last 20 changes | 1 | 1–2 |
//!
//! A class with its journals is read journal by journal and not pupil by pupil: the results of a journal's year are one short
//! query, and a pupil's rows would bring all cells with them.

mod absences;
mod answers;
mod api;
mod assessments;
mod attestation;
mod class_register;
mod class_results;
mod due;
mod entry;
mod handlers;
mod journal;
mod lesson_form;
mod notices;
mod pages;
mod permit;
mod plan;
mod result_form;
mod store;
mod year;

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
    Route::signed_in("POST", "/journals/{journal}/{period}/lessons/{lesson}/absences"),
    Route::signed_in(
        "GET",
        "/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}",
    ),
    Route::signed_in(
        "POST",
        "/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}",
    ),
    Route::signed_in(
        "GET",
        "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
    ),
    Route::signed_in(
        "POST",
        "/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
    ),
    Route::signed_in(
        "POST",
        "/journals/{journal}/{period}/lessons/{lesson}/works/{work}",
    ),
    Route::signed_in("GET", "/journals/{journal}/{period}/pupils/{pupil}"),
    Route::signed_in("GET", "/journals/{journal}/{period}/results"),
    Route::signed_in("POST", "/journals/{journal}/{period}/results"),
    Route::signed_in("GET", "/journals/{journal}/{period}/results/{pupil}"),
    Route::signed_in("GET", "/journals/{journal}/{period}/year"),
    Route::signed_in("POST", "/journals/{journal}/{period}/year"),
    Route::signed_in("GET", "/journals/{journal}/{period}/lock"),
    Route::signed_in("POST", "/journals/{journal}/{period}/lock"),
    Route::signed_in("POST", "/journals/{journal}/{period}/reopen"),
    Route::signed_in("GET", "/journals/{journal}/{period}/plan"),
    Route::signed_in("POST", "/journals/{journal}/{period}/plan"),
    Route::signed_in("POST", "/journals/{journal}/{period}/plan/merge"),
    Route::signed_in("GET", "/journals/classes/{class}/results"),
    Route::signed_in("GET", "/journals/classes/{class}/assessments"),
    Route::signed_in("GET", "/journals/classes/{class}/register"),
    Route::signed_in("GET", "/journals/notices/{child}"),
    Route::signed_in("POST", "/journals/notices/{child}"),
    Route::signed_in("POST", "/journals/notices/{child}/{notice}"),
    Route::signed_in("GET", "/journals/alerts/{institution}"),
    Route::signed_in("POST", "/journals/alerts/{institution}/{alert}"),
    Route::signed_in("GET", "/journals/marking/{institution}"),
    Route::signed_in("POST", "/journals/marking/{institution}"),
    Route::signed_in("GET", "/api/journals"),
    Route::signed_in("GET", "/api/journals/{journal}/{period}"),
    Route::signed_in("PUT", "/api/journals/{journal}/{period}/lessons/{lesson}"),
    Route::signed_in(
        "POST",
        "/api/journals/{journal}/{period}/lessons/{lesson}/absences",
    ),
    Route::signed_in("GET", "/api/journals/{journal}/{period}/lessons/{lesson}/answers"),
    Route::signed_in(
        "GET",
        "/api/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}",
    ),
    Route::signed_in(
        "POST",
        "/api/journals/{journal}/{period}/lessons/{lesson}/answers/{pupil}",
    ),
    Route::signed_in(
        "PUT",
        "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}",
    ),
    Route::signed_in(
        "GET",
        "/api/journals/{journal}/{period}/lessons/{lesson}/cells/{pupil}/history",
    ),
    Route::signed_in(
        "PUT",
        "/api/journals/{journal}/{period}/lessons/{lesson}/works/{work}",
    ),
    Route::signed_in("GET", "/api/journals/{journal}/{period}/results"),
    Route::signed_in("PUT", "/api/journals/{journal}/{period}/results/{pupil}"),
    Route::signed_in("GET", "/api/journals/{journal}/{period}/results/{pupil}/history"),
    Route::signed_in("GET", "/api/journals/{journal}/{period}/year"),
    Route::signed_in("PUT", "/api/journals/{journal}/{period}/year/{pupil}"),
    Route::signed_in("GET", "/api/journals/{journal}/{period}/plan"),
    Route::signed_in("PUT", "/api/journals/{journal}/{period}/plan"),
    Route::signed_in("GET", "/api/journals/classes/{class}/results"),
    Route::signed_in("GET", "/api/journals/classes/{class}/assessments"),
    Route::signed_in("GET", "/api/journals/classes/{class}/register"),
    Route::signed_in("GET", "/api/journals/notices/{child}"),
    Route::signed_in("POST", "/api/journals/notices/{child}"),
    Route::signed_in("POST", "/api/journals/notices/{child}/{notice}"),
    Route::signed_in("GET", "/api/journals/alerts/{institution}"),
    Route::signed_in("POST", "/api/journals/alerts/{institution}/{alert}"),
    Route::signed_in("GET", "/api/journals/marking/{institution}"),
    Route::signed_in("PUT", "/api/journals/marking/{institution}"),
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
    let own = Messages {
        ru: include_str!("../locales/ru.ftl"),
        en: include_str!("../locales/en.ftl"),
    };
    Translations::of_all(&[own, timetable_norms::MESSAGES])
}

/// The routes with their handlers.
pub fn router(app: App) -> Router {
    pages().merge(programs()).with_state(Arc::new(app))
}

/// What people open and send.
fn pages() -> Router<Arc<App>> {
    use handlers::{
        absences, alerts, answers, assessments, average, cell, class_register, class_results, column, grid,
        history, lesson, list, lock, marking, notices, plan, publication, result_history, results, year,
    };
    let lesson = "/journals/{journal}/{period}/lessons/{lesson}";
    let period = "/journals/{journal}/{period}";
    Router::new()
        .route("/journals", get(list::page))
        .route("/journals/{journal}", get(grid::current))
        .route(period, get(grid::page))
        .route(&format!("{period}/lessons"), post(lesson::open))
        .route(lesson, get(lesson::page).post(lesson::change))
        .route(&format!("{lesson}/works"), post(lesson::add_work))
        .route(&format!("{lesson}/works/{{work}}"), post(publication::set))
        .route(&format!("{lesson}/cells"), post(column::set))
        .route(&format!("{lesson}/absences"), post(absences::note))
        .route(
            &format!("{lesson}/answers/{{pupil}}"),
            get(answers::page).post(answers::say_form),
        )
        .route(
            &format!("{lesson}/cells/{{pupil}}"),
            get(history::page).post(cell::comment),
        )
        .route(&format!("{period}/pupils/{{pupil}}"), get(average::page))
        .route(
            &format!("{period}/results"),
            get(results::page).post(results::set),
        )
        .route(&format!("{period}/results/{{pupil}}"), get(result_history::page))
        .route(&format!("{period}/year"), get(year::page).post(year::set))
        .route(&format!("{period}/lock"), get(lock::page).post(lock::lock))
        .route(&format!("{period}/reopen"), post(lock::reopen))
        .route(&format!("{period}/plan"), get(plan::page).post(plan::set))
        .route(&format!("{period}/plan/merge"), post(plan::merge))
        .route("/journals/classes/{class}/results", get(class_results::page))
        .route("/journals/classes/{class}/assessments", get(assessments::page))
        .route("/journals/classes/{class}/register", get(class_register::page))
        .route(
            "/journals/notices/{child}",
            get(notices::page).post(notices::send_form),
        )
        .route("/journals/notices/{child}/{notice}", post(notices::change_form))
        .route("/journals/alerts/{institution}", get(alerts::page))
        .route("/journals/alerts/{institution}/{alert}", post(alerts::see_form))
        .route(
            "/journals/marking/{institution}",
            get(marking::page).post(marking::set),
        )
}

/// What programs ask and send.
fn programs() -> Router<Arc<App>> {
    use handlers::{
        absences, alerts, answers, assessments, cell, class_register, class_results, grid, history, lesson,
        list, marking, notices, plan, publication, result_history, results, year,
    };
    let lesson = "/api/journals/{journal}/{period}/lessons/{lesson}";
    let period = "/api/journals/{journal}/{period}";
    Router::new()
        .route("/api/journals", get(list::json))
        .route(period, get(grid::json))
        .route(lesson, put(lesson::put))
        .route(&format!("{lesson}/works/{{work}}"), put(publication::put))
        .route(&format!("{lesson}/absences"), post(absences::post))
        .route(&format!("{lesson}/answers"), get(answers::list))
        .route(
            &format!("{lesson}/answers/{{pupil}}"),
            get(answers::json).post(answers::post),
        )
        .route(&format!("{lesson}/cells/{{pupil}}"), put(cell::put))
        .route(&format!("{lesson}/cells/{{pupil}}/history"), get(history::json))
        .route(&format!("{period}/results"), get(results::json))
        .route(&format!("{period}/results/{{pupil}}"), put(results::put))
        .route(
            &format!("{period}/results/{{pupil}}/history"),
            get(result_history::history),
        )
        .route(&format!("{period}/year"), get(year::json))
        .route(&format!("{period}/year/{{pupil}}"), put(year::put))
        .route(&format!("{period}/plan"), get(plan::json).put(plan::put))
        .route("/api/journals/classes/{class}/results", get(class_results::json))
        .route(
            "/api/journals/classes/{class}/assessments",
            get(assessments::json),
        )
        .route(
            "/api/journals/classes/{class}/register",
            get(class_register::json),
        )
        .route(
            "/api/journals/notices/{child}",
            get(notices::json).post(notices::post),
        )
        .route(
            "/api/journals/notices/{child}/{notice}",
            post(notices::post_change),
        )
        .route("/api/journals/alerts/{institution}", get(alerts::json))
        .route("/api/journals/alerts/{institution}/{alert}", post(alerts::post))
        .route(
            "/api/journals/marking/{institution}",
            get(marking::json).put(marking::put),
        )
}

/// The description of this feature's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::Description::openapi()
}
