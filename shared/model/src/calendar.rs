//! Weeks, periods, bells and days off.

use std::str::FromStr;

use jiff::{
    ToSpan,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{AcademicYear, ParseError, PeriodId};

/// A day of the week, Monday = 1 … Sunday = 7 (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Weekday(u8);

impl Weekday {
    /// The day of the week of a date.
    pub fn of(date: Date) -> Self {
        Self(date.weekday().to_monday_one_offset().unsigned_abs())
    }

    /// 1 for Monday … 7 for Sunday.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl From<Weekday> for u8 {
    fn from(day: Weekday) -> Self {
        day.0
    }
}

impl TryFrom<u8> for Weekday {
    type Error = ParseError;

    fn try_from(number: u8) -> Result<Self, ParseError> {
        if (1..=7).contains(&number) {
            Ok(Self(number))
        } else {
            Err(ParseError("day of the week"))
        }
    }
}

/// A week, named by its Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Week(Date);

impl Week {
    /// The week that contains the date.
    pub fn of(date: Date) -> Self {
        Self(date.saturating_sub((i64::from(Weekday::of(date).number()) - 1).days()))
    }

    /// The Monday.
    pub const fn monday(self) -> Date {
        self.0
    }

    /// The Sunday.
    pub fn sunday(self) -> Date {
        self.0.saturating_add(6.days())
    }

    /// Monday to Saturday: the days on which schools teach.
    pub fn school_days(self) -> impl Iterator<Item = Date> {
        (0..6i64).map(move |day| self.0.saturating_add(day.days()))
    }

    /// The week after.
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(7.days()))
    }

    /// The week before.
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(7.days()))
    }
}

impl FromStr for Week {
    type Err = ParseError;

    /// Any ISO date names its week.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let date: Date = text.parse().map_err(|_| ParseError("date"))?;
        // Far ends of the calendar have no full week around them.
        if (1900..=2200).contains(&date.year()) {
            Ok(Self::of(date))
        } else {
            Err(ParseError("date"))
        }
    }
}

/// A quarter, trimester, half-year, semester or year at whose end results are given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcademicPeriod {
    /// Its short name in addresses and keys.
    pub id: PeriodId,
    /// What people call it: «2 четверть».
    pub title: String,
    /// The first day.
    pub start: Date,
    /// The last day, itself included.
    pub end: Date,
}

impl AcademicPeriod {
    /// Whether the date is within the period.
    pub fn contains(&self, date: Date) -> bool {
        (self.start..=self.end).contains(&date)
    }

    /// The periods of a year at whose ends results are given, by time: a period that contains others is only their frame.
    pub fn terms(periods: &[Self], year: AcademicYear) -> Vec<Self> {
        let frames = |outer: &Self, inner: &Self| {
            outer.start <= inner.start
                && inner.end <= outer.end
                && (outer.start, outer.end) != (inner.start, inner.end)
        };
        let mut terms: Vec<Self> = periods
            .iter()
            .filter(|period| AcademicYear::of(period.start) == year)
            .filter(|period| !periods.iter().any(|other| frames(period, other)))
            .cloned()
            .collect();
        terms.sort_by_key(|period| (period.start, period.end));
        terms
    }

    /// The period that a page shows on `date`: the one that contains it, else the last that has begun, else the first.
    pub fn current(periods: &[Self], date: Date) -> Option<&Self> {
        periods
            .iter()
            .filter(|period| period.contains(date))
            .min_by_key(|period| period.end)
            .or_else(|| {
                periods
                    .iter()
                    .filter(|period| period.start <= date)
                    .max_by_key(|period| period.start)
            })
            .or_else(|| periods.iter().min_by_key(|period| period.start))
    }
}

/// When a lesson begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bell {
    /// The lesson's number in the day, from 1.
    pub number: u8,
    /// The beginning, local time.
    pub start: Time,
    /// The end, local time.
    pub end: Time,
}

/// Why no lessons are held on a day, or that they are held on one that is usually free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayOffKind {
    /// A public holiday.
    Holiday,
    /// Breaks between periods.
    Break,
    /// A day moved off by the production calendar.
    Moved,
    /// Called off: quarantine, frost.
    Closed,
}

impl FromStr for DayOffKind {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text {
            "holiday" => Ok(Self::Holiday),
            "break" => Ok(Self::Break),
            "moved" => Ok(Self::Moved),
            "closed" => Ok(Self::Closed),
            _ => Err(ParseError("kind of a day off")),
        }
    }
}

/// A day without lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// What people call it: «День народного единства».
    pub title: String,
    /// Why it is free.
    pub kind: DayOffKind,
}

/// What an institution says of its days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstitutionCalendar {
    /// IANA name of the time zone in which its clocks run.
    pub time_zone: String,
    /// Days without lessons, by date.
    pub days_off: Vec<DayOff>,
}

impl InstitutionCalendar {
    /// The time zone; Moscow time where the name is unknown, since a page must be shown even then.
    pub fn zone(&self) -> TimeZone {
        time_zone(&self.time_zone)
    }

    /// Why no lessons are held on the date, if none are.
    pub fn day_off(&self, date: Date) -> Option<&DayOff> {
        self.days_off.iter().find(|day| day.date == date)
    }
}

/// The time zone of an IANA name; Moscow time where the name is unknown, since a page must be shown even then.
pub fn time_zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(3)))
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
    fn a_week_is_named_by_its_monday_from_any_of_its_days() {
        let monday = date(2026, 11, 23);
        for day in 23..=29 {
            assert_eq!(Week::of(date(2026, 11, day)).monday(), monday);
        }
        assert_eq!(Week::of(monday).next().previous(), Week::of(monday));
        assert_eq!(Week::of(monday).school_days().last(), Some(date(2026, 11, 28)));
    }

    #[test]
    fn between_two_periods_the_one_just_ended_is_shown() {
        let periods = [
            period("q1", date(2026, 9, 1), date(2026, 10, 25)),
            period("q2", date(2026, 11, 9), date(2026, 12, 29)),
        ];
        let shown = |day| AcademicPeriod::current(&periods, day).map(|period| period.id.as_str());
        assert_eq!(shown(date(2026, 11, 1)), Some("q1"));
        assert_eq!(shown(date(2026, 11, 23)), Some("q2"));
        assert_eq!(shown(date(2026, 8, 1)), Some("q1"));
        assert_eq!(AcademicPeriod::current(&[], date(2026, 8, 1)), None);
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
            let terms = AcademicPeriod::terms(&periods, AcademicYear::of(year));
            terms.iter().map(|term| term.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(of(date(2027, 1, 1)), ["q1", "q2"]);
        assert_eq!(of(date(2026, 1, 1)), ["old"]);
    }

    #[test]
    fn a_year_that_is_one_period_is_its_own_term_and_two_of_the_same_days_are_two() {
        let year = AcademicYear::of(date(2026, 9, 1));
        let whole = |id| period(id, date(2026, 9, 1), date(2027, 5, 26));
        assert_eq!(AcademicPeriod::terms(&[whole("year")], year).len(), 1);
        assert_eq!(
            AcademicPeriod::terms(&[whole("year"), whole("course")], year).len(),
            2
        );
    }

    #[test]
    fn of_nested_periods_the_shorter_is_shown() {
        let periods = [
            period("year", date(2026, 9, 1), date(2027, 5, 26)),
            period("q2", date(2026, 11, 9), date(2026, 12, 29)),
        ];
        let shown = AcademicPeriod::current(&periods, date(2026, 11, 23)).map(|period| period.id.as_str());
        assert_eq!(shown, Some("q2"));
    }

    #[test]
    fn a_year_without_a_calendar_names_no_week() {
        assert!("9999-12-31".parse::<Week>().is_err());
        assert!("завтра".parse::<Week>().is_err());
    }
}
