//! Regions, institutions, groups, people, enrolment, staff, guardianship and their import.
//!
//! People and groups come with bundles only: see [`import`]. Here are the pages and the API of operators, who open regions
//! and import, and of those who work at an institution, who look at its classes. What is stored is described in the crate
//! `rosters` and in [`import_item`].
//!
//! | access pattern | key condition | round trips | capacity at realistic size |
//! |---|---|---|---|
//! | all regions (89) | gsi1 `REGIONS` | 1 | 2 |
//! | a region: institutions by kind (100 of each at most), the last imports (20) | `REGION#reg`; gsi1 `REGION#reg` begins with `INSTITUTION#kind#name`, `IMPORT#` | 1 (6 parallel) | 10 |
//! | open a region | transaction of 1 | 1 | 4 written |
//! | allow an upload | `REGION#reg`; transaction of 1 | 2 | 0.5 read, 4 written |
//! | start an import | `IMPORT#imp`; bucket; transaction of 1; queue | 4 | 1 read, 4 written |
//! | an import with its report (13 files, few refused rows) | `IMPORT#imp` | 1 | 3 |
//! | the classes of one's institutions (30) | `INSTITUTION#ins`; gsi2 `INSTITUTION#ins` begins with `CLASS#`; for who leads it the journals' gsi2 `ALERTS#ins` of 30 days (20 unusual changes) | 1 (2–3 parallel for each institution) | 2–4 |
//! | an institution with its classes (30) | the same | 1 (2 parallel) | 2 |
//! | a class: 27 pupils, 15 subjects with teachers | gsi1 `GROUP#grp`, `GROUP#grp` begins with `TEACHING#`; then the institution | 2 (3 calls) | 7.5 |

mod api;
mod handlers;
pub mod import;
pub mod import_item;
mod pages;
mod region_form;
mod store;

use std::sync::Arc;

use ::store::{Bucket, Table};
use access::Authorizer;
use axum::{
    Router,
    routing::{get, post},
};
use gradebook::Gradebook;
use rosters::Rosters;
use ui::{Messages, Translations, TranslationsError};
use utoipa::OpenApi;
use web::{Clock, Environment, Route, StartError};

use crate::store::{RegionStore, queue::ImportQueue, uploads::Uploads};

pub use crate::{import::Clients, store::ImportStore};

/// The policies of this feature.
pub const POLICIES: &str = include_str!("../access.cedar");

/// Every route of the function.
pub const ROUTES: &[Route] = &[
    Route::signed_in("GET", "/registry/regions"),
    Route::signed_in("POST", "/registry/regions"),
    Route::signed_in("GET", "/registry/regions/{region}"),
    Route::signed_in("GET", "/registry/imports/{import}"),
    Route::signed_in("POST", "/registry/imports/{import}/start"),
    Route::signed_in("GET", "/registry/classes"),
    Route::signed_in("GET", "/registry/classes/{class}"),
    Route::signed_in("GET", "/registry/institutions/{institution}"),
    Route::signed_in("GET", "/api/registry/regions"),
    Route::signed_in("POST", "/api/registry/regions"),
    Route::signed_in("POST", "/api/registry/imports"),
    Route::signed_in("GET", "/api/registry/imports/{import}"),
    Route::signed_in("POST", "/api/registry/imports/{import}/start"),
    Route::signed_in("GET", "/api/registry/classes/{class}"),
    Route::signed_in("GET", "/api/registry/institutions/{institution}"),
];

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    pub(crate) rosters: Rosters,
    pub(crate) gradebook: Gradebook,
    pub(crate) regions: RegionStore,
    pub(crate) imports: ImportStore,
    pub(crate) uploads: Uploads,
    pub(crate) jobs: ImportQueue,
    pub(crate) access: Authorizer,
    pub(crate) clock: Clock,
    /// The words of the pages and problems.
    pub translations: Arc<Translations>,
}

impl App {
    /// Reads `REGISTRY_TABLE`, `JOURNALS_TABLE`, `IMPORTS_BUCKET`, `REGISTRY_JOBS_QUEUE_URL`.
    pub fn new(environment: &Environment, clients: &Clients, clock: Clock) -> Result<Self, StartError> {
        let table = Table::new(clients.database.clone(), environment.required("REGISTRY_TABLE")?);
        let journals = Table::new(clients.database.clone(), environment.required("JOURNALS_TABLE")?);
        Ok(Self {
            gradebook: Gradebook::new(journals),
            rosters: Rosters::new(table.clone()),
            regions: RegionStore::new(table.clone()),
            imports: ImportStore::new(table),
            uploads: Uploads::new(Bucket::new(
                &clients.objects,
                environment.required("IMPORTS_BUCKET")?,
            )),
            jobs: ImportQueue::new(
                clients.queues.clone(),
                environment.required("REGISTRY_JOBS_QUEUE_URL")?,
            ),
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
    Translations::of_all(&[own, bundles::MESSAGES])
}

/// The routes with their handlers.
pub fn router(app: App) -> Router {
    use handlers::{classes, imports, institutions, regions};
    Router::new()
        .route(
            "/registry/regions",
            get(regions::page).post(regions::create_by_form),
        )
        .route("/registry/regions/{region}", get(regions::one))
        .route("/registry/imports/{import}", get(imports::page))
        .route("/registry/imports/{import}/start", post(imports::start_by_form))
        .route("/registry/classes", get(classes::page))
        .route("/registry/classes/{class}", get(classes::one))
        .route("/registry/institutions/{institution}", get(institutions::page))
        .route("/api/registry/regions", get(regions::list).post(regions::create))
        .route("/api/registry/imports", post(imports::create))
        .route("/api/registry/imports/{import}", get(imports::show))
        .route("/api/registry/imports/{import}/start", post(imports::start))
        .route("/api/registry/classes/{class}", get(classes::show))
        .route(
            "/api/registry/institutions/{institution}",
            get(institutions::show),
        )
        .with_state(Arc::new(app))
}

/// The description of this feature's API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api::Description::openapi()
}
