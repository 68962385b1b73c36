//! How a lesson and a period are named within a journal.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, de};
use serde_with::{DeserializeFromStr, SerializeDisplay};

use crate::ParseError;

/// A lesson within a journal: its date and its number in the day's bells. `2026-11-23-02` sorts as time goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, SerializeDisplay, DeserializeFromStr)]
pub struct LessonKey {
    /// The day.
    pub date: Date,
    /// The number of the lesson in the day, from 1.
    pub number: u8,
}

impl LessonKey {
    /// The most lessons that a day can hold, both shifts counted.
    pub const MOST_A_DAY: u8 = 16;
}

impl fmt::Display for LessonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.date, self.number)
    }
}

impl FromStr for LessonKey {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("lesson");
        let (date, number) = text.rsplit_once('-').ok_or(error)?;
        let key = Self {
            date: date.parse().map_err(|_| error)?,
            number: number.parse().map_err(|_| error)?,
        };
        let in_bounds = (1..=Self::MOST_A_DAY).contains(&key.number);
        if in_bounds && key.to_string() == text {
            Ok(key)
        } else {
            Err(error)
        }
    }
}

/// A period's short name within its institution: small letters, digits and hyphens, as in `2026-q2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PeriodId(String);

impl PeriodId {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PeriodId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PeriodId {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let fits = (1..=40).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseError("period"))
        }
    }
}

impl<'de> Deserialize<'de> for PeriodId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_lesson_reads_back_from_its_text(days in 0i64..20_000, number in 1u8..=LessonKey::MOST_A_DAY) {
            let date = date(2000, 1, 1).checked_add(jiff::Span::new().days(days)).expect("a date");
            let key = LessonKey { date, number };
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn text_order_is_time_order(a in (1i8..=28, 1u8..=16), b in (1i8..=28, 1u8..=16)) {
            let key = |(day, number)| LessonKey { date: date(2026, 11, day), number };
            prop_assert_eq!(key(a).cmp(&key(b)), key(a).to_string().cmp(&key(b).to_string()));
        }
    }

    #[test]
    fn another_spelling_is_not_a_second_name_of_the_same_lesson() {
        for wrong in [
            "2026-11-23-2",
            "2026-11-23-00",
            "2026-11-23-17",
            "2026-11-31-01",
            "2026-11-23",
            "20261123-02",
        ] {
            assert!(wrong.parse::<LessonKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_period_cannot_break_a_key() {
        assert!("2026-q2".parse::<PeriodId>().is_ok());
        for wrong in ["", "Q2", "q#2", "q/2", "четверть"] {
            assert!(wrong.parse::<PeriodId>().is_err(), "{wrong}");
        }
    }
}
