//! Results of periods and of the year.
//!
//! A period's result stands in the pupil's row, where the diary of the period reads it, and once more among the results of
//! the year: four short texts for each pupil and journal, so that a year, a class with its subjects or a pupil with all
//! results is read without the cells. Both are written in one transaction.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{AcademicYear, Attestation, GroupId, InstitutionId, PeriodId, PersonId, ResultMark};
use serde::{Deserialize, Serialize};
use store::{Key, Record, StoreError, Untyped, Write};

use crate::{
    Alert, NotableChange, UnusualKind,
    row::{RowKey, pupil_at},
};

/// A result as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodResult {
    /// Counts the changes, from 1.
    pub version: u64,
    /// The result; nothing once it was taken back.
    pub mark: Option<ResultMark>,
    /// When it was set.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// In which form and when it was given, where that was said: in vocational education.
    pub attestation: Option<Attestation>,
}

/// What stands for a result that was taken back.
const NONE: &str = "-";

impl PeriodResult {
    /// The text that keeps it: `2 5 2026-12-28T10:00:00Z per_…`, and how it was given behind that where it was said. It
    /// begins with the version, the condition of a write.
    fn kept(&self) -> String {
        let mark = self.mark.map_or_else(|| NONE.to_owned(), |mark| mark.to_string());
        let kept = format!("{} {mark} {} {}", self.version, self.at, self.by);
        match &self.attestation {
            Some(attestation) => format!("{kept} {attestation}"),
            None => kept,
        }
    }

    pub(crate) const fn condition(&self) -> &'static str {
        if self.version == 1 {
            "attribute_not_exists(#result)"
        } else {
            "begins_with(#result, :before)"
        }
    }

    /// Gives its values to a write that sets `#result` to `:result`.
    pub(crate) fn bound(&self, write: Write) -> Write {
        let write = write.text(":result", self.kept());
        if self.version == 1 {
            write
        } else {
            write.text(":before", format!("{} ", self.version - 1))
        }
    }
}

/// Reads a result from its text; an empty one is none.
pub(crate) fn read(text: &str) -> Result<Option<PeriodResult>, StoreError> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut parts = text.splitn(5, ' ');
    let mut part = || parts.next();
    let (Some(version), Some(mark), Some(at), Some(by)) = (part(), part(), part(), part()) else {
        return Err(StoreError::malformed("a result of other parts"));
    };
    let attestation = part()
        .map(str::parse)
        .transpose()
        .map_err(StoreError::malformed)?;
    let mark = match mark {
        NONE => None,
        mark => Some(mark.parse().map_err(StoreError::malformed)?),
    };
    Ok(Some(PeriodResult {
        version: version.parse().map_err(StoreError::malformed)?,
        mark,
        at: at.parse().map_err(StoreError::malformed)?,
        by: by.parse().map_err(StoreError::malformed)?,
        attestation,
    }))
}

/// Of what a result is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Of a period.
    Period(PeriodId),
    /// Of the year.
    Year,
}

/// The results of a pupil in a journal's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearResults {
    /// The journal.
    pub journal: GroupId,
    /// Where it is kept: the pass book of an institution shows the institution's results only.
    pub institution: InstitutionId,
    /// The year.
    pub year: AcademicYear,
    /// The pupil.
    pub pupil: PersonId,
    /// What is taught.
    pub subject: String,
    /// The results of the periods.
    pub periods: BTreeMap<PeriodId, PeriodResult>,
    /// The result of the year.
    pub whole: Option<PeriodResult>,
}

impl YearResults {
    /// The kind of the item.
    pub const ENTITY: &'static str = "year_results";
    /// Results of periods are attributes of this prefix and the period.
    const PERIOD: &'static str = "p-";
    const WHOLE: &'static str = "whole";
    const INSTITUTION: &'static str = "at";

    /// Sort keys of any year begin so. A period's begin with its name, which has no capital letters.
    pub(crate) const EVERY_YEAR: &'static str = "Y";

    /// Sort keys of a year begin so.
    pub(crate) fn prefix(year: AcademicYear) -> String {
        format!("{}{year}#", Self::EVERY_YEAR)
    }

    /// No results yet.
    pub fn empty(
        (journal, institution): (GroupId, InstitutionId),
        year: AcademicYear,
        pupil: PersonId,
        subject: &str,
    ) -> Self {
        Self {
            journal,
            institution,
            year,
            pupil,
            subject: subject.to_owned(),
            periods: BTreeMap::new(),
            whole: None,
        }
    }

    /// Where they are kept.
    pub fn key_of(journal: GroupId, year: AcademicYear, pupil: PersonId) -> Key {
        Key {
            pk: crate::lesson::partition(journal),
            sk: format!("{}ROW#{pupil}", Self::prefix(year)),
        }
    }

    /// The result of a term.
    pub fn of_term(&self, term: &Term) -> Option<&PeriodResult> {
        match term {
            Term::Period(period) => self.periods.get(period),
            Term::Year => self.whole.as_ref(),
        }
    }

    /// The write that sets the result of a term if its version is the one before.
    pub fn set(&self, term: &Term, result: &PeriodResult) -> Write {
        let attribute = match term {
            Term::Period(period) => format!("{}{period}", Self::PERIOD),
            Term::Year => Self::WHOLE.to_owned(),
        };
        let write = Write::update_if(
            Self::key_of(self.journal, self.year, self.pupil),
            "SET #result = :result, gsi1pk = :gsi1pk, gsi1sk = :gsi1sk, #entity = :entity, subject = :subject, \
             #at = :institution",
            result.condition(),
        )
        .name("#result", attribute)
        .name("#entity", "entity")
        .name("#at", Self::INSTITUTION)
        .text(":institution", self.institution.to_string())
        .text(":gsi1pk", RowKey::pupil_partition(self.pupil))
        .text(":gsi1sk", format!("{}{}", Self::prefix(self.year), self.journal))
        .text(":entity", Self::ENTITY)
        .text(":subject", self.subject.as_str());
        result.bound(write)
    }

    /// Reads them from their item.
    pub(crate) fn of(item: &Untyped) -> Result<Self, StoreError> {
        let place = || StoreError::malformed("results without their place in the index");
        let (year, journal) = item.text("gsi1sk").split_once('#').ok_or_else(place)?;
        let year = year.strip_prefix('Y').ok_or_else(place)?;
        let mut periods = BTreeMap::new();
        for (period, text) in item.texts(Self::PERIOD) {
            let period = period.parse().map_err(StoreError::malformed)?;
            periods.extend(read(text)?.map(|result| (period, result)));
        }
        Ok(Self {
            journal: journal.parse().map_err(StoreError::malformed)?,
            institution: item
                .text(Self::INSTITUTION)
                .parse()
                .map_err(StoreError::malformed)?,
            year: year.parse().map_err(StoreError::malformed)?,
            pupil: pupil_at(item.text("gsi1pk")).ok_or_else(place)?,
            subject: item.text("subject").to_owned(),
            periods,
            whole: read(item.text(Self::WHOLE))?,
        })
    }
}

/// One change of a result. Never changed, never removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultChange {
    /// The journal.
    pub journal: GroupId,
    /// The year in which the term lies: a text, as in its keys.
    pub year: String,
    /// Of what the result is.
    pub term: Term,
    /// The pupil.
    pub pupil: PersonId,
    /// The number of the change, from 1: the version that the result then had.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: PersonId,
    /// As they were named then.
    pub by_name: String,
    /// What stood before.
    pub from: Option<ResultMark>,
    /// What stands since.
    pub to: Option<ResultMark>,
    /// What the rule had proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<ResultMark>,
    /// Why, where a locked period had been opened for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In which form and when what stands since was given, where that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestation: Option<Attestation>,
    /// Who is told of it as unusual, if anybody is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
}

impl ResultChange {
    /// Why it is unusual: a locked period had been opened for it.
    pub const fn unusual(&self) -> Option<UnusualKind> {
        UnusualKind::of(self.reason.is_some(), false)
    }

    pub(crate) fn partition(journal: GroupId, year: AcademicYear, term: &Term, pupil: PersonId) -> String {
        Self::partition_of(journal, &year.to_string(), term, pupil)
    }

    /// Cells keep their history under a lesson, which is no «RESULT».
    fn partition_of(journal: GroupId, year: &str, term: &Term, pupil: PersonId) -> String {
        match term {
            Term::Period(period) => format!("HISTORY#{journal}#RESULT#{period}#{pupil}"),
            Term::Year => format!("HISTORY#{journal}#RESULT#Y{year}#{pupil}"),
        }
    }
}

impl Record for ResultChange {
    const ENTITY: &'static str = "result_change";

    fn key(&self) -> Key {
        Key {
            pk: Self::partition_of(self.journal, &self.year, &self.term, self.pupil),
            sk: format!("{:08}", self.number),
        }
    }

    /// Beside the other notable changes of the journal, by time, if it took the place of another result or needed a reason.
    fn first_index(&self) -> Option<Key> {
        (self.from.is_some() || self.reason.is_some()).then(|| Key {
            pk: NotableChange::partition(self.journal),
            sk: format!("{}#RESULT#{}", NotableChange::moment(self.at), self.pupil),
        })
    }

    /// Among the alerts of the institution, if it is unusual.
    fn second_index(&self) -> Option<Key> {
        let name = format!("{}#RESULT#{}", self.journal, self.pupil);
        self.alert.map(|alert| alert.place(self.at, &name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_reads_back_as_it_was_kept() {
        let exam = "exam 2026-12-25 72 1 Громова В. П."
            .parse()
            .expect("an attestation");
        for attestation in [None, Some(exam)] {
            for mark in [None, Some(ResultMark::Grade(4)), Some(ResultMark::NotAssessed)] {
                let result = PeriodResult {
                    version: 3,
                    mark,
                    at: "2026-12-28T10:00:00.123Z".parse().expect("a moment"),
                    by: PersonId::from_bits(7),
                    attestation: attestation.clone(),
                };
                assert_eq!(read(&result.kept()).expect("a result"), Some(result));
            }
        }
        assert_eq!(read("").expect("nothing"), None);
        assert!(read("1 5").is_err() && read("1 9 2026-12-28T10:00:00Z per_1").is_err());
    }
}
