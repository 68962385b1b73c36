//! An institution with its classes.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use model::{Actor, InstitutionId};
use rosters::{Group, Institution};
use web::{CurrentUser, PageContext, Path, Problem, html};

use crate::{
    App,
    api::InstitutionView,
    handlers::leads,
    pages::{InstitutionClasses, InstitutionPage},
};

pub(crate) async fn page(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    page: PageContext,
    Path(institution): Path<InstitutionId>,
) -> Result<Response, Problem> {
    let (institution, classes) = app.institution(&actor, institution).await?;
    let frame = page.frame(
        app.translations.of(page.locale),
        institution.name.clone(),
        Some(&actor),
    );
    let opens_classes = app.works_at(&actor, &institution);
    let opens_region = app
        .admit_to_region(&actor, institution.region, "see_registry")
        .is_ok();
    let has_journals = leads(&actor, institution.institution);
    let classes = InstitutionClasses {
        institution,
        classes,
        opens_classes,
        has_journals,
        // The page of an institution is of its classes; what is new there stands on the first page of who leads it.
        unseen: 0,
    };
    html(&InstitutionPage {
        frame,
        classes,
        opens_region,
    })
}

/// An institution with its classes, for those who work there and the operators of its region.
#[utoipa::path(get, path = "/api/registry/institutions/{institution}", tag = "registry",
    params(("institution" = String, Path)),
    responses((status = 200, body = InstitutionView),
        (status = 404, description = "no such institution, or not for the caller")))]
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    CurrentUser(actor): CurrentUser,
    Path(institution): Path<InstitutionId>,
) -> Result<axum::Json<InstitutionView>, Problem> {
    let (institution, classes) = app.institution(&actor, institution).await?;
    Ok(axum::Json(InstitutionView::of(institution, classes)))
}

impl App {
    async fn institution(
        &self,
        actor: &Actor,
        id: InstitutionId,
    ) -> Result<(Institution, Vec<Group>), Problem> {
        let (institution, classes) =
            tokio::try_join!(self.rosters.institution(id), self.rosters.classes(id))?;
        let institution = institution.ok_or_else(Problem::not_found)?;
        self.admit_to_institution(actor, &institution)?;
        Ok((institution, classes))
    }
}
