//! An institution's settings for marks, and all that they were before.

use model::{InstitutionId, MarkingSettings};
use serde::{Deserialize, Serialize};
use store::{Key, Record};

use crate::Signed;

fn partition(institution: InstitutionId) -> String {
    format!("INSTITUTION#{institution}")
}

/// The settings in force for the periods that begin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionMarking {
    /// Whose.
    pub institution: InstitutionId,
    /// What they say.
    pub settings: MarkingSettings,
}

impl InstitutionMarking {
    /// Where they are kept.
    pub fn key_of(institution: InstitutionId) -> Key {
        Key {
            pk: partition(institution),
            sk: "MARKING".to_owned(),
        }
    }
}

impl Record for InstitutionMarking {
    const ENTITY: &'static str = "marking";

    fn key(&self) -> Key {
        Self::key_of(self.institution)
    }
}

/// The settings as they were set once. Never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkingChange {
    /// Whose.
    pub institution: InstitutionId,
    /// The version that the settings have since.
    pub number: u64,
    /// Who set them.
    #[serde(flatten)]
    pub signed: Signed,
    /// What they say.
    pub settings: MarkingSettings,
}

impl MarkingChange {
    pub(crate) const PREFIX: &'static str = "MARKING#";

    pub(crate) fn partition(institution: InstitutionId) -> String {
        partition(institution)
    }
}

impl Record for MarkingChange {
    const ENTITY: &'static str = "marking_change";

    fn key(&self) -> Key {
        Key {
            pk: partition(self.institution),
            sk: format!("{}{:08}", Self::PREFIX, self.number),
        }
    }
}
