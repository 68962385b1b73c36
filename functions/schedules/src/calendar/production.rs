//! The production calendar of the country: public holidays, days off that the government moves, shortened days.
//!
//! The data are `production-calendar.csv` beside this crate's sources, a line for each day that differs from a usual week. A
//! year is added when the government has published it, which it does in autumn for the year that follows.

use jiff::civil::{Date, Weekday};
use model::{DayOff, DayOffKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The lines: `date;kind;title;from`.
const LINES: &str = include_str!("../../production-calendar.csv");

/// On which days an institution teaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SchoolWeek {
    /// From Monday to Friday.
    FiveDays,
    /// From Monday to Saturday.
    SixDays,
}

/// How a day differs from a usual one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Holiday,
    /// Off instead of another date.
    Moved(Date),
    Shortened,
}

/// A day that differs from a usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ProductionDay {
    date: Date,
    kind: Kind,
    title: &'static str,
}

impl ProductionDay {
    fn parse(line: &'static str) -> Option<Self> {
        let mut cells = line.split(';');
        let (date, kind, title, from) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
        let kind = match kind {
            "holiday" => Kind::Holiday,
            "moved" => Kind::Moved(from.parse().ok()?),
            "shortened" => Kind::Shortened,
            _ => return None,
        };
        Some(Self {
            date: date.parse().ok()?,
            kind,
            title,
        })
    }

    /// The day off that it is for an institution, if it is one there.
    ///
    /// For a six-day week Saturday is a working day: a holiday on it is moved nowhere, and no day is off in its place
    /// (Трудовой кодекс, ст. 112: a holiday that coincides with a day off is moved).
    fn day_off(&self, week: SchoolWeek) -> Option<DayOff> {
        let is_free_anyway = |date: Date| match date.weekday() {
            Weekday::Sunday => true,
            Weekday::Saturday => week == SchoolWeek::FiveDays,
            _ => false,
        };
        let (kind, title) = match self.kind {
            Kind::Holiday => (DayOffKind::Holiday, self.title.to_owned()),
            Kind::Moved(from) if is_free_anyway(from) => {
                (DayOffKind::Moved, format!("Выходной за {}", day_and_month(from)))
            }
            Kind::Moved(_) | Kind::Shortened => return None,
        };
        (!is_free_anyway(self.date)).then_some(DayOff {
            date: self.date,
            title,
            kind,
        })
    }
}

fn days() -> impl Iterator<Item = ProductionDay> {
    LINES.lines().skip(1).filter_map(ProductionDay::parse)
}

/// «3 января»: titles of days off are data of the institution and not of the reader's language.
fn day_and_month(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ];
    let month = usize::try_from(date.month() - 1)
        .ok()
        .and_then(|month| MONTHS.get(month));
    format!("{}\u{a0}{}", date.day(), month.copied().unwrap_or_default())
}

/// An academic year, from 1 September, by the calendar year in which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AcademicYear(i16);

impl AcademicYear {
    /// The year of a date: from July on, the one that is about to begin.
    pub(crate) fn of(date: Date) -> Self {
        Self(if date.month() >= 7 {
            date.year()
        } else {
            date.year() - 1
        })
    }

    /// One whose holidays are known from its beginning to its end.
    pub(crate) fn known(first: i16) -> Option<Self> {
        let has = |year: i16| days().any(|day| day.date.year() == year);
        (has(first) && has(first.checked_add(1)?)).then_some(Self(first))
    }

    /// The calendar year in which it begins.
    pub(crate) const fn first(self) -> i16 {
        self.0
    }

    /// «2026/27».
    pub(crate) fn title(self) -> String {
        format!("{}/{:02}", self.0, (self.0 + 1).rem_euclid(100))
    }

    /// From 1 September to 31 August.
    pub(crate) fn contains(self, date: Date) -> bool {
        (self.0, 9) <= (date.year(), date.month()) && (date.year(), date.month()) < (self.0 + 1, 9)
    }

    /// The days off that the state gives an institution of such a week, by date.
    pub(crate) fn days_off(self, week: SchoolWeek) -> Vec<DayOff> {
        let within = days().filter(|day| self.contains(day.date));
        within.filter_map(|day| day.day_off(week)).collect()
    }

    /// Working days that are an hour shorter, by date.
    pub(crate) fn shortened(self) -> Vec<Date> {
        let within = days().filter(|day| self.contains(day.date) && day.kind == Kind::Shortened);
        within.map(|day| day.date).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const YEAR: AcademicYear = AcademicYear(2026);

    fn off(week: SchoolWeek) -> Vec<Date> {
        YEAR.days_off(week).into_iter().map(|day| day.date).collect()
    }

    #[test]
    fn every_line_is_read_and_they_come_by_date() {
        let read: Vec<_> = days().map(|day| day.date).collect();
        assert_eq!(read.len(), LINES.lines().count() - 1);
        assert!(read.is_sorted());
    }

    #[test]
    fn a_year_is_known_only_from_its_beginning_to_its_end() {
        assert_eq!(AcademicYear::known(2026), Some(YEAR));
        assert_eq!(
            (AcademicYear::known(2025), AcademicYear::known(2027)),
            (None, None)
        );
        assert_eq!(AcademicYear::of(date(2027, 6, 30)), YEAR);
        assert_eq!(AcademicYear::of(date(2026, 7, 1)), YEAR);
        assert_eq!(YEAR.title(), "2026/27");
        assert_eq!(AcademicYear(2099).title(), "2099/00");
    }

    #[test]
    fn a_five_day_week_has_the_moved_days_and_no_weekend() {
        let off = off(SchoolWeek::FiveDays);
        for free in [
            date(2026, 11, 4),
            date(2026, 12, 31),
            date(2027, 2, 22),
            date(2027, 2, 23),
            date(2027, 5, 3),
        ] {
            assert!(off.contains(&free), "{free}");
        }
        assert!(
            off.iter()
                .all(|date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday))
        );
    }

    #[test]
    fn in_a_six_day_week_saturday_is_worked_and_moves_nothing() {
        let off = off(SchoolWeek::SixDays);
        // 1 May is a Saturday, 9 May a Sunday; 22 February is off for Saturday 20 February.
        assert!(off.contains(&date(2027, 5, 1)) && !off.contains(&date(2027, 5, 3)));
        assert!(off.contains(&date(2027, 5, 10)) && !off.contains(&date(2027, 2, 22)));
        assert!(off.iter().all(|date| date.weekday() != Weekday::Sunday));
    }

    #[test]
    fn the_title_of_a_moved_day_says_for_which_day_it_is_off() {
        let days = YEAR.days_off(SchoolWeek::FiveDays);
        let found = days
            .iter()
            .find(|day| day.date == date(2027, 2, 22))
            .expect("a day off");
        assert_eq!(
            (found.title.as_str(), found.kind),
            ("Выходной за 20\u{a0}февраля", DayOffKind::Moved)
        );
    }

    #[test]
    fn days_before_holidays_are_shortened() {
        let shortened = YEAR.shortened();
        assert_eq!(shortened.first(), Some(&date(2026, 11, 3)));
        assert!(shortened.contains(&date(2027, 2, 20)) && !shortened.contains(&date(2026, 4, 30)));
    }
}
