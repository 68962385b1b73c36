//! What is wrong with a problem before any search.

use crate::index::{ActivityIndex, ClassIndex, GroupIndex, RoomIndex, TeacherIndex};

/// A contradiction in the data of a problem. An importer or an editor prevents them; they are not the reasons why
/// lessons stay without an hour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Days or slots are out of bounds.
    #[error("a week of {days} days with {slots} slots is not supported")]
    Week {
        /// The days given.
        days: u8,
        /// The slots given.
        slots: u8,
    },
    /// There are more lessons than the search can number.
    #[error("too many lessons: {0}")]
    TooLarge(usize),
    /// A shift is empty or ends beyond the day, the day's limit is zero, or the latest start is outside the shift.
    #[error("class {0:?} has an impossible shift")]
    Shift(ClassIndex),
    /// A cohort names a class that is not there.
    #[error("cohort {0} names a missing class")]
    Cohort(usize),
    /// A group is empty, repeats a cohort or names a missing one.
    #[error("group {0:?} has no cohorts, repeats one or names a missing one")]
    Group(GroupIndex),
    /// A teacher has an hour outside the week or a room that is missing.
    #[error("teacher {0:?} has an hour outside the week or a missing room")]
    Teacher(TeacherIndex),
    /// A room has no places or an hour outside the week.
    #[error("room {0:?} has no places or an hour outside the week")]
    Room(RoomIndex),
    /// An activity has no groups, refers to something missing, repeats a teacher or a pupil, or has a zero limit.
    #[error("activity {0:?} refers to something missing or repeats somebody")]
    Activity(ActivityIndex),
    /// An activity has no lessons or more doubles than lessons allow.
    #[error("activity {0:?} has an impossible number of lessons or doubles")]
    Lessons(ActivityIndex),
    /// An activity has more pins than lessons, two at one hour, or one outside the week.
    #[error("activity {0:?} has pins that are not its lessons")]
    Pins(ActivityIndex),
    /// A block is empty, names a missing activity or one of another block, or its members differ in lessons or
    /// doubles, or share a teacher or pupils in one week.
    #[error("block {0} cannot be held at the same hours")]
    Block(usize),
    /// The curve names a day outside the week.
    #[error("the curve names a day outside the week")]
    Curve,
}
