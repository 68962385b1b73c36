//! Who represents a child.

use jiff::Timestamp;
use model::{PersonId, PersonName};
use serde::{Deserialize, Serialize};
use store::{Key, Record, StoreError, Stored, Write};

use crate::person;

/// How it is known that a person represents a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuardianshipSource {
    /// The school confirmed it.
    School,
    /// Gosuslugi's list of the parent's children named the child: СНИЛС and date of birth agreed.
    Gosuslugi,
}

/// That a person represents a child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardianship {
    /// The representative.
    pub guardian: PersonId,
    /// The representative's name.
    pub guardian_name: PersonName,
    /// The child.
    pub child: PersonId,
    /// The child's name.
    pub child_name: PersonName,
    /// How it is known.
    pub source: GuardianshipSource,
    /// When it ended; from then on it opens nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked_at: Option<Timestamp>,
}

impl Guardianship {
    /// Whether it is in force.
    pub const fn is_in_force(&self) -> bool {
        self.revoked_at.is_none()
    }

    /// The two items that keep it: each side finds the other in its own partition.
    pub fn sides(&self) -> [GuardianshipSide; 2] {
        [
            GuardianshipSide {
                of_child: false,
                guardianship: self.clone(),
            },
            GuardianshipSide {
                of_child: true,
                guardianship: self.clone(),
            },
        ]
    }

    /// The writes that record it for the first time.
    pub fn create(&self) -> Result<[Write; 2], StoreError> {
        let [guardian, child] = self.sides().map(Stored::new);
        Ok([Write::create(&guardian)?, Write::create(&child)?])
    }
}

/// One of the two items of a guardianship.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianshipSide {
    /// Whether this is the item in the child's partition.
    pub of_child: bool,
    /// What it says.
    #[serde(flatten)]
    pub guardianship: Guardianship,
}

impl GuardianshipSide {
    /// Where the guardian's side is kept.
    pub fn key_of_guardian(guardian: PersonId, child: PersonId) -> Key {
        Key {
            pk: person::partition(guardian),
            sk: format!("CHILD#{child}"),
        }
    }

    /// Where the child's side is kept.
    pub fn key_of_child(guardian: PersonId, child: PersonId) -> Key {
        Key {
            pk: person::partition(child),
            sk: format!("GUARDIAN#{guardian}"),
        }
    }
}

impl Record for GuardianshipSide {
    const ENTITY: &'static str = "guardianship";

    fn key(&self) -> Key {
        let Guardianship { guardian, child, .. } = self.guardianship;
        if self.of_child {
            Self::key_of_child(guardian, child)
        } else {
            Self::key_of_guardian(guardian, child)
        }
    }
}
