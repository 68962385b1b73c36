//! Handlers of the buildings: their page, its forms, the API.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use model::{Actor, InstitutionId};
use serde::Deserialize;
use timetables::Timetable;
use web::{CurrentUser, ExpectedVersion, Form, PageContext, Path, Problem, Query, etag, html, see_other};

use super::{
    Buildings,
    api::{BuildingsBody, BuildingsView},
    form::BuildingsForm,
    page::{BuildingsPage, taught_in},
};
use crate::{
    App,
    calendar::store::{School, Versioned},
};

/// Which institution, and whether something was just saved.
#[derive(Debug, Deserialize)]
pub(crate) struct BuildingsQuery {
    institution: Option<InstitutionId>,
    saved: Option<u8>,
}

/// A field that is not acceptable.
fn wrong(field: &'static str) -> Problem {
    Problem::unacceptable("invalid").with_field(field, format!("buildings_{field}"))
}

/// The page: of the institution asked for, or of the first whose timetable the actor makes.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<BuildingsQuery>,
) -> Result<Response, Problem> {
    let places = app.makes_timetables_at(&actor);
    let asked = query.institution.or_else(|| places.first().copied());
    let id = asked.ok_or_else(Problem::not_found)?;
    let school = app.school_of(&actor, id).await?;
    let texts = app.texts(&page);
    let mut frame = page.frame(texts, texts.get("buildings-title"), Some(&actor));
    frame.notice = query.saved.map(|_| texts.get("calendar-saved"));
    let Versioned { version, record } = school.rules;
    html(&BuildingsPage::new(
        frame,
        (id, school.institution.name),
        (version, record.buildings),
        &school.weeks,
    ))
}

/// Changes what a form of the page asks for.
pub(crate) async fn edit_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(id): Path<InstitutionId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut school = app.school_of(&actor, id).await?;
    let form = BuildingsForm(&form);
    let buildings = &mut school.rules.seen(form.version().map_err(wrong)?)?.buildings;
    let used = used(buildings, &school.weeks);
    form.apply(buildings, &used).map_err(wrong)?;
    app.calendar.write_rules(&school.rules).await?;
    Ok(see_other(&format!(
        "/schedules/buildings?institution={id}&saved=1"
    )))
}

/// The buildings and rooms of an institution.
#[utoipa::path(get, path = "/api/schedules/institutions/{institution}/buildings", tag = "schedules",
    params(("institution" = String, Path, description = "The institution.")),
    responses((status = 200, body = BuildingsView), (status = 404, description = "The actor makes no timetables there.")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(id): Path<InstitutionId>,
) -> Result<Response, Problem> {
    let school = app.school_of(&actor, id).await?;
    Ok(shown(
        &school.rules.record.buildings,
        &school.weeks,
        school.rules.version,
    ))
}

/// Sets all buildings and rooms. Rooms are named with a building from the next publication or import on.
#[utoipa::path(put, path = "/api/schedules/institutions/{institution}/buildings", tag = "schedules",
    params(("institution" = String, Path, description = "The institution."),
        ("If-Match" = String, Header, description = "`version` in quotes, \"0\" while there are neither buildings nor bells")),
    request_body = BuildingsBody,
    responses((status = 200, body = BuildingsView), (status = 404, description = "The actor makes no timetables there."),
        (status = 409, description = "Somebody else has changed them, or the bells."),
        (status = 422, description = "A field is not acceptable, or a building is gone in which lessons are held.")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(id): Path<InstitutionId>,
    ExpectedVersion(version): ExpectedVersion,
    web::Json(body): web::Json<BuildingsBody>,
) -> Result<Response, Problem> {
    let mut school = app.school_of(&actor, id).await?;
    let buildings = &mut school.rules.seen(version)?.buildings;
    let used = used(buildings, &school.weeks);
    *buildings = body.over(buildings, &used).map_err(wrong)?;
    app.calendar.write_rules(&school.rules).await?;
    Ok(shown(&school.rules.record.buildings, &school.weeks, version + 1))
}

fn used(buildings: &Buildings, weeks: &[Timetable]) -> Vec<String> {
    taught_in(buildings, weeks).into_keys().collect()
}

fn shown(buildings: &Buildings, weeks: &[Timetable], version: u64) -> Response {
    let view = BuildingsView::of(buildings, used(buildings, weeks), version);
    ([etag(version)], Json(view)).into_response()
}

impl App {
    /// The rules and published weeks of an institution, for those who make its timetable.
    async fn school_of(&self, actor: &Actor, id: InstitutionId) -> Result<School, Problem> {
        self.admit_to(actor, id)?;
        self.calendar.school(id).await?.ok_or_else(Problem::not_found)
    }
}
