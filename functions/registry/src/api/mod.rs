//! What the API takes and gives, by subject.

mod classes;
mod imports;
mod institutions;
mod regions;

use utoipa::OpenApi;

pub(crate) use self::{
    classes::ClassView,
    imports::{CreateImport, ImportTicket, ImportView},
    institutions::InstitutionView,
    regions::{CreateRegion, RegionList, RegionView},
};
use crate::handlers;

/// The description of the registry's API.
#[derive(OpenApi)]
#[openapi(paths(
    handlers::regions::list,
    handlers::regions::create,
    handlers::imports::create,
    handlers::imports::show,
    handlers::imports::start,
    handlers::classes::show,
    handlers::institutions::show
))]
pub(crate) struct Description;
