//! The report of a class.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use model::{GroupId, PeriodId};
use web::{CurrentUser, PageContext, Path, Problem, html};

use super::workbook;
use crate::{App, class_report::ClassReport, pages::class::ClassPage, table};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((class, period)): Path<(GroupId, PeriodId)>,
) -> Result<Response, Problem> {
    let (source, report) = app.class_report(&actor, class, &period).await?;
    let texts = app.translations.of(page.locale);
    let title = texts.of("reports-class-title", &report.title);
    html(&ClassPage::new(
        page.frame(texts, title, Some(&actor)),
        &source,
        report,
    ))
}

/// The report of a class in a period: results (set ones, and what averages propose for the others), absences by reason in
/// lessons and full days, debts. A teacher of the class gets the part of the own journals.
#[utoipa::path(get, path = "/api/reports/classes/{class}/{period}", tag = "reports", operation_id = "class_report",
    params(("class" = String, Path), ("period" = String, Path, description = "short name of the period")),
    responses((status = 200, body = ClassReport), (status = 404, description = "no such class or period, or not for the caller")))]
pub(crate) async fn json(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path((class, period)): Path<(GroupId, PeriodId)>,
) -> Result<axum::Json<ClassReport>, Problem> {
    Ok(axum::Json(app.class_report(&actor, class, &period).await?.1))
}

/// The same as a workbook.
pub(crate) async fn table(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path((class, period)): Path<(GroupId, PeriodId)>,
) -> Result<Response, Problem> {
    let (_, report) = app.class_report(&actor, class, &period).await?;
    let texts = app.translations.of(page.locale);
    workbook(&format!("class-{period}"), &table::of_class(&texts, &report))
}
