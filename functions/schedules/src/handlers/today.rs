//! A teacher's day.

use std::sync::Arc;

use axum::{Json, extract::State, response::Response};
use web::{CurrentUser, PageContext, Problem, Query, html};

use super::{DateQuery, own_lessons};
use crate::{App, api::TodayView, pages::TodayPage};

/// The page.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<DateQuery>,
) -> Result<Response, Problem> {
    let date = query.date()?;
    let day = own_lessons(&app, &actor, date)
        .await?
        .today_view(date, app.clock.now());
    let texts = app.texts(&page);
    let frame = page.frame(texts, texts.get("schedules-today"), Some(&actor));
    html(&TodayPage { frame, day })
}

/// The lessons of a teacher on a day, now and next marked by the institution's clock.
#[utoipa::path(
    get, path = "/api/schedules/today", tag = "schedules",
    params(("date" = Option<String>, Query, description = "The day, today by default.")),
    responses((status = 200, body = TodayView), (status = 404, description = "The actor works at no institution.")),
)]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Query(query): Query<DateQuery>,
) -> Result<Json<TodayView>, Problem> {
    let date = query.date()?;
    Ok(Json(
        own_lessons(&app, &actor, date)
            .await?
            .today_view(date, app.clock.now()),
    ))
}
