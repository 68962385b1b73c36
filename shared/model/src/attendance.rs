//! How a pupil was, or was not, at a lesson.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ParseError;

/// What the register says when a pupil was not simply present. The codes are those of the widespread regional systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attendance {
    /// «н», code ОТ: absent, the reason is still open.
    Absent,
    /// «нп», code НП: absent without a good reason.
    Unexcused,
    /// «у», code УП: absent with a good reason.
    Excused,
    /// «б», code Б: ill.
    Ill,
    /// «о», code ОП: late.
    Late,
    /// «осв», code ОСВ: present but exempt from the work.
    Exempt,
    /// «в», code В of the kindergarten's register (form 0504608): a day off of the child. Only in a register by days.
    DayOff,
}

impl Attendance {
    /// Every value, in the order in which pickers offer them.
    pub const ALL: [Self; 7] = [
        Self::Absent,
        Self::Ill,
        Self::Excused,
        Self::Unexcused,
        Self::Late,
        Self::Exempt,
        Self::DayOff,
    ];

    /// What a register by days holds: a child is there, or is not, with or without a reason, or has a day off.
    pub const OF_DAYS: [Self; 5] = [
        Self::Absent,
        Self::Ill,
        Self::Excused,
        Self::Unexcused,
        Self::DayOff,
    ];

    /// What a lesson's register holds.
    pub const OF_LESSONS: [Self; 6] = [
        Self::Absent,
        Self::Ill,
        Self::Excused,
        Self::Unexcused,
        Self::Late,
        Self::Exempt,
    ];

    /// The letter or short word in a journal's cell.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Absent => "н",
            Self::Unexcused => "нп",
            Self::Excused => "у",
            Self::Ill => "б",
            Self::Late => "о",
            Self::Exempt => "осв",
            Self::DayOff => "в",
        }
    }

    /// The name used in API, storage and translations.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unexcused => "unexcused",
            Self::Excused => "excused",
            Self::Ill => "ill",
            Self::Late => "late",
            Self::Exempt => "exempt",
            Self::DayOff => "day_off",
        }
    }

    /// Whether the pupil missed the lesson.
    pub const fn is_missed(self) -> bool {
        matches!(self, Self::Absent | Self::Unexcused | Self::Excused | Self::Ill)
    }
}

impl FromStr for Attendance {
    type Err = ParseError;

    /// Reads what a teacher types, in either case, and the API's names.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let text = text.trim().to_lowercase();
        Self::ALL
            .into_iter()
            .find(|value| value.short() == text || value.as_str() == text)
            .ok_or(ParseError("attendance"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cell_shows_can_be_typed_back() {
        for value in Attendance::ALL {
            assert_eq!(value.short().parse(), Ok(value));
            assert_eq!(value.short().to_uppercase().parse(), Ok(value));
            assert_eq!(value.as_str().parse(), Ok(value));
        }
    }

    #[test]
    fn a_late_or_exempt_pupil_did_not_miss_the_lesson() {
        assert!(!Attendance::Late.is_missed() && !Attendance::Exempt.is_missed());
        assert!(!Attendance::DayOff.is_missed(), "nothing is missed on a day off");
        assert!(Attendance::Ill.is_missed());
    }
}
