//! Works for which marks are given, and what they weigh.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{ParseError, Publication};

/// How much a work weighs in the average: a positive decimal up to 10, kept in hundredths so that sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Weight(u16);

impl Weight {
    /// The weight of an ordinary work.
    pub const ONE: Self = Self(100);
    const HEAVIEST: u16 = 1_000;

    /// The weight of `units` whole units; more than ten count as ten, none as one.
    pub const fn whole(units: u16) -> Self {
        match units {
            0 => Self::ONE,
            1..=10 => Self(units * 100),
            _ => Self(Self::HEAVIEST),
        }
    }

    /// The weight in hundredths.
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

impl From<Weight> for u16 {
    fn from(weight: Weight) -> Self {
        weight.0
    }
}

impl TryFrom<u16> for Weight {
    type Error = ParseError;

    fn try_from(hundredths: u16) -> Result<Self, ParseError> {
        if (1..=Self::HEAVIEST).contains(&hundredths) {
            Ok(Self(hundredths))
        } else {
            Err(ParseError("weight"))
        }
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => write!(f, "{units}"),
            _ if rest % 10 == 0 => write!(f, "{units},{}", rest / 10),
            _ => write!(f, "{units},{rest:02}"),
        }
    }
}

impl FromStr for Weight {
    type Err = ParseError;

    /// Reads `2`, `1,5` or `1.25`.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let error = ParseError("weight");
        let text = text.trim().replace(',', ".");
        let (units, rest) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty();
        if !digits(units) || !digits(rest) || units.len() > 2 || rest.len() > 2 {
            return Err(error);
        }
        let units: u16 = units.parse().map_err(|_| error)?;
        let rest: u16 = format!("{rest:0<2}").parse().map_err(|_| error)?;
        Self::try_from(units * 100 + rest)
    }
}

/// What kind of work a mark was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Ответ на уроке.
    Answer,
    /// Домашняя работа.
    Homework,
    /// Самостоятельная работа.
    Independent,
    /// Контрольная работа.
    Test,
    /// Диктант, изложение, сочинение.
    Writing,
    /// Лабораторная или практическая работа.
    Practical,
    /// Проект.
    Project,
}

impl WorkKind {
    /// Every kind, in the order in which pickers offer them.
    pub const ALL: [Self; 7] = [
        Self::Answer,
        Self::Homework,
        Self::Independent,
        Self::Test,
        Self::Writing,
        Self::Practical,
        Self::Project,
    ];

    /// The name used in API, storage and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Homework => "homework",
            Self::Independent => "independent",
            Self::Test => "test",
            Self::Writing => "writing",
            Self::Practical => "practical",
            Self::Project => "project",
        }
    }

    /// The weight that is proposed for a new work of this kind where the institution has set no other; the teacher decides.
    pub const fn proposed_weight(self) -> Weight {
        match self {
            Self::Answer | Self::Homework => Weight::ONE,
            Self::Independent | Self::Practical => Weight::whole(2),
            Self::Test | Self::Writing | Self::Project => Weight::whole(3),
        }
    }
}

impl FromStr for WorkKind {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(ParseError("kind of work"))
    }
}

/// The number of a work within its lesson, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct WorkId(u8);

impl WorkId {
    /// The work that every lesson has from its opening.
    pub const FIRST: Self = Self(1);
    /// How many works one lesson can hold.
    pub const MOST: u8 = 6;

    /// The number.
    pub const fn number(self) -> u8 {
        self.0
    }
}

impl From<WorkId> for u8 {
    fn from(id: WorkId) -> Self {
        id.0
    }
}

impl TryFrom<u8> for WorkId {
    type Error = ParseError;

    fn try_from(number: u8) -> Result<Self, ParseError> {
        if (1..=Self::MOST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(ParseError("number of a work"))
        }
    }
}

/// Something that pupils did at or for a lesson and that marks are given for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Its number within the lesson.
    pub id: WorkId,
    /// What it was.
    pub kind: WorkKind,
    /// What its marks weigh.
    pub weight: Weight,
    /// From when its marks are shown to the family.
    #[serde(default, skip_serializing_if = "Publication::is_at_once")]
    pub publication: Publication,
}

impl Work {
    /// The ordinary work of a newly opened lesson: answers given at it.
    pub const fn answers() -> Self {
        Self {
            id: WorkId::FIRST,
            kind: WorkKind::Answer,
            weight: Weight::ONE,
            publication: Publication::AT_ONCE,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_weight_reads_back_from_what_is_shown(hundredths in 1u16..=1_000) {
            let weight = Weight::try_from(hundredths).expect("within bounds");
            prop_assert_eq!(weight.to_string().parse(), Ok(weight));
        }
    }

    #[test]
    fn a_weight_of_nothing_or_too_much_is_refused() {
        for wrong in ["0", "0,00", "10,01", "99", "1,234", "-1", "x", "1.", ".5", ""] {
            assert!(wrong.parse::<Weight>().is_err(), "{wrong}");
        }
    }
}
