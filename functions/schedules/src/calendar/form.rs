//! The forms of the calendar's page.

use jiff::civil::{Date, Time};
use model::{DayOffKind, LessonKey};
use serde::Deserialize;

use super::{
    bells::{BellTime, Regime, read_grades},
    days::{DaysEdit, Span},
    production::{AcademicYear, SchoolWeek},
};

/// The form of days off: what is done, on which days, over which version.
#[derive(Debug, Deserialize)]
pub(crate) struct DaysForm {
    pub(crate) version: u64,
    action: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    year: i16,
    week: Option<SchoolWeek>,
}

impl DaysForm {
    /// What is asked for. The error names the field.
    pub(crate) fn edit(&self) -> Result<DaysEdit, &'static str> {
        match self.action.as_str() {
            "add" => {
                let (first, last) = self.dates()?;
                let kind: DayOffKind = self.kind.parse().map_err(|_| "kind")?;
                Span::parse(first, last, &self.title, kind).map(DaysEdit::Add)
            }
            "remove" => {
                let (first, last) = self.dates()?;
                DaysEdit::remove(first, last)
            }
            "holidays" => {
                let year = AcademicYear::known(self.year).ok_or("year")?;
                Ok(DaysEdit::Holidays(year, self.week.ok_or("week")?))
            }
            _ => Err("action"),
        }
    }

    /// The first and last day; without a last one, the first alone.
    fn dates(&self) -> Result<(Date, Date), &'static str> {
        let first: Date = self.from.parse().map_err(|_| "from")?;
        let last = match self.until.trim() {
            "" => first,
            until => until.parse().map_err(|_| "until")?,
        };
        Ok((first, last))
    }
}

/// The form of a regime of bells: `start-<number>` and `end-<number>`, a lesson without either is none.
pub(crate) fn regime(form: &[(String, String)]) -> Result<(u64, Regime), &'static str> {
    let value = |name: &str| {
        let found = form.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.trim())
    };
    let mut lessons = vec![];
    for number in 1..=LessonKey::MOST_A_DAY {
        let (start, end) = (value(&format!("start-{number}")), value(&format!("end-{number}")));
        if start.is_empty() && end.is_empty() {
            continue;
        }
        let time = |text: &str| text.parse::<Time>().map_err(|_| "lessons");
        lessons.push(BellTime {
            number,
            start: time(start)?,
            end: time(end)?,
        });
    }
    let regime = Regime {
        shift: value("shift").parse().map_err(|_| "shift")?,
        grades: read_grades(value("grades")).ok_or("grades")?,
        from: match value("from") {
            "" => None,
            from => Some(from.parse().map_err(|_| "from")?),
        },
        lessons,
    };
    let version = value("version").parse().map_err(|_| "version")?;
    Ok((version, regime.parse()?))
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        fields.iter().map(pair).collect()
    }

    #[test]
    fn a_regime_is_read_with_its_lessons_as_a_browser_sends_them() {
        let form = pairs(&[
            ("version", "3"),
            ("shift", "1"),
            ("grades", "2–4"),
            ("from", "2026-11-01"),
            ("start-1", "08:30"),
            ("end-1", "09:10"),
            ("start-2", ""),
            ("end-2", ""),
            ("start-3", "10:20"),
            ("end-3", "11:00"),
        ]);
        let (version, regime) = regime(&form).expect("a regime");
        assert_eq!((version, regime.grades.as_slice()), (3, [2, 3, 4].as_slice()));
        assert_eq!(regime.from, Some(date(2026, 11, 1)));
        let read: Vec<_> = regime
            .lessons
            .iter()
            .map(|lesson| (lesson.number, lesson.start))
            .collect();
        assert_eq!(read, [(1, time(8, 30, 0, 0)), (3, time(10, 20, 0, 0))]);
    }

    #[test]
    fn a_lesson_with_one_time_alone_is_refused() {
        let form = pairs(&[("version", "0"), ("shift", "1"), ("start-1", "08:30")]);
        assert_eq!(regime(&form).err(), Some("lessons"));
    }

    #[test]
    fn a_span_of_one_day_needs_no_end() {
        let form = DaysForm {
            version: 0,
            action: "add".to_owned(),
            from: "2026-12-01".to_owned(),
            until: String::new(),
            title: "Карантин".to_owned(),
            kind: "closed".to_owned(),
            year: 0,
            week: None,
        };
        let Ok(DaysEdit::Add(span)) = form.edit() else {
            panic!("a span")
        };
        assert_eq!((span.first, span.last), (date(2026, 12, 1), date(2026, 12, 1)));
    }
}
