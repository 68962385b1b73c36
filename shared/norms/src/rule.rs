//! What a norm asks: the kind of check and its figures.

use std::collections::BTreeSet;

use jiff::civil::Time;
use model::Weekday;
use serde::{Deserialize, Serialize};

use crate::WeekLength;

/// Lessons a week by grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekLimit {
    /// The grades.
    pub grades: BTreeSet<u8>,
    /// In a week of five days.
    pub five_day: u16,
    /// In a week of six days; none where there is no such week, then the five days' limit is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub six_day: Option<u16>,
}

impl WeekLimit {
    /// The lessons a pupil may have in such a week.
    pub fn of(&self, length: WeekLength) -> u16 {
        match length {
            WeekLength::Five => self.five_day,
            WeekLength::Six => self.six_day.unwrap_or(self.five_day),
        }
    }
}

/// A longer day that is allowed once a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Once {
    /// Lessons on that day.
    pub lessons: u16,
    /// The subject that must be among them, by [`crate::Subject::id`]; none: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

/// Minutes of homework a day by grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HomeworkLimit {
    /// The grades.
    pub grades: BTreeSet<u8>,
    /// All subjects of a day together.
    pub minutes: u16,
}

/// From how many points on a subject counts as hard, by grade.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The grades.
    pub grades: BTreeSet<u8>,
    /// Points of the scale.
    pub points: u8,
}

/// The kinds of checks. Figures are the norm's, so an operator can change them without a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// At most so many lessons a week for one pupil.
    WeekLoad {
        /// By grade.
        limits: Vec<WeekLimit>,
    },
    /// At most so many lessons a day for one pupil.
    DayLoad {
        /// Lessons.
        lessons: u16,
        /// A longer day once a week.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        once: Option<Once>,
    },
    /// Lessons on at most so many days of the week.
    WeekDays {
        /// Days.
        days: u8,
    },
    /// A lesson lasts at most so many minutes.
    LessonLength {
        /// Minutes.
        minutes: u16,
    },
    /// No lesson begins or ends outside these times.
    DayBounds {
        /// No beginning before it.
        earliest: Time,
        /// No end after it.
        latest: Time,
    },
    /// Lessons are numbered from here: with 1 there is no zero lesson.
    FirstNumber {
        /// The least number.
        number: u8,
    },
    /// The class is taught in this shift or an earlier one.
    Shift {
        /// The last shift allowed.
        last: u8,
    },
    /// A break between neighbouring lessons is at least so long.
    BreakLength {
        /// Minutes.
        minutes: u16,
    },
    /// One of the breaks after the named lessons is a long one. The lesson counts by its number or its place in the day.
    LongBreak {
        /// After which lessons.
        after: BTreeSet<u8>,
        /// At least so many minutes.
        at_least: u16,
        /// At most so many minutes; none: no upper bound.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<u16>,
        /// Or each of two such breaks has at least so many minutes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pair: Option<u16>,
    },
    /// Empty hours in a pupil's day.
    PupilWindows {
        /// At most so many a day.
        lessons: u16,
    },
    /// Empty hours in a row in a teacher's day, unless the teacher asked for them in writing.
    TeacherWindows {
        /// At most so many.
        in_a_row: u16,
    },
    /// The day with the most points of difficulty is one of these.
    HardestDays {
        /// The days, Monday = 1.
        days: BTreeSet<Weekday>,
        /// By which scale.
        scale: String,
        /// Percent of the week's lessons that must have points; with fewer the check says nothing.
        coverage: u8,
    },
    /// Hard subjects do not stand at the edge of the day.
    HardLessons {
        /// By which scale.
        scale: String,
        /// What is hard.
        thresholds: Vec<Threshold>,
        /// Not the first lesson of the day.
        first: bool,
        /// Not the last lesson of the day.
        last: bool,
        /// Shorter days have no middle and are passed over.
        lessons_at_least: u16,
    },
    /// A subject does not stand twice in a row.
    DoubleLessons {
        /// Save for these, by [`crate::Subject::id`].
        except: BTreeSet<String>,
    },
    /// Homework of a day takes at most so long.
    Homework {
        /// By grade.
        limits: Vec<HomeworkLimit>,
    },
    /// A class has at most so many assessments a day.
    AssessmentsADay {
        /// Shorter works are not assessments in the norm's sense.
        procedure_minutes: u16,
        /// Assessments.
        limit: u16,
    },
    /// Between assessments in one subject and parallel lie at least so many days.
    AssessmentInterval {
        /// Shorter works are not assessments in the norm's sense.
        procedure_minutes: u16,
        /// Days from date to date.
        days: u16,
    },
    /// Assessments take at most this share of the subject's hours of the year.
    AssessmentShare {
        /// Shorter works are not assessments in the norm's sense.
        procedure_minutes: u16,
        /// Percent.
        percent: u8,
    },
    /// No assessment in the first or last lesson of the day.
    AssessmentLesson {
        /// Shorter works are not assessments in the norm's sense.
        procedure_minutes: u16,
        /// Unless the subject has at most so many lessons a week.
        exempt_weekly_lessons: u8,
    },
}

impl Rule {
    /// The scale it measures difficulty by, if it does.
    pub fn scale(&self) -> Option<&str> {
        match self {
            Self::HardestDays { scale, .. } | Self::HardLessons { scale, .. } => Some(scale),
            _ => None,
        }
    }

    /// The subjects it names.
    pub(crate) fn subjects(&self) -> Vec<&str> {
        match self {
            Self::DayLoad { once: Some(once), .. } => once.subject.as_deref().into_iter().collect(),
            Self::DoubleLessons { except } => except.iter().map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// The grades for which it has figures; none if its figures do not depend on the grade.
    pub(crate) fn grades(&self) -> Option<BTreeSet<u8>> {
        match self {
            Self::WeekLoad { limits } => Some(limits.iter().flat_map(|limit| limit.grades.clone()).collect()),
            Self::Homework { limits } => Some(limits.iter().flat_map(|limit| limit.grades.clone()).collect()),
            Self::HardLessons { thresholds, .. } => Some(
                thresholds
                    .iter()
                    .flat_map(|threshold| threshold.grades.clone())
                    .collect(),
            ),
            _ => None,
        }
    }
}
