//! Institutions with their classes, as the API gives them.

use model::{GroupId, InstitutionId, InstitutionKind, RegionId};
use rosters::{Group, Institution};
use serde::Serialize;
use utoipa::ToSchema;

/// A class in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClassEntry {
    /// Its id.
    #[schema(value_type = String)]
    pub(crate) id: GroupId,
    /// What people call it.
    pub(crate) title: String,
    /// The year of study.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) grade: Option<u8>,
}

/// An institution with its classes.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstitutionView {
    /// Its id.
    #[schema(value_type = String)]
    pub(crate) id: InstitutionId,
    /// Its region.
    #[schema(value_type = String)]
    pub(crate) region: RegionId,
    /// `preschool`, `general`, `vocational`, `additional`.
    #[schema(value_type = String)]
    pub(crate) kind: InstitutionKind,
    /// What people call it.
    pub(crate) name: String,
    /// IANA name of its time zone.
    pub(crate) time_zone: String,
    /// The classes, by year and title.
    pub(crate) classes: Vec<ClassEntry>,
}

impl InstitutionView {
    /// The institution as the API shows it.
    pub(crate) fn of(institution: Institution, classes: Vec<Group>) -> Self {
        Self {
            id: institution.institution,
            region: institution.region,
            kind: institution.kind,
            name: institution.name,
            time_zone: institution.time_zone,
            classes: classes
                .into_iter()
                .map(|class| ClassEntry {
                    id: class.group,
                    title: class.title,
                    grade: class.grade,
                })
                .collect(),
        }
    }
}
