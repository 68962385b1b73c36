//! Regions and institutions.

use model::{InstitutionId, InstitutionKind, RegionId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// A region of the country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Region {
    /// Its id.
    pub region: RegionId,
    /// Its short name in addresses and in the ids of what is imported for it: small letters and hyphens.
    pub code: String,
    /// What people call it.
    pub name: String,
}

impl Region {
    /// The partition of the first index that lists all regions (there are under a hundred).
    pub const LIST: &'static str = "REGIONS";

    /// Where a region is kept.
    pub fn key_of(region: RegionId) -> Key {
        Key {
            pk: format!("REGION#{region}"),
            sk: "REGION".to_owned(),
        }
    }
}

impl Record for Region {
    const ENTITY: &'static str = "region";

    fn key(&self) -> Key {
        Self::key_of(self.region)
    }

    fn first_index(&self) -> Option<Key> {
        Some(Key {
            pk: Self::LIST.to_owned(),
            sk: self.name.to_lowercase(),
        })
    }
}

/// An educational institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Institution {
    /// Its id.
    pub institution: InstitutionId,
    /// The region it is in.
    pub region: RegionId,
    /// Of which kind it is.
    pub kind: InstitutionKind,
    /// What people call it: «Школа № 12».
    pub name: String,
    /// IANA name of its time zone.
    pub time_zone: String,
}

impl Institution {
    /// Where an institution is kept.
    pub fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: format!("INSTITUTION#{institution}"),
            sk: "INSTITUTION".to_owned(),
        }
    }
}

impl Record for Institution {
    const ENTITY: &'static str = "institution";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }

    fn first_index(&self) -> Option<Key> {
        Some(Key {
            pk: format!("REGION#{}", self.region),
            sk: format!("INSTITUTION#{}#{}", self.kind.as_str(), self.name.to_lowercase()),
        })
    }
}
