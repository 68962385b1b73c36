//! The independent validator: whether a timetable respects every hard constraint.
//!
//! It knows nothing of the search and looks at the problem and the placements alone, lesson by lesson. Tests use it on
//! what the search makes; a feature uses it before it publishes.

mod lessons;
mod people;

use serde::{Deserialize, Serialize};

use crate::hour::Hour;
use crate::index::{ActivityIndex, CohortIndex, RoomIndex, SubjectIndex, TeacherIndex};
use crate::problem::Problem;
use crate::solution::Placement;

/// A broken constraint.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Violation {
    /// A placement is not a lesson of the problem: an unknown activity or room, an hour outside the week, a length
    /// that the activity does not have (any more).
    NoSuchLesson(Placement),
    /// A teacher has two lessons at an hour.
    TeacherClash(TeacherIndex, Hour),
    /// Pupils have two lessons at an hour.
    PupilClash(CohortIndex, Hour),
    /// A room has more lessons than places at an hour.
    RoomClash(RoomIndex, Hour),
    /// A teacher is not available.
    TeacherUnavailable(TeacherIndex, Hour),
    /// A class is not taught then: outside its shift or at a closed hour.
    ClassClosed(ActivityIndex, Hour),
    /// A room cannot be used then.
    RoomClosed(RoomIndex, Hour),
    /// A lesson that needs a room has none, has one that does not suit, or has one without needing any.
    WrongRoom(Placement),
    /// A pupil's day has too many lessons.
    DayTooLong(CohortIndex, u8),
    /// A pupil has more, or other, longer days than the class may have.
    TooManyLongDays(CohortIndex),
    /// A teacher's day has too many lessons.
    TeacherDayTooLong(TeacherIndex, u8),
    /// A subject is more often on a day than it may be.
    SubjectTooOften(CohortIndex, SubjectIndex, u8),
    /// A pupil's day has a window or begins too late.
    Window(CohortIndex, u8),
    /// Activities of a block are not at the same hours.
    BlockApart(ActivityIndex),
    /// A pinned lesson is elsewhere, or in another room. (One without any hour is unplaced, not a violation.)
    PinBroken(ActivityIndex, Hour),
    /// Two lessons leave somebody no time for the way between buildings.
    TooFar(Placement, Placement),
}

/// All violations of a timetable of a problem without faults, sorted, each once. A timetable need not be complete.
pub fn check(problem: &Problem, placements: &[Placement]) -> Vec<Violation> {
    let mut found = Vec::new();
    let known: Vec<Placement> = placements
        .iter()
        .filter(|placement| {
            let is_known = lessons::is_known(problem, placement);
            if !is_known {
                found.push(Violation::NoSuchLesson(**placement));
            }
            is_known
        })
        .copied()
        .collect();
    lessons::check(problem, &known, &mut found);
    people::check(problem, &known, &mut found);
    found.sort();
    found.dedup();
    found
}
