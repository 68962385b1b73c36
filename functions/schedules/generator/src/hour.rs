//! Hours of the week and the weeks of a cycle.

use serde::{Deserialize, Serialize};

/// The most days a week may have.
pub const MAX_DAYS: u8 = 7;
/// The most slots a day may have: two shifts of eight lessons.
pub const MAX_SLOTS: u8 = 16;

/// An hour of the timetable: a day and the number of the lesson in that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hour {
    /// The day, 0 is Monday.
    pub day: u8,
    /// The number of the lesson as the bells count it, from 1; both shifts in one row.
    pub slot: u8,
}

impl Hour {
    /// The hour of a day (0 is Monday) and a lesson's number (from 1).
    pub const fn new(day: u8, slot: u8) -> Self {
        Self { day, slot }
    }
}

/// In which weeks an activity is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    /// In every week.
    #[default]
    Every,
    /// In the first, third, … week of the academic year.
    A,
    /// In the second, fourth, … week.
    B,
}

impl Cycle {
    /// The weeks as bits: 1 is week A, 2 is week B.
    pub(crate) const fn weeks(self) -> u8 {
        match self {
            Self::Every => 0b11,
            Self::A => 0b01,
            Self::B => 0b10,
        }
    }

    /// Whether two activities of these cycles meet in some week.
    pub const fn meets(self, other: Self) -> bool {
        self.weeks() & other.weeks() != 0
    }
}
