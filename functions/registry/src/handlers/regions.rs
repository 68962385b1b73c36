//! Regions: the list, opening one, the page of one.

use std::sync::Arc;

use access::Resource;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use futures_util::future::try_join_all;
use model::{Actor, InstitutionKind, RegionId};
use rosters::Region;
use serde::Deserialize;
use web::{CurrentUser, Form, Json, PageContext, Path, Problem, Query, html, see_other};

use crate::{
    App,
    api::{CreateRegion, RegionList, RegionView},
    pages::{InstitutionsOfKind, RegionPage, RegionsPage},
    region_form::NewRegion,
};

/// Institutions of one kind shown on a page; the rest are found by the beginning of the name.
const SHOWN: usize = 100;
/// Imports shown on a page.
const IMPORTS_SHOWN: i32 = 20;
/// The most characters of a name searched for.
const LONGEST_SEARCH: usize = 100;

/// What has just been done, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    created: Option<String>,
}

/// What is searched for, from the address.
#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    kind: Option<String>,
    #[serde(default)]
    name: String,
}

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Query(done): Query<Done>,
) -> Result<Response, Problem> {
    let regions = app.regions_for(&actor).await?;
    let may_create = app.access.allows(&actor, "create_region", &Resource::Platform);
    let texts = app.translations.of(page.locale);
    let mut frame = page.frame(texts, texts.get("regions"), Some(&actor));
    frame.notice = done.created.map(|_| texts.get("region-created"));
    html(&RegionsPage {
        frame,
        regions,
        may_create,
    })
}

/// The regions that the caller operates; all of them for operators of the platform.
#[utoipa::path(get, path = "/api/registry/regions", tag = "registry",
    responses((status = 200, body = RegionList), (status = 404, description = "the caller is no operator")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
) -> Result<axum::Json<RegionList>, Problem> {
    let regions = app.regions_for(&actor).await?;
    Ok(axum::Json(RegionList {
        regions: regions.into_iter().map(RegionView::from).collect(),
    }))
}

/// Opens a region. Asking for the same twice changes nothing: the second answer is 200.
#[utoipa::path(post, path = "/api/registry/regions", tag = "registry", request_body = CreateRegion,
    responses((status = 201, body = RegionView), (status = 200, body = RegionView, description = "it is open already"),
        (status = 403, description = "the caller operates a region and not the platform"),
        (status = 409, description = "the code is of a region with another name"),
        (status = 422, description = "`region_code` or `region_name` is not acceptable")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Json(body): Json<CreateRegion>,
) -> Result<Response, Problem> {
    let (is_new, region) = app.create_region(&actor, &body).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, axum::Json(RegionView::from(region))).into_response())
}

pub(crate) async fn create_by_form(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Form(form): Form<CreateRegion>,
) -> Result<Response, Problem> {
    app.create_region(&actor, &form).await?;
    Ok(see_other("/registry/regions?created=1"))
}

pub(crate) async fn one(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(region): Path<RegionId>,
    Query(search): Query<Search>,
) -> Result<Response, Problem> {
    app.admit_to_region(&actor, region, "see_registry")?;
    let (kinds, name) = read(&search)?;
    let (found, imports, kinds) = tokio::try_join!(
        app.rosters.region(region),
        app.imports.of_region(region, IMPORTS_SHOWN),
        try_join_all(kinds.iter().map(|kind| app.of_kind(region, *kind, name)))
    )?;
    let region = found.ok_or_else(Problem::not_found)?;
    let origin = app
        .uploads
        .origin(app.clock.now())
        .await
        .map_err(Problem::unavailable)?;
    let frame = page.frame(
        app.translations.of(page.locale),
        region.name.clone(),
        Some(&actor),
    );
    let (chosen, name) = (search.kind.clone().unwrap_or_default(), name.to_owned());
    let shown = RegionPage {
        frame,
        region,
        kinds,
        imports,
        chosen,
        name,
    };
    let mut response = html(&shown)?;
    allow_upload_to(&mut response, &origin)?;
    Ok(response)
}

fn read(search: &Search) -> Result<(Vec<InstitutionKind>, &str), Problem> {
    let kinds = match search.kind.as_deref() {
        None | Some("") => InstitutionKind::ALL.to_vec(),
        Some(kind) => vec![kind.parse().map_err(|_| Problem::invalid("query"))?],
    };
    let name = search.name.trim();
    if name.chars().count() > LONGEST_SEARCH {
        Err(Problem::invalid("query"))
    } else {
        Ok((kinds, name))
    }
}

/// The policy of every page, widened by the one origin to which this page uploads.
fn allow_upload_to(response: &mut Response, origin: &str) -> Result<(), Problem> {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; \
         connect-src 'self' {origin}; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let policy = HeaderValue::try_from(policy).map_err(Problem::unavailable)?;
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(())
}

impl App {
    async fn regions_for(&self, actor: &Actor) -> Result<Vec<Region>, Problem> {
        self.admit_to_platform(actor, "see_regions")?;
        let mut regions = self.rosters.regions().await?;
        regions.retain(|region| self.admit_to_region(actor, region.region, "see_registry").is_ok());
        Ok(regions)
    }

    async fn create_region(&self, actor: &Actor, asked: &CreateRegion) -> Result<(bool, Region), Problem> {
        self.admit_to_platform(actor, "create_region")?;
        let NewRegion { code, name } =
            NewRegion::parse(&asked.code, &asked.name).map_err(Problem::invalid)?;
        let region = Region {
            region: RegionId::derived("country", &code),
            code,
            name,
        };
        let (is_new, stands) = self.regions.create(region.clone()).await?;
        if stands == region {
            Ok((is_new, stands))
        } else {
            Err(Problem::conflict("region_exists"))
        }
    }

    async fn of_kind(
        &self,
        region: RegionId,
        kind: InstitutionKind,
        name: &str,
    ) -> Result<InstitutionsOfKind, store::StoreError> {
        // One more than is shown tells whether there are more.
        let limit = i32::try_from(SHOWN + 1).unwrap_or(i32::MAX);
        let mut institutions = self.regions.institutions(region, kind, name, limit).await?;
        let has_more = institutions.len() > SHOWN;
        institutions.truncate(SHOWN);
        Ok(InstitutionsOfKind {
            kind,
            institutions,
            has_more,
        })
    }
}
