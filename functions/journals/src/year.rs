//! The year of a journal: the results of its periods, and what they propose. Pure.

use gradebook::YearResults;
use jiff::civil::Date;
use model::{AcademicPeriod, AcademicYear, MarkingRule, ResultMark, year_proposal};
use rosters::{GroupRoster, Member};

/// The year of a journal as a table.
#[derive(Debug)]
pub(crate) struct YearSheet {
    /// Group, pupils and teachers.
    pub(crate) roster: GroupRoster,
    /// The periods at whose ends results are given, in their order.
    pub(crate) terms: Vec<AcademicPeriod>,
    /// The year.
    pub(crate) year: AcademicYear,
    /// The pupils by name.
    pub(crate) rows: Vec<YearRow>,
}

/// A pupil's year.
#[derive(Debug)]
pub(crate) struct YearRow {
    /// The pupil.
    pub(crate) member: Member,
    /// The results that stand.
    pub(crate) results: YearResults,
    /// Those of the periods, in the order of the terms.
    pub(crate) periods: Vec<Option<ResultMark>>,
    /// What they propose.
    pub(crate) proposed: Option<ResultMark>,
}

impl YearRow {
    /// The result of the year, if it stands.
    pub(crate) fn result(&self) -> Option<ResultMark> {
        self.results.whole.as_ref()?.mark
    }

    /// The version of the result of the year.
    pub(crate) fn version(&self) -> u64 {
        self.results.whole.as_ref().map_or(0, |result| result.version)
    }
}

impl YearSheet {
    /// Puts the table together: all who are in the group at some time of the year.
    pub(crate) fn new(
        roster: GroupRoster,
        year: AcademicYear,
        rule: MarkingRule,
        mut found: Vec<YearResults>,
    ) -> Self {
        let terms = AcademicPeriod::terms(&roster.group.periods, year);
        let subject = roster.group.subject.clone().unwrap_or_default();
        let journal = (roster.group.group, roster.group.institution);
        let within = |member: &&Member| overlaps(member, &terms);
        let rows = roster
            .pupils
            .iter()
            .filter(within)
            .map(|member| {
                let place = found.iter().position(|results| results.pupil == member.person);
                let results = place.map_or_else(
                    || YearResults::empty(journal, year, member.person, &subject),
                    |place| found.swap_remove(place),
                );
                let periods: Vec<Option<ResultMark>> = terms
                    .iter()
                    .map(|term| results.periods.get(&term.id).and_then(|result| result.mark))
                    .collect();
                YearRow {
                    member: member.clone(),
                    proposed: year_proposal(rule, &periods),
                    periods,
                    results,
                }
            })
            .collect();
        Self {
            roster,
            terms,
            year,
            rows,
        }
    }

    /// The period at whose end the year is decided.
    pub(crate) fn last(&self) -> Option<&AcademicPeriod> {
        self.terms.last()
    }
}

fn overlaps(member: &Member, terms: &[AcademicPeriod]) -> bool {
    let first: Option<Date> = terms.first().map(|term| term.start);
    let last: Option<Date> = terms.last().map(|term| term.end);
    member.from.zip(last).is_none_or(|(from, last)| from <= last)
        && member
            .until
            .zip(first)
            .is_none_or(|(until, first)| first <= until)
}
