//! What the generator answers.

use serde::{Deserialize, Serialize};

use crate::hour::Hour;
use crate::index::{ActivityIndex, ClassIndex, RoomIndex, TeacherIndex};
use crate::score::Score;

/// A lesson with its hour and its room. A double is one placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Placement {
    /// Whose lesson it is.
    pub activity: ActivityIndex,
    /// Its (first) hour.
    pub hour: Hour,
    /// Hours in a row: 1, or 2 for a double.
    pub length: u8,
    /// Where; none when the activity needs no room.
    pub room: Option<RoomIndex>,
}

/// The best timetable found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Solution {
    /// The placed lessons, by activity and hour. They violate no hard constraint.
    pub placements: Vec<Placement>,
    /// The lessons without an hour, by activity.
    pub unplaced: Vec<Unplaced>,
    /// How good it is.
    pub score: Score,
    /// Steps of the search until the end.
    pub steps: u64,
}

/// A lesson for which no hour was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// Whose lesson it is.
    pub activity: ActivityIndex,
    /// Hours in a row: 1, or 2 for a double.
    pub length: u8,
    /// Why, the certain reasons (no timetable at all can hold the lesson) first.
    pub reasons: Vec<Reason>,
}

impl Unplaced {
    /// Whether some reason proves that no search could have placed all such lessons.
    pub fn is_proven(&self) -> bool {
        self.reasons.iter().any(Reason::is_proof)
    }
}

/// Why a lesson has no hour, as data; the page words it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A teacher has more lessons than hours.
    TeacherOverloaded {
        /// Who.
        teacher: TeacherIndex,
        /// Lessons of the fuller week.
        lessons: u16,
        /// Hours at which the teacher is available to the classes taught, within the day's limit.
        hours: u16,
    },
    /// Pupils of a class have more lessons than the limits of its days and its shift allow.
    ClassOverloaded {
        /// Which class.
        class: ClassIndex,
        /// Lessons of the fuller week of the busiest pupils.
        lessons: u16,
        /// Lessons that fit into the week.
        hours: u16,
    },
    /// Lessons that need one of these rooms are more than the rooms' hours.
    RoomsOverloaded {
        /// The rooms.
        rooms: Vec<RoomIndex>,
        /// Lessons of the fuller week that fit nowhere else.
        lessons: u16,
        /// Hours of these rooms.
        hours: u16,
    },
    /// No room has the features and the capacity, or those named are too small.
    NoSuchRoom,
    /// No hour exists at which all teachers are available and all classes may be taught, even in an empty timetable.
    NoCommonHour {
        /// The teachers.
        teachers: Vec<TeacherIndex>,
        /// The classes.
        classes: Vec<ClassIndex>,
    },
    /// The lesson is pinned to an hour that its teacher, class or room does not allow.
    PinForbidden {
        /// The hour.
        hour: Hour,
    },
    /// The lesson is pinned to an hour at which another pinned lesson has its teacher, pupils or room.
    PinClash {
        /// The hour.
        hour: Hour,
        /// The other lesson.
        with: ActivityIndex,
    },
    /// The subject has more lessons than the days with its limit a day allow.
    TooManyForDays {
        /// Lessons (doubles count once) of the subject in a week.
        lessons: u16,
        /// How many the days allow.
        places: u16,
    },
    /// In this timetable every hour is taken: how many of the week's hours each cause blocks. An hour with several
    /// causes counts under each.
    Occupied(Causes),
}

impl Reason {
    /// Whether the reason follows from the data alone, so that no timetable can place the lesson (or all lessons
    /// that share the reason).
    pub const fn is_proof(&self) -> bool {
        !matches!(self, Self::Occupied(_))
    }
}

/// How many hours of the week each cause closes to a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Causes {
    /// Hours looked at: those of the week.
    pub hours: u16,
    /// The class is not taught then: shift, closed hours, later than its longest day without windows lasts.
    pub class_closed: u16,
    /// A teacher is not available then.
    pub teacher_unavailable: u16,
    /// A teacher has another lesson.
    pub teacher_busy: u16,
    /// Pupils have another lesson.
    pub pupils_busy: u16,
    /// The pupils' or the teacher's day is full.
    pub day_full: u16,
    /// The subject has been on that day as often as it may.
    pub subject_on_day: u16,
    /// No suitable room is free, or the way to it is too long.
    pub no_room: u16,
    /// The hour would leave pupils a window or a late start.
    pub window: u16,
}
