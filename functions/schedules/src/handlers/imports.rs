//! Reports on imports of timetables.

use std::sync::Arc;

use access::{Access, Resource};
use axum::{Json, extract::State, response::Response};
use bundles::{ReportRow, Speech};
use model::{Actor, ImportId};
use sheets::{Cell, FileFormat, Sheet, XlsxError, csv, workbook};
use web::{CurrentUser, PageContext, Path, Problem, Query, download, html};

use crate::{
    App, TimetableImport, api::ImportView, drafts::handlers::tables::FormatQuery, pages::ImportedPage,
};

/// So many refused rows and remarks of each file are shown on the page; the file for spreadsheets holds all that are kept.
const SHOWN: usize = 100;

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
    Ok(Json(app.imported(&actor, import).await?.into()))
}

/// The same as a page: what became of the rows of each file, the first refused ones and why, what was odd.
pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(import): Path<ImportId>,
) -> Result<Response, Problem> {
    let mut done = app.imported(&actor, import).await?;
    let totals = done.report.totals();
    done.report.cut(SHOWN);
    let texts = app.texts(&page);
    let frame = page.frame(texts, texts.get("imported-title"), Some(&actor));
    html(&ImportedPage { frame, done, totals })
}

/// The whole report as a file for spreadsheets.
pub(crate) async fn file(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(import): Path<ImportId>,
    Query(query): Query<FormatQuery>,
) -> Result<Response, Problem> {
    let done = app.imported(&actor, import).await?;
    let speech = Speech {
        texts: app.texts(&page),
    };
    let (columns, rows) = (speech.columns(), speech.rows(&done.report));
    let bytes = match query.format {
        FileFormat::Csv => csv(std::iter::once(&columns).chain(&rows)).map_err(Problem::unavailable)?,
        FileFormat::Xlsx => xlsx(columns, rows).map_err(Problem::unavailable)?,
    };
    let name = format!("import-{import}.{}", query.format.ending());
    Ok(download(&name, query.format.media_type(), bytes))
}

fn xlsx(columns: ReportRow, rows: Vec<ReportRow>) -> Result<Vec<u8>, XlsxError> {
    const WIDTHS: [f64; 6] = [18.0, 10.0, 24.0, 18.0, 80.0, 10.0];
    // Lines and counts are numbers, so that they can be sorted and added up.
    let cell = |(at, text): (usize, String)| match text.parse() {
        Ok(count) if at == 1 || at == 5 => Cell::Count(count),
        _ if text.is_empty() => Cell::Empty,
        _ => Cell::Text(text),
    };
    workbook(&[Sheet {
        name: "Sheet1".to_owned(),
        columns: columns.into_iter().zip(WIDTHS).collect(),
        rows: rows
            .into_iter()
            .map(|row| row.into_iter().enumerate().map(cell).collect())
            .collect(),
    }])
}

impl App {
    /// The report of an import, for the operators of its region.
    async fn imported(&self, actor: &Actor, import: ImportId) -> Result<TimetableImport, Problem> {
        let done = self.store.import(import).await?.ok_or_else(Problem::not_found)?;
        let registry = Resource::Registry { region: done.region };
        match self
            .access
            .decide(actor, "see_registry", "see_registry", &registry)
        {
            Access::Granted => Ok(done),
            Access::Forbidden => Err(Problem::forbidden()),
            Access::Hidden => Err(Problem::not_found()),
        }
    }
}
