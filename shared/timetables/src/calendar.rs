//! The days of an institution.

use model::{InstitutionCalendar, InstitutionId};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

/// The calendar of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionDays {
    /// Whose.
    pub institution: InstitutionId,
    /// What it says.
    pub calendar: InstitutionCalendar,
}

impl InstitutionDays {
    /// Where the calendar of an institution is kept.
    pub fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: format!("INSTITUTION#{institution}"),
            sk: "CALENDAR".to_owned(),
        }
    }
}

impl Record for InstitutionDays {
    const ENTITY: &'static str = "calendar";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }
}
