//! Timetables and institution calendars as the schedules table keeps them.
//!
//! Schedules writes them; journals (which lesson is next?) and the diary (what does the week hold?) read them.
//!
//! | partition | sort key | what |
//! |---|---|---|
//! | `CLASS#grp` | `TIMETABLE` | the week of a class, subgroups included |
//! | `GROUP#grp` | `TIMETABLE` | the week of a teaching group |
//! | `TEACHER#per` | `TIMETABLE` | the week of a teacher |
//! | `INSTITUTION#ins` | `CALENDAR` | time zone and days off |
//!
//! What only the schedules' own import needs (what feeds which week, bells, reports) is described in its `item.rs`.
//!
//! A week is one item, since it is published as one thing and read as one thing: 35 lessons are about 8 KB.
//!
//! | access pattern | calls | capacity at realistic size |
//! |---|---|---|
//! | the week of a class and its institution's calendar | 1 batch of gets | 1.5–2 |
//! | the week of a teacher and the calendar | 1 batch of gets | 1.5 |
//! | the week of a teaching group | 1 get | 0.5 |

mod calendar;
mod store;
mod timetable;

pub use self::store::{Timetables, WeekAndCalendar};
pub use calendar::InstitutionDays;
pub use timetable::{GroupsOff, Owner, Slot, Timetable, WeekCycle};
