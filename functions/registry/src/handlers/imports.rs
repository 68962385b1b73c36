//! Imports: the permission to upload, the start, the report.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use bundles::{ImportMessage, Limits, Report};
use model::{Actor, ImportId};
use serde::Deserialize;
use store::StoreError;
use web::{CurrentUser, Json, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    api::{CreateImport, ImportTicket, ImportView},
    import_item::{Import, ImportState},
    pages::ImportPage,
};

/// Refused rows and warnings that are shown of each file until one file is asked for.
const SHOWN_OF_EACH: usize = 20;

/// Of which file all is to be shown, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct OfFile {
    file: Option<String>,
}

/// The name that the caller gives to the request, so that repeating it makes nothing new.
#[derive(Debug)]
pub(crate) struct IdempotencyKey(Option<String>);

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(header) = parts.headers.get("idempotency-key") else {
            return Ok(Self(None));
        };
        let key = header.to_str().ok().filter(|key| (1..=128).contains(&key.len()));
        key.map(|key| Self(Some(key.to_owned())))
            .ok_or_else(|| Problem::invalid("idempotency_key"))
    }
}

/// Makes an import ready: the answer says where to PUT the zip archive of at most 32 MiB. With `Idempotency-Key`, asking
/// again gives the same import with a new address.
#[utoipa::path(post, path = "/api/registry/imports", tag = "registry", request_body = CreateImport,
    params(("Idempotency-Key" = Option<String>, Header, description = "up to 128 characters")),
    responses((status = 201, body = ImportTicket),
        (status = 200, body = ImportTicket, description = "it has been started already, there is nothing to upload"),
        (status = 404, description = "no such region, or not for the caller"),
        (status = 422, description = "the file is too large, or the key was used for another region")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    IdempotencyKey(key): IdempotencyKey,
    Json(body): Json<CreateImport>,
) -> Result<Response, Problem> {
    let region = app.region(&actor, body.region, "import_registry").await?;
    if body.bytes.is_some_and(|bytes| bytes > largest()) {
        return Err(Problem::unacceptable("bundle_too_large"));
    }
    let now = app.clock.now();
    let import = Import::new(
        new_id(&actor, key, now),
        region.region,
        region.code,
        actor.person,
        now,
    );
    let import = app.imports.create(import).await?.record;
    if import.region != region.region {
        return Err(Problem::unacceptable("idempotency_key_reused"));
    }
    let (status, permit) = if import.state == ImportState::WaitingForFile {
        let permit = app
            .uploads
            .permit(&import.key, body.bytes, now)
            .await
            .map_err(Problem::unavailable)?;
        (StatusCode::CREATED, Some(permit))
    } else {
        (StatusCode::OK, None)
    };
    let (upload_url, expires_at) = permit.map(|permit| (permit.url, permit.expires_at)).unzip();
    Ok((
        status,
        axum::Json(ImportTicket {
            import: import.import,
            upload_url,
            expires_at,
        }),
    )
        .into_response())
}

/// An import with its report. Of each file the first 20 refused rows and warnings; all that are kept, of one `file`.
#[utoipa::path(get, path = "/api/registry/imports/{import}", tag = "registry",
    params(("import" = String, Path), ("file" = Option<String>, Query, description = "name of a file: only its report")),
    responses((status = 200, body = ImportView), (status = 404, description = "no such import, or not for the caller")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(import): Path<ImportId>,
    Query(of): Query<OfFile>,
) -> Result<axum::Json<ImportView>, Problem> {
    let (import, mut report) = app.import_with_report(&actor, import).await?;
    cut(&mut report, of.file.as_deref());
    Ok(axum::Json(ImportView::of(import, &report)))
}

/// Starts an import whose file is uploaded. Starting it twice starts it once; an import whose work was lost on the way can be
/// started again some minutes later.
#[utoipa::path(post, path = "/api/registry/imports/{import}/start", tag = "registry", params(("import" = String, Path)),
    responses((status = 202, body = ImportView), (status = 404, description = "no such import, or not for the caller"),
        (status = 409, description = "`file_missing`: nothing has been uploaded"),
        (status = 422, description = "`bundle_too_large`"), (status = 503, description = "not started; try again")))]
pub(crate) async fn start(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(import): Path<ImportId>,
) -> Result<Response, Problem> {
    let import = app.start_import(&actor, import).await?;
    let view = ImportView::of(import, &Report::default());
    Ok((StatusCode::ACCEPTED, axum::Json(view)).into_response())
}

pub(crate) async fn start_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(import): Path<ImportId>,
) -> Result<Response, Problem> {
    app.start_import(&actor, import).await?;
    Ok(see_other(&format!("/registry/imports/{import}")))
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(import): Path<ImportId>,
    Query(of): Query<OfFile>,
) -> Result<Response, Problem> {
    let (import, mut report) = app.import_with_report(&actor, import).await?;
    let region = app
        .rosters
        .region(import.region)
        .await?
        .ok_or_else(Problem::not_found)?;
    cut(&mut report, of.file.as_deref());
    let texts = app.translations.of(page.locale);
    let frame = page.frame(texts, texts.of("import-into", &region.name), Some(&actor));
    let can_start = import.can_start(app.clock.now());
    html(&ImportPage {
        frame,
        region,
        import,
        report,
        can_start,
        file: of.file,
    })
}

impl App {
    async fn import_with_report(&self, actor: &Actor, import: ImportId) -> Result<(Import, Report), Problem> {
        let (import, report) = self
            .imports
            .with_report(import)
            .await?
            .ok_or_else(Problem::not_found)?;
        self.admit_to_region(actor, import.region, "see_registry")?;
        Ok((import, report))
    }

    async fn start_import(&self, actor: &Actor, id: ImportId) -> Result<Import, Problem> {
        let stored = self.imports.find(id).await?.ok_or_else(Problem::not_found)?;
        self.admit_to_region(actor, stored.record.region, "import_registry")?;
        let now = self.clock.now();
        if !stored.record.can_start(now) {
            // A double click, or a second tab: it is on its way, or done.
            return Ok(stored.record);
        }
        match self
            .uploads
            .size(&stored.record.key)
            .await
            .map_err(Problem::unavailable)?
        {
            None => return Err(Problem::conflict("file_missing")),
            Some(bytes) if bytes > largest() => return Err(Problem::unacceptable("bundle_too_large")),
            Some(_) => {}
        }
        let queued = match self.imports.put_into(&stored, ImportState::Queued, now).await {
            Ok(queued) => queued,
            Err(StoreError::Conflict(_)) => {
                let current = self.imports.find(id).await?.ok_or_else(Problem::not_found)?;
                return Ok(current.record);
            }
            Err(error) => return Err(error.into()),
        };
        let Import {
            import,
            region,
            region_code,
            key,
            ..
        } = queued.record.clone();
        let message = ImportMessage {
            import,
            region,
            region_code,
            key,
        };
        if let Err(error) = self.jobs.send(&message).await {
            // So that it can be started again at once; if this fails too, it can be some minutes later.
            let back = self
                .imports
                .put_into(&queued, ImportState::WaitingForFile, now)
                .await;
            if let Err(second) = back {
                tracing::warn!(import = %id, cause = %second, "an import stays queued without a message");
            }
            return Err(Problem::unavailable(error));
        }
        Ok(queued.record)
    }
}

/// Bytes of the largest bundle that the jobs open.
fn largest() -> u64 {
    Limits::default().archive_bytes
}

/// A new id, which sorts by time, or the one that follows from the caller's own name for the request.
fn new_id(actor: &Actor, key: Option<String>, now: jiff::Timestamp) -> ImportId {
    if let Some(key) = key {
        return ImportId::derived(&actor.person.to_string(), &key);
    }
    let moment = u128::from(now.as_millisecond().unsigned_abs()) << 80;
    ImportId::from_bits(moment | (rand::random::<u128>() >> 48))
}

/// Leaves all of one file, or the beginning of each.
fn cut(report: &mut Report, file: Option<&str>) {
    match file {
        Some(name) => report.files.retain(|file| file.name == name),
        None => report.cut(SHOWN_OF_EACH),
    }
}
