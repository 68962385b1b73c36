//! Reports on imports of timetables.

use std::sync::Arc;

use access::{Access, Resource};
use axum::{Json, extract::State};
use model::ImportId;
use web::{CurrentUser, Path, Problem};

use crate::{App, api::ImportView};

/// What an import of timetables did, for the operators of its region.
#[utoipa::path(
    get, path = "/api/schedules/imports/{import}", tag = "schedules",
    params(("import" = String, Path, description = "The import.")),
    responses(
        (status = 200, body = ImportView),
        (status = 404, description = "No such import for the actor, or its timetables are not done yet."),
    ),
)]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(import): Path<ImportId>,
) -> Result<Json<ImportView>, Problem> {
    let done = app.store.import(import).await?.ok_or_else(Problem::not_found)?;
    let registry = Resource::Registry { region: done.region };
    match app
        .access
        .decide(&actor, "see_registry", "see_registry", &registry)
    {
        Access::Granted => Ok(Json(done.into())),
        Access::Forbidden => Err(Problem::forbidden()),
        Access::Hidden => Err(Problem::not_found()),
    }
}
