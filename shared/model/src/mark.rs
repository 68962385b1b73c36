//! Marks.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::ParseError;

/// A mark. The scale is 2–5 in practice; 1 is legal (273-ФЗ leaves the scale to the institution).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr)]
pub enum Mark {
    /// A figure from 1 to 5.
    Grade(u8),
    /// Зачёт.
    Pass,
    /// Незачёт.
    Fail,
    /// Н/а: not assessed.
    NotAssessed,
    /// «Точка»: the work is owed. No figure, outside the average; a debt until the date, overdue after it, until a mark
    /// takes its place.
    Owed {
        /// The last day on which the work can be handed in.
        by: Date,
    },
}

impl Mark {
    /// How an owed work stands in a cell, before its date.
    pub const POINT: char = '•';

    /// The figure that enters an average, if this mark has one.
    pub const fn grade(self) -> Option<u8> {
        match self {
            Self::Grade(grade) => Some(grade),
            Self::Pass | Self::Fail | Self::NotAssessed | Self::Owed { .. } => None,
        }
    }

    /// By which day the work is owed, if it is.
    pub const fn owed_by(self) -> Option<Date> {
        match self {
            Self::Owed { by } => Some(by),
            _ => None,
        }
    }

    /// The mark as a cell shows it and as it can be typed again: «5», «н/а», «•07.12».
    pub fn short(self) -> String {
        match self {
            Self::Owed { by } => format!("{}{:02}.{:02}", Self::POINT, by.day(), by.month()),
            other => other.to_string(),
        }
    }
}

impl fmt::Display for Mark {
    /// The form of API and storage: as [`Mark::short`], but an owed work with its full date, `•2026-12-07`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Grade(grade) => write!(f, "{grade}"),
            Self::Pass => f.write_str("зач"),
            Self::Fail => f.write_str("нез"),
            Self::NotAssessed => f.write_str("н/а"),
            Self::Owed { by } => write!(f, "{}{by}", Self::POINT),
        }
    }
}

impl FromStr for Mark {
    type Err = ParseError;

    /// Reads what a teacher types: a figure 1–5, `зач`, `нез`, `н/а`; and `•2026-12-07`.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.trim().to_lowercase();
        if let Some(date) = text.strip_prefix(Self::POINT) {
            let by: Date = date.parse().map_err(|_| ParseError("mark"))?;
            // One spelling for each date: texts are compared.
            return if by.to_string() == date {
                Ok(Self::Owed { by })
            } else {
                Err(ParseError("mark"))
            };
        }
        match text.as_str() {
            "1" => Ok(Self::Grade(1)),
            "2" => Ok(Self::Grade(2)),
            "3" => Ok(Self::Grade(3)),
            "4" => Ok(Self::Grade(4)),
            "5" => Ok(Self::Grade(5)),
            "зач" | "зачёт" | "зачет" => Ok(Self::Pass),
            "нез" | "незачёт" | "незачет" => Ok(Self::Fail),
            "н/а" => Ok(Self::NotAssessed),
            _ => Err(ParseError("mark")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn only_marks_of_the_scale_are_marks() {
        for wrong in [
            "0",
            "6",
            "10",
            "-5",
            "5.0",
            "пять",
            "",
            "•",
            "•07.12",
            "•2026-13-01",
            "•20261207",
        ] {
            assert_eq!(wrong.parse::<Mark>(), Err(ParseError("mark")), "{wrong}");
        }
        assert_eq!(" 5 ".parse(), Ok(Mark::Grade(5)));
        assert_eq!("Зачёт".parse(), Ok(Mark::Pass));
    }

    #[test]
    fn an_owed_work_is_kept_with_its_full_date_and_shown_with_its_day() {
        let owed = Mark::Owed {
            by: date(2026, 12, 7),
        };
        assert_eq!(
            (owed.to_string().as_str(), owed.short().as_str()),
            ("•2026-12-07", "•07.12")
        );
        assert_eq!(owed.to_string().parse(), Ok(owed));
        assert_eq!((owed.grade(), owed.owed_by()), (None, Some(date(2026, 12, 7))));
    }
}
