//! Kinds of institutions and of the groups in them.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ParseError;

/// The kind of an educational institution: 273-ФЗ, art. 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionKind {
    /// Kindergarten: groups by age, a daily register, no marks.
    Preschool,
    /// School: classes, quarters or half-years, marks.
    General,
    /// College: groups, semesters, marks.
    Vocational,
    /// Additional education: courses, programme stages.
    Additional,
}

impl InstitutionKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [Self; 4] = [Self::Preschool, Self::General, Self::Vocational, Self::Additional];

    /// The name used in keys, bundles, API and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Preschool => "preschool",
            Self::General => "general",
            Self::Vocational => "vocational",
            Self::Additional => "additional",
        }
    }
}

impl FromStr for InstitutionKind {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(ParseError("institution kind"))
    }
}

/// A class and a teaching group are different things: groups split a class or cross classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// «7А», a kindergarten group, a college group: the unit to which a child belongs.
    Class,
    /// Those who are taught one subject together; it has teachers and a journal.
    Teaching,
}
