//! What travels on the queues of imports.

use model::{ImportId, RegionId};
use serde::{Deserialize, Serialize};

/// "Import this bundle": the body of a message to the registry's jobs, which pass it on to the schedules' jobs when people
/// and groups are in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportMessage {
    /// The import.
    pub import: ImportId,
    /// The region whose bundle it is.
    pub region: RegionId,
    /// The region's short name, from which the ids of what is imported are derived.
    pub region_code: String,
    /// The bundle's key in the bucket of imports.
    pub key: String,
}
