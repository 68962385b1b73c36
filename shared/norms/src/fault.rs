//! What can be wrong with a table of norms.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Norm, Rule, Severity, table::NormFile};

/// Something that is wrong with a table of norms. Norms and subjects are named by their ids.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NormFault {
    /// Not JSON of the expected shape.
    #[error("the file cannot be read: {0}")]
    Format(String),
    /// Two documents, subjects or scales of one id.
    #[error("{0} stands there twice")]
    Twice(String),
    /// The norm's document is missing.
    #[error("norm {0}: there is no document {1}")]
    NoDocument(String, String),
    /// A rule or a scale names a subject that is missing.
    #[error("{0}: there is no subject {1}")]
    NoSubject(String, String),
    /// The norm's scale is missing.
    #[error("norm {0}: there is no scale {1}")]
    NoScale(String, String),
    /// The norm has no figure for one of its grades.
    #[error("norm {0}: there is no figure for grade {1}")]
    NoFigure(String, u8),
    /// A grade is not 1–12 or a month not 1–12.
    #[error("norm {0}: a grade or a month is out of bounds")]
    OutOfBounds(String),
    /// The hardest days of the week are one or two.
    #[error("norm {0}: the hardest days are one or two")]
    HardestDays(String),
    /// The norm concerns nobody: no grade or no institution.
    #[error("norm {0}: it concerns nobody")]
    Nobody(String),
    /// The norm ends before it begins.
    #[error("norm {0}: it ends before it begins")]
    EndsBeforeItBegins(String),
    /// Two versions of the norm hold on one day.
    #[error("norm {0}: two versions hold on one day")]
    VersionsOverlap(String),
    /// What is still to be compared with the source must not forbid.
    #[error("norm {0}: what is unsure cannot forbid")]
    UnsureForbids(String),
    /// A name belongs to two subjects.
    #[error("two subjects are called {0}")]
    NameOfTwoSubjects(String),
}

/// Everything that is wrong with a table of norms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormFaults(pub Vec<NormFault>);

impl std::fmt::Display for NormFaults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let faults: Vec<String> = self.0.iter().map(NormFault::to_string).collect();
        write!(f, "the table of norms is not valid: {}", faults.join("; "))
    }
}

impl std::error::Error for NormFaults {}

pub(crate) fn faults_of(file: &NormFile) -> Vec<NormFault> {
    let documents = ids(file.documents.iter().map(|document| document.id.as_str()));
    let subjects = ids(file.subjects.iter().map(|subject| subject.id.as_str()));
    let scales = ids(file.scales.iter().map(|scale| scale.id.as_str()));
    let mut faults = Vec::new();
    for known in [&documents, &subjects, &scales] {
        let repeated = known.iter().filter(|&(_, count)| *count > 1);
        faults.extend(repeated.map(|(id, _)| NormFault::Twice((*id).to_owned())));
    }
    for scale in &file.scales {
        let rows = ids(scale.rows.iter().map(|row| row.subject.as_str()));
        for (&subject, &count) in &rows {
            if !subjects.contains_key(subject) {
                faults.push(NormFault::NoSubject(scale.id.clone(), subject.to_owned()));
            }
            if count > 1 {
                faults.push(NormFault::Twice(subject.to_owned()));
            }
        }
    }
    for norm in &file.norms {
        faults.extend(faults_of_norm(norm));
        if !documents.contains_key(norm.document.as_str()) {
            faults.push(NormFault::NoDocument(norm.id.clone(), norm.document.clone()));
        }
        let missing = norm
            .rule
            .subjects()
            .into_iter()
            .filter(|subject| !subjects.contains_key(subject));
        faults.extend(missing.map(|subject| NormFault::NoSubject(norm.id.clone(), subject.to_owned())));
        let scale = norm.rule.scale().filter(|scale| !scales.contains_key(scale));
        faults.extend(scale.map(|scale| NormFault::NoScale(norm.id.clone(), scale.to_owned())));
    }
    faults.extend(overlaps(&file.norms).into_iter().map(NormFault::VersionsOverlap));
    faults
}

fn ids<'a>(all: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counted = BTreeMap::new();
    for id in all {
        *counted.entry(id).or_insert(0) += 1;
    }
    counted
}

fn faults_of_norm(norm: &Norm) -> Vec<NormFault> {
    let id = || norm.id.clone();
    let bounds = 1..=12;
    let mut faults = Vec::new();
    if !norm
        .grades
        .iter()
        .chain(&norm.months)
        .all(|value| bounds.contains(value))
    {
        faults.push(NormFault::OutOfBounds(id()));
    }
    if let Rule::HardestDays { days, .. } = &norm.rule
        && !(1..=2).contains(&days.len())
    {
        faults.push(NormFault::HardestDays(id()));
    }
    if norm.grades.is_empty() || norm.institutions.is_empty() {
        faults.push(NormFault::Nobody(id()));
    }
    if norm.until.is_some_and(|until| until < norm.from) {
        faults.push(NormFault::EndsBeforeItBegins(id()));
    }
    if norm.unsure.is_some() && norm.severity == Severity::Forbids {
        faults.push(NormFault::UnsureForbids(id()));
    }
    if let Some(figures) = norm.rule.grades() {
        let missing: BTreeSet<u8> = norm.grades.difference(&figures).copied().collect();
        faults.extend(missing.into_iter().map(|grade| NormFault::NoFigure(id(), grade)));
    }
    faults
}

fn overlaps(norms: &[Norm]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (index, norm) in norms.iter().enumerate() {
        for other in norms.iter().skip(index + 1).filter(|other| other.id == norm.id) {
            let begins_in_time = |a: &Norm, b: &Norm| a.until.is_none_or(|until| b.from <= until);
            if begins_in_time(norm, other) && begins_in_time(other, norm) {
                found.insert(norm.id.clone());
            }
        }
    }
    found
}
