//! The table of norms: a file that an operator can replace.

use std::{collections::BTreeSet, sync::OnceLock};

use jiff::civil::Date;
use model::InstitutionKind;
use serde::Deserialize;

use crate::{Document, Norm, NormFault, NormFaults, Scale, Subject, finding::Citation, subjects::Dictionary};

/// The norms as shipped, as text: what an operator starts from.
pub const SHIPPED: &str = include_str!("../norms.json");

/// Norms with their documents, the subjects' names and the scales of difficulty.
#[derive(Debug, Clone)]
pub struct NormTable {
    documents: Vec<Document>,
    scales: Vec<Scale>,
    norms: Vec<Norm>,
    dictionary: Dictionary,
}

/// The file: JSON with these members.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NormFile {
    pub(crate) documents: Vec<Document>,
    pub(crate) subjects: Vec<Subject>,
    pub(crate) scales: Vec<Scale>,
    pub(crate) norms: Vec<Norm>,
}

impl NormTable {
    /// The norms that come with the crate.
    ///
    /// # Errors
    ///
    /// None in a released crate: a test reads the file.
    pub fn shipped() -> Result<Self, NormFaults> {
        Self::parse(SHIPPED)
    }

    /// The same, read once in a process.
    ///
    /// # Errors
    ///
    /// See [`NormTable::shipped`].
    pub fn of_process() -> Result<&'static Self, NormFaults> {
        static TABLE: OnceLock<NormTable> = OnceLock::new();
        match TABLE.get() {
            Some(table) => Ok(table),
            None => {
                let table = Self::shipped()?;
                Ok(TABLE.get_or_init(|| table))
            }
        }
    }

    /// Reads a table from JSON.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the file at once: it is used whole or not at all.
    pub fn parse(json: &str) -> Result<Self, NormFaults> {
        let file: NormFile = serde_json::from_str(json)
            .map_err(|error| NormFaults(vec![NormFault::Format(error.to_string())]))?;
        let (dictionary, doubtful) = Dictionary::of(&file.subjects);
        let mut faults = crate::fault::faults_of(&file);
        faults.extend(doubtful.into_iter().map(NormFault::NameOfTwoSubjects));
        if !faults.is_empty() {
            return Err(NormFaults(faults));
        }
        Ok(Self {
            documents: file.documents,
            scales: file.scales,
            norms: file.norms,
            dictionary,
        })
    }

    /// All norms and all their versions, in the order of the file.
    pub fn norms(&self) -> &[Norm] {
        &self.norms
    }

    /// The documents that the norms stand in.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// The norms that hold at such an institution on the date, in the order of the file.
    pub fn in_force(&self, date: Date, institution: InstitutionKind) -> impl Iterator<Item = &Norm> {
        self.norms
            .iter()
            .filter(move |norm| norm.holds(date, institution))
    }

    /// The first date and every later one up to `until` on which other norms begin to hold than the day before: another
    /// version, an end, or another step of grade 1. A timetable that holds from `from` to `until` keeps the norms if it
    /// keeps them on each of these dates.
    pub fn dates_of_change(&self, from: Date, until: Date, institution: InstitutionKind) -> Vec<Date> {
        let holding = |date: Date| -> Vec<bool> {
            self.norms
                .iter()
                .map(|norm| norm.holds(date, institution))
                .collect()
        };
        let mut dates = Vec::new();
        let mut before = None;
        for date in from
            .series(jiff::Span::new().days(1))
            .take_while(|date| *date <= until)
        {
            let now = holding(date);
            if before.as_ref() != Some(&now) {
                dates.push(date);
            }
            before = Some(now);
        }
        dates
    }

    /// Norms that end in the given days and have no version that goes on: the document lapses, and whoever answers for
    /// the table has to learn what takes its place.
    pub fn lapsing(&self, from: Date, until: Date) -> Vec<&Norm> {
        self.norms
            .iter()
            .filter(|norm| norm.until.is_some_and(|end| from <= end && end <= until))
            .filter(|norm| {
                !self
                    .norms
                    .iter()
                    .any(|other| other.id == norm.id && other.from > norm.from)
            })
            .collect()
    }

    /// Which subject a name means, as [`Subject::id`]: «Иностранный язык (английский)» and «Англ. яз.» are one.
    pub fn subject(&self, name: &str) -> Option<&str> {
        self.dictionary.find(name)
    }

    /// The points of a subject's name in a grade by a scale; none if the name is not known or has no points there.
    pub fn points(&self, scale: &str, name: &str, grade: u8) -> Option<u8> {
        let scale = self.scales.iter().find(|known| known.id == scale)?;
        scale.points(self.subject(name)?, grade)
    }

    /// The scales of difficulty.
    pub fn scales(&self) -> &[Scale] {
        &self.scales
    }

    /// The norms in force with what findings cite.
    pub(crate) fn citations(
        &self,
        date: Date,
        institution: InstitutionKind,
    ) -> impl Iterator<Item = Citation<'_>> {
        self.in_force(date, institution).filter_map(|norm| {
            let document = self
                .documents
                .iter()
                .find(|document| document.id == norm.document)?;
            Some(Citation {
                norm,
                document: &document.title,
            })
        })
    }

    /// The scales that norms in force measure by, for the grade.
    pub(crate) fn scales_in_force(
        &self,
        date: Date,
        institution: InstitutionKind,
        grade: u8,
    ) -> BTreeSet<&str> {
        self.in_force(date, institution)
            .filter(|norm| norm.grades.contains(&grade))
            .filter_map(|norm| norm.rule.scale())
            .collect()
    }
}
