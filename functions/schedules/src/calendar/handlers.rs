//! Handlers of the calendar: its page, its forms, its API.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use model::{Actor, InstitutionId};
use serde::Deserialize;
use web::{CurrentUser, ExpectedVersion, Form, PageContext, Path, Problem, Query, etag, html, see_other};

use super::{
    api::{DaysBody, YearView},
    bells::Regime,
    form::{DaysForm, regime},
    page::CalendarPage,
    store::Year,
};
use crate::App;

/// Which institution, and whether something was just saved.
#[derive(Debug, Deserialize)]
pub(crate) struct CalendarQuery {
    institution: Option<InstitutionId>,
    saved: Option<u8>,
}

/// The page: of the institution asked for, or of the first whose timetable the actor makes.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<CalendarQuery>,
) -> Result<Response, Problem> {
    let places = app.makes_timetables_at(&actor);
    let asked = query.institution.or_else(|| places.first().copied());
    let institution = asked.ok_or_else(Problem::not_found)?;
    app.admit_to(&actor, institution)?;
    let (year, classes) = tokio::try_join!(app.year(&actor, institution), async {
        Ok(app.calendar.classes(institution).await?)
    })?;
    let today = app.clock.today(&model::time_zone(&year.institution.time_zone));
    let texts = app.texts(&page);
    let mut frame = page.frame(texts, texts.get("calendar-title"), Some(&actor));
    frame.notice = query.saved.map(|_| texts.get("calendar-saved"));
    html(&CalendarPage::new(frame, year, &classes, today))
}

/// Puts days in or takes them out.
pub(crate) async fn edit_days_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    Form(form): Form<DaysForm>,
) -> Result<Response, Problem> {
    let mut year = app.year(&actor, institution).await?;
    let edit = form.edit().map_err(Problem::invalid)?;
    let days = year.days.seen(form.version)?;
    edit.apply(&mut days.calendar).map_err(Problem::invalid)?;
    app.calendar.write_days(&year.days).await?;
    Ok(see_other(&format!(
        "/schedules/calendar?institution={institution}&saved=1"
    )))
}

/// Sets a regime of bells.
pub(crate) async fn put_bells_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    Form(form): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let mut year = app.year(&actor, institution).await?;
    let (version, regime) = regime(&form).map_err(Problem::invalid)?;
    regime.put(year.rules.seen(version)?).map_err(Problem::invalid)?;
    app.calendar.write_rules(&year.rules).await?;
    Ok(see_other(&format!(
        "/schedules/calendar?institution={institution}&saved=1#bells"
    )))
}

/// The days off and bells of an institution.
#[utoipa::path(get, path = "/api/schedules/institutions/{institution}/calendar", tag = "schedules",
    params(("institution" = String, Path, description = "The institution.")),
    responses((status = 200, body = YearView), (status = 404, description = "The actor makes no timetables there.")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
) -> Result<Json<YearView>, Problem> {
    let year = app.year(&actor, institution).await?;
    let today = app.clock.today(&model::time_zone(&year.institution.time_zone));
    Ok(Json(YearView::of(&year, today)))
}

/// Sets all days off. They hold from the next reading of any diary or timetable.
#[utoipa::path(put, path = "/api/schedules/institutions/{institution}/calendar/days", tag = "schedules",
    params(("institution" = String, Path, description = "The institution."),
        ("If-Match" = String, Header, description = "`days_version` in quotes, \"0\" while there are none")),
    request_body = DaysBody,
    responses((status = 200, body = YearView), (status = 404, description = "The actor makes no timetables there."),
        (status = 409, description = "Somebody else has changed them."), (status = 422, description = "A field is not acceptable.")))]
pub(crate) async fn put_days(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    ExpectedVersion(version): ExpectedVersion,
    web::Json(body): web::Json<DaysBody>,
) -> Result<Response, Problem> {
    let mut year = app.year(&actor, institution).await?;
    let days_off = body.parse().map_err(Problem::invalid)?;
    year.days.seen(version)?.calendar.days_off = days_off;
    app.calendar.write_days(&year.days).await?;
    year.days.version += 1;
    Ok(app.shown(&year, year.days.version))
}

/// Sets a regime of bells in the place of the one for the same shift, years of study and day; without lessons it takes that
/// one away. Bells hold with the next week that is published.
#[utoipa::path(put, path = "/api/schedules/institutions/{institution}/calendar/bells", tag = "schedules",
    params(("institution" = String, Path, description = "The institution."),
        ("If-Match" = String, Header, description = "`bells_version` in quotes, \"0\" while there are none")),
    request_body = Regime,
    responses((status = 200, body = YearView), (status = 404, description = "The actor makes no timetables there."),
        (status = 409, description = "Somebody else has changed them."), (status = 422, description = "A field is not acceptable.")))]
pub(crate) async fn put_bells(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
    ExpectedVersion(version): ExpectedVersion,
    web::Json(body): web::Json<Regime>,
) -> Result<Response, Problem> {
    let mut year = app.year(&actor, institution).await?;
    let regime = body.parse().map_err(Problem::invalid)?;
    regime.put(year.rules.seen(version)?).map_err(Problem::invalid)?;
    app.calendar.write_rules(&year.rules).await?;
    year.rules.version += 1;
    Ok(app.shown(&year, year.rules.version))
}

impl App {
    /// The year of an institution, for those who make its timetable.
    async fn year(&self, actor: &Actor, institution: InstitutionId) -> Result<Year, Problem> {
        self.admit_to(actor, institution)?;
        self.calendar
            .year(institution)
            .await?
            .ok_or_else(Problem::not_found)
    }

    fn shown(&self, year: &Year, version: u64) -> Response {
        let today = self.clock.today(&model::time_zone(&year.institution.time_zone));
        ([etag(version)], Json(YearView::of(year, today))).into_response()
    }
}
