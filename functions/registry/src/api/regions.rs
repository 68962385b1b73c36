//! Regions, as the API takes and gives them.

use model::RegionId;
use rosters::Region;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A region to be opened.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateRegion {
    /// Small Latin letters, digits and hyphens, 2 to 32; it never changes.
    pub(crate) code: String,
    /// What people call it; up to 100 characters.
    pub(crate) name: String,
}

/// A region.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegionView {
    /// Its id.
    #[schema(value_type = String)]
    pub(crate) id: RegionId,
    /// Its short name.
    pub(crate) code: String,
    /// What people call it.
    pub(crate) name: String,
}

impl From<Region> for RegionView {
    fn from(region: Region) -> Self {
        Self {
            id: region.region,
            code: region.code,
            name: region.name,
        }
    }
}

/// Regions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RegionList {
    /// By name.
    pub(crate) regions: Vec<RegionView>,
}
