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

/// The periods of a year at whose ends results are given: a period that contains others is the frame of theirs.
pub(crate) fn terms(periods: &[AcademicPeriod], year: AcademicYear) -> Vec<AcademicPeriod> {
    let of_year = |period: &&AcademicPeriod| AcademicYear::of(period.start) == year;
    let contains = |outer: &AcademicPeriod, inner: &AcademicPeriod| {
        outer.id != inner.id && outer.start <= inner.start && inner.end <= outer.end
    };
    let mut terms: Vec<AcademicPeriod> = periods
        .iter()
        .filter(of_year)
        .filter(|period| !periods.iter().any(|other| contains(period, other)))
        .cloned()
        .collect();
    terms.sort_by_key(|period| (period.start, period.end));
    terms
}

impl YearSheet {
    /// Puts the table together: all who are in the group at some time of the year.
    pub(crate) fn new(
        roster: GroupRoster,
        year: AcademicYear,
        rule: MarkingRule,
        mut found: Vec<YearResults>,
    ) -> Self {
        let terms = terms(&roster.group.periods, year);
        let subject = roster.group.subject.clone().unwrap_or_default();
        let within = |member: &&Member| overlaps(member, &terms);
        let rows = roster
            .pupils
            .iter()
            .filter(within)
            .map(|member| {
                let place = found.iter().position(|results| results.pupil == member.person);
                let results = place.map_or_else(
                    || YearResults::empty(roster.group.group, year, member.person, &subject),
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn period(id: &str, start: Date, end: Date) -> AcademicPeriod {
        AcademicPeriod {
            id: id.parse().expect("a period"),
            title: id.to_owned(),
            start,
            end,
        }
    }

    #[test]
    fn the_terms_of_a_year_are_its_innermost_periods_in_their_order() {
        let periods = [
            period("q2", date(2026, 11, 9), date(2026, 12, 29)),
            period("year", date(2026, 9, 1), date(2027, 5, 26)),
            period("q1", date(2026, 9, 1), date(2026, 10, 25)),
            period("old", date(2025, 9, 1), date(2025, 10, 25)),
        ];
        let of = |year: Date| {
            let terms = terms(&periods, AcademicYear::of(year));
            terms.iter().map(|term| term.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of(date(2027, 1, 1)), ["q1", "q2"]);
        assert_eq!(of(date(2026, 1, 1)), ["old"]);
    }

    #[test]
    fn a_year_that_is_one_period_is_its_own_term() {
        let periods = [period("year", date(2026, 9, 1), date(2027, 5, 26))];
        assert_eq!(terms(&periods, AcademicYear::of(date(2026, 9, 1))).len(), 1);
    }
}
