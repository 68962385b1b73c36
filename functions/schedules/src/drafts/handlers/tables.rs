//! Drafts out of tables, and tables out of drafts.

use std::{convert::Infallible, sync::Arc};

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use model::{Actor, InstitutionId};
use serde::Deserialize;
use sheets::{FileFormat, csv};
use web::{CurrentUser, PageContext, Path, Problem, Query, download, html};

use super::list::{NewDraftForm, opened};
use crate::{
    App,
    drafts::{
        creation::{Created, Creation},
        id::DraftId,
        item::DraftHead,
        pages::RefusedPage,
        table::{read, resolve::RowRefusal, rows, xlsx},
        views::{DraftView, NewDraft, RowView, SourceKind},
        words::Words,
    },
};

/// Refused rows that are told of.
const LISTED: usize = 200;

/// In which form the table is wanted.
#[derive(Debug, Deserialize)]
pub(crate) struct FormatQuery {
    pub(crate) format: FileFormat,
}

/// The draft as a file.
pub(crate) async fn file(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(draft): Path<DraftId>,
    Query(query): Query<FormatQuery>,
) -> Result<Response, Problem> {
    let loaded = app.whole_draft(&actor, draft).await?;
    let rows = rows(&loaded.head, &loaded.draft, page.locale);
    let bytes = match query.format {
        FileFormat::Csv => csv(&rows).map_err(Problem::unavailable)?,
        FileFormat::Xlsx => xlsx(&rows).map_err(Problem::unavailable)?,
    };
    let name = format!("timetable-{}.{}", loaded.head.from, query.format.ending());
    Ok(download(&name, query.format.media_type(), bytes))
}

/// A draft to be made from a table.
#[derive(Debug, Deserialize)]
pub(crate) struct TableQuery {
    institution: InstitutionId,
    title: String,
    from: String,
    source: SourceKind,
    date: Option<String>,
    draft: Option<DraftId>,
}

/// Makes a draft from a table: the body is a CSV or XLSX file of up to 256 KB, whose rows are the whole weeks of the classes
/// that they name; the other classes come from `source`. With a refused row nothing is made.
#[utoipa::path(post, path = "/api/schedules/drafts/table", tag = "schedules", request_body = Vec<u8>,
    params(("institution" = String, Query), ("title" = String, Query), ("from" = String, Query),
        ("source" = SourceKind, Query), ("date" = Option<String>, Query), ("draft" = Option<String>, Query)),
    responses((status = 200, body = DraftView), (status = 404, description = "The actor makes no timetables there."),
        (status = 422, description = "The file cannot be read, or `rows` are refused.")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(query): Query<TableQuery>,
    body: Bytes,
) -> Result<Response, Problem> {
    app.admit_to(&actor, query.institution)?;
    let new = NewDraft {
        institution: query.institution,
        title: query.title,
        from: query.from,
        source: query.source,
        date: query.date,
        draft: query.draft,
    };
    match app.draft_of_table(&actor, &new, &body).await? {
        Created::Done(head, left_out) => Ok(axum::Json(DraftView::made(head, left_out)).into_response()),
        Created::Refused(planned, refused) => {
            let words = Words {
                texts: app.texts(&page),
                head: &planned.0,
                draft: &planned.1,
            };
            let rows = refused.iter().take(LISTED).map(|row| RowView::of(&words, row));
            let rows: Vec<_> = rows.collect();
            Err(Problem::unacceptable("table_rows")
                .with("refused", refused.len())
                .with("rows", rows))
        }
    }
}

/// Makes a draft, from the form's table if there is one, and opens it; or tells of each row that is refused.
pub(crate) async fn create_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let (form, file) = upload(&headers, body)
        .await
        .ok_or_else(|| Problem::unreadable("invalid_form"))?;
    app.admit_to(&actor, form.institution)?;
    let created = if file.is_empty() {
        app.create_draft(&actor, Creation::parse(&form.read()?)?, None)
            .await?
    } else {
        app.draft_of_table(&actor, &form.read()?, &file).await?
    };
    match created {
        Created::Done(head, left_out) => Ok(opened(&head, left_out)),
        Created::Refused(planned, refused) => app.refused_rows(&actor, &page, &planned, &refused),
    }
}

impl App {
    async fn draft_of_table(&self, actor: &Actor, new: &NewDraft, file: &[u8]) -> Result<Created, Problem> {
        let creation = Creation::parse(new)?;
        let rows = read::read(file).map_err(|error| Problem::unacceptable(error.code()))?;
        self.create_draft(actor, creation, Some(&rows)).await
    }

    fn refused_rows(
        &self,
        actor: &Actor,
        page: &PageContext,
        (head, draft): &(DraftHead, crate::drafts::Draft),
        refused: &[RowRefusal],
    ) -> Result<Response, Problem> {
        let texts = self.texts(page);
        let words = Words { texts, head, draft };
        let line = |row: &RowRefusal| {
            let line = usize::try_from(row.line).unwrap_or_default();
            format!("{}: {}", texts.count("drafts-row", line), words.row(row))
        };
        html(&RefusedPage {
            frame: page.frame(texts, texts.get("drafts-refused"), Some(actor)),
            intro: texts.count("drafts-rows-refused", refused.len()),
            lines: refused.iter().take(LISTED).map(line).collect(),
            back: "/schedules/drafts".to_owned(),
        })
    }
}

/// The fields and the file of an uploaded form.
async fn upload(headers: &HeaderMap, body: Bytes) -> Option<(NewDraftForm, Bytes)> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    let boundary = multer::parse_boundary(kind).ok()?;
    let body = stream::once(async move { Ok::<_, Infallible>(body) });
    let mut parts = multer::Multipart::new(body, boundary);
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut file = Bytes::new();
    while let Some(part) = parts.next_field().await.ok()? {
        let name = part.name()?.to_owned();
        if name == "file" {
            file = part.bytes().await.ok()?;
        } else {
            fields.push((name, part.text().await.ok()?));
        }
    }
    let field = |name: &str| {
        let found = fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    };
    let form = NewDraftForm {
        institution: field("institution")?.parse().ok()?,
        title: field("title")?,
        from: field("from")?,
        source: field("source")?,
        date: field("date").unwrap_or_default(),
    };
    Some((form, file))
}
