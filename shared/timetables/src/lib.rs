//! Timetables and institution calendars as the schedules table keeps them.
//!
//! Schedules writes them; journals (which lesson is next?) and the diary (what does the week hold?) read them.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `CLASS#grp` | `TIMETABLE` | the week of a class, subgroups included; gsi1 `INSTITUTION#ins` / `CLASS#grp` |
//! | `GROUP#grp` | `TIMETABLE` | the week of a teaching group |
//! | `TEACHER#per` | `TIMETABLE` | the week of a teacher; gsi1 `INSTITUTION#ins` / `TEACHER#per` |
//! | … | `TIMETABLE#monday` | an earlier week, which held until that Monday |
//! | … | `CHANGES#monday` | what differs from the week on the dates of one week |
//! | `INSTITUTION#ins` | `CALENDAR` | time zone and days off |
//! | | `CHANGES#monday` | all changes of a week, for the day sheet |
//!
//! What only the schedules' own import needs (what feeds which week, bells, reports) is described in its `item.rs`.
//!
//! A week is one item, since it is published as one thing and read as one thing: 40 lessons of 16 courses are under 4 KB.
//!
//! | access pattern | calls | capacity at realistic size |
//! |---|---|---|
//! | what a class or a teacher has in a week: week, changes, calendar | 1 batch of gets | 1.5 |
//! | … in a week before the one published last | and 1 query | 2 |
//! | the changes of a week at an institution (100) | 1 get | 6 |
//! | the weeks of all classes or all teachers of an institution (30 / 60) | 1 query of gsi1 | 15 / 15 |
//! | the week of a teaching group | 1 get | 0.5 |
//! | all weeks of a teaching group with its changes (40 weeks) | 1 query | 2 |

mod calendar;
mod changes;
mod kept;
mod planned;
mod store;
mod timetable;

pub use self::store::{OwnerPlan, Timetables, WeekPlan};
pub use calendar::InstitutionDays;
pub use changes::{ChangeEdit, Concerned, DatedLesson, LessonChange, VersionedChange, WeekChanges};
pub use planned::{LessonState, PlannedLesson};
pub use timetable::{GroupsOff, Owner, Slot, Timetable, WeekCycle};
