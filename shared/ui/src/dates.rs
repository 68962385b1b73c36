//! Dates as people write them.

use jiff::civil::{Date, Time};
use model::LessonKey;

use crate::Texts;

/// How much of a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// «23.11»: in a head of a column.
    Short,
    /// «понедельник, 23 ноября»: in a heading.
    Day,
    /// «23 ноября 2026»: where the year matters.
    Full,
}

impl Texts<'_> {
    /// A date in the language's own way.
    pub fn date(&self, date: Date, style: DateStyle) -> String {
        let month = self.get(&format!("month-{}", date.month()));
        let args = |key: &str| {
            self.with(
                key,
                &[
                    ("day", i64::from(date.day()).to_string().into()),
                    ("month", month.clone().into()),
                    ("year", i64::from(date.year()).to_string().into()),
                    ("weekday", self.weekday(date).into()),
                ],
            )
        };
        match style {
            DateStyle::Short => format!("{:02}.{:02}", date.day(), date.month()),
            DateStyle::Day => args("date-day"),
            DateStyle::Full => args("date-full"),
        }
    }

    /// «понедельник».
    pub fn weekday(&self, date: Date) -> String {
        self.get(&format!("weekday-{}", date.weekday().to_monday_one_offset()))
    }

    /// In words how a lesson differs from the published week: «замена», «перенесён на вт 24.11, 6-й урок». `kind` is one of
    /// `replaced`, `covered`, `moved_here`, `additional`, `moved_away`, `cancelled`; `other` the lesson from or to which it
    /// was moved.
    pub fn lesson_change(&self, kind: &str, other: Option<&LessonKey>) -> String {
        let message = format!("planned-{}", kind.replace('_', "-"));
        match other {
            Some(key) => {
                let day = self.date(key.date, DateStyle::Short);
                let weekday = self.weekday_short(key.date);
                let number = self.count("planned-number", key.number.into());
                self.of(&message, &format!("{weekday}\u{a0}{day}, {number}"))
            }
            None => self.get(&message),
        }
    }

    /// «пн».
    pub fn weekday_short(&self, date: Date) -> String {
        self.get(&format!(
            "weekday-short-{}",
            date.weekday().to_monday_one_offset()
        ))
    }

    /// «23 — 28 ноября», «30 ноября — 5 декабря»; of one day «23 ноября».
    pub fn span(&self, first: Date, last: Date) -> String {
        let month = |date: Date| self.get(&format!("month-{}", date.month()));
        if first == last {
            format!("{}\u{a0}{}", last.day(), month(last))
        } else if first.month() == last.month() {
            format!("{}\u{2013}{}\u{a0}{}", first.day(), last.day(), month(last))
        } else {
            format!(
                "{}\u{a0}{}\u{a0}\u{2014} {}\u{a0}{}",
                first.day(),
                month(first),
                last.day(),
                month(last)
            )
        }
    }

    /// «08:30».
    pub fn time(&self, time: Time) -> String {
        format!("{:02}:{:02}", time.hour(), time.minute())
    }
}
