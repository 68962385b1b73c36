//! Over which weeks a feed reaches.

use jiff::{ToSpan, civil::Date};
use model::{AcademicPeriod, Week};

/// The weeks of a feed: from four weeks back, so that the calendar keeps what was, to the end of the period that is going on
/// in two weeks. Where no period is known or the year is over: eight weeks on; never more than half a year.
pub(crate) fn weeks(periods: &[AcademicPeriod], today: Date) -> Vec<Week> {
    let soon = today.saturating_add(14.days());
    let end = periods
        .iter()
        .filter(|period| period.end >= soon)
        .min_by_key(|period| (period.start, period.end))
        .map_or_else(|| today.saturating_add(56.days()), |period| period.end);
    let last = Week::of(end.min(today.saturating_add(182.days())));
    let first = Week::of(today.saturating_sub(28.days()));
    std::iter::successors(Some(first), |week| Some(week.next()))
        .take_while(|week| *week <= last)
        .collect()
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

    fn span(today: Date) -> (Date, Date) {
        let periods = [
            period("q1", date(2026, 9, 1), date(2026, 10, 25)),
            period("q2", date(2026, 11, 9), date(2026, 12, 29)),
            period("q3", date(2027, 1, 11), date(2027, 3, 26)),
        ];
        let weeks = weeks(&periods, today);
        (
            weeks.first().expect("a week").monday(),
            weeks.last().expect("a week").monday(),
        )
    }

    #[test]
    fn a_feed_reaches_from_four_weeks_back_to_the_end_of_the_period() {
        assert_eq!(span(date(2026, 11, 23)), (date(2026, 10, 26), date(2026, 12, 28)));
    }

    #[test]
    fn near_the_end_of_a_period_the_next_one_is_shown_already() {
        assert_eq!(span(date(2026, 12, 20)).1, date(2027, 3, 22));
        assert_eq!(span(date(2026, 11, 1)).1, date(2026, 12, 28));
    }

    #[test]
    fn after_the_last_period_and_without_periods_it_reaches_eight_weeks_on() {
        assert_eq!(span(date(2027, 6, 1)).1, date(2027, 7, 26));
        assert_eq!(weeks(&[], date(2026, 11, 23)).len(), 13);
    }

    #[test]
    fn a_year_long_period_is_cut_to_half_a_year() {
        let year = [period("year", date(2026, 9, 1), date(2027, 8, 31))];
        assert_eq!(weeks(&year, date(2026, 9, 7)).len(), 31);
    }
}
