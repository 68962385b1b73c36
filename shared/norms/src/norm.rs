//! A norm: where it stands, when it holds, whom it concerns, what it asks.

use std::collections::BTreeSet;

use jiff::civil::Date;
use model::InstitutionKind;
use serde::{Deserialize, Serialize};

use crate::{Class, Rule};

/// Words that belong to the data, in both languages: titles of documents, clauses, doubts. An operator who adds a norm
/// writes them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Russian.
    pub ru: String,
    /// English.
    pub en: String,
}

/// What follows from breaking a norm. The order is that of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing: advice.
    Informs,
    /// Should be put right or accounted for: a recommendation, or a figure that is still to be compared with its source.
    Warns,
    /// Must not be published so.
    Forbids,
}

impl Severity {
    /// The name in words and styles.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Informs => "informs",
            Self::Warns => "warns",
            Self::Forbids => "forbids",
        }
    }
}

/// Whose classes a norm concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pupils {
    /// All classes of the grades.
    #[default]
    All,
    /// Only classes in which pupils with special needs (ОВЗ) are taught.
    SpecialNeeds,
}

/// A document that norms stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// How norms name it.
    pub id: String,
    /// How it is cited: «СП 2.4.3648-20».
    pub title: Words,
    /// Its whole name, and which act approved it.
    pub full: Words,
}

/// One version of a norm. Versions share the id; their dates follow one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// What findings and settings name it by; the same for all its versions.
    pub id: String,
    /// The [`Document::id`].
    pub document: String,
    /// Where in the document: «п. 3.4.16», «табл. 6.6».
    pub clause: Words,
    /// The first day on which it holds.
    pub from: Date,
    /// The last day on which it holds; none if no end is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What follows from breaking it.
    pub severity: Severity,
    /// At which institutions it holds.
    pub institutions: Vec<InstitutionKind>,
    /// In which grades (years of education). Rules about teachers hold whatever the grades of their classes.
    pub grades: BTreeSet<u8>,
    /// In which months, 1–12; empty: all year. So the steps of grade 1 are told apart.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub months: BTreeSet<u8>,
    /// For which classes of the grades.
    #[serde(default)]
    pub pupils: Pupils,
    /// What it asks, with its figures.
    pub rule: Rule,
    /// What is still to be compared with the source, shown beside each finding. Such a norm never forbids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsure: Option<Words>,
}

impl Norm {
    /// Whether it holds at such an institution on the date.
    pub fn holds(&self, date: Date, institution: InstitutionKind) -> bool {
        self.from <= date
            && self.until.is_none_or(|until| date <= until)
            && (self.months.is_empty() || self.months.contains(&date.month().unsigned_abs()))
            && self.institutions.contains(&institution)
    }

    /// Whether it concerns a class.
    pub fn concerns(&self, class: &Class) -> bool {
        self.grades.contains(&class.grade) && (self.pupils == Pupils::All || class.special_needs)
    }
}
