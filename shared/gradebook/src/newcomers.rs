//! Pupils who came to a class in the course of a year, and where their notices of absence are.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};
use model::{AcademicPeriod, AcademicYear, InstitutionId, PersonId, Week};
use store::Key;

use crate::PupilNotices;

/// Pupils who came to a class in the course of a year. What was told of them before stands in the weeks of the class that
/// they left, so their own lists are read beside the weeks of the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newcomers {
    /// The institution.
    pub institution: InstitutionId,
    /// The pupils; usually there are none.
    pub pupils: Vec<PersonId>,
}

impl Newcomers {
    /// So many days after they came somebody may still be missed by what was told before: a notice begins at most 92 days
    /// after it was sent and is in force for 31.
    const REMEMBERED_DAYS: i64 = 123;

    /// Those of the members of a group, each with the day on which they came, who came after its year had begun and not too
    /// long before the weeks that are read. Who is there from the first day is none, and costs nothing.
    pub fn of(
        institution: InstitutionId,
        periods: &[AcademicPeriod],
        first: Week,
        members: impl IntoIterator<Item = (PersonId, Option<Date>)>,
    ) -> Self {
        let year = AcademicYear::of(first.sunday());
        let of_year = periods
            .iter()
            .filter(|period| AcademicYear::of(period.start) == year);
        let begins = of_year.map(|period| period.start).min();
        let earliest = first.monday().saturating_sub(Self::REMEMBERED_DAYS.days());
        let is_new = |from: Date| begins.is_some_and(|begins| begins < from) && earliest <= from;
        let came = members.into_iter().filter(|(_, from)| from.is_some_and(is_new));
        Self {
            institution,
            pupils: came.map(|(pupil, _)| pupil).collect(),
        }
    }

    /// The keys of their notices of the years in which the weeks lie.
    pub(crate) fn keys(&self, weeks: &[Week]) -> Vec<Key> {
        let years: BTreeSet<AcademicYear> = weeks
            .iter()
            .flat_map(|week| [AcademicYear::of(week.monday()), AcademicYear::of(week.sunday())])
            .collect();
        let of_year = |year: AcademicYear| {
            let name = year.to_string();
            let key = move |pupil: &PersonId| PupilNotices::key_of(*pupil, self.institution, &name);
            self.pupils.iter().map(key)
        };
        years.into_iter().flat_map(of_year).collect()
    }
}
