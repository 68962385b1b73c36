//! A week as it is kept: what is taught and each time of day stand once, lessons point to them, and all of it is one text.
//!
//! The diary of every pupil reads the week of the class each time. So it fits into 4 KB, the half unit that a reader pays
//! for; written out lesson by lesson it would be three times that.

use std::{collections::HashMap, hash::Hash};

use jiff::civil::{Date, Time};
use model::{DayOffKind, GroupId, InstitutionId, PersonId, Weekday};
use serde::{Deserialize, Serialize};

use crate::{GroupsOff, Owner, Slot, Timetable, WeekCycle};

/// The item's own attributes.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptTimetable {
    owner: Owner,
    institution: InstitutionId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    /// A [`KeptWeek`] as JSON.
    week: String,
}

#[derive(Serialize, Deserialize)]
struct KeptWeek {
    #[serde(rename = "c")]
    courses: Vec<Course>,
    #[serde(rename = "t")]
    times: Vec<Times>,
    #[serde(rename = "l")]
    lessons: Vec<Lesson>,
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    off: Vec<Off>,
}

/// Group, subject, the group's title, teacher, the teacher's name.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Course(GroupId, String, String, Option<PersonId>, String);

/// Beginning and end.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Times(Time, Time);

/// Day, number, place of the times, cycle, place of the course, room.
#[derive(Serialize, Deserialize)]
struct Lesson(Weekday, u8, usize, WeekCycle, usize, String);

/// Title, kind, days, groups.
#[derive(Serialize, Deserialize)]
struct Off(String, DayOffKind, Vec<Date>, Vec<GroupId>);

impl From<Timetable> for KeptTimetable {
    fn from(timetable: Timetable) -> Self {
        let (mut courses, mut times) = (Places::default(), Places::default());
        let lessons = timetable
            .slots
            .into_iter()
            .map(|slot| Lesson::of(slot, &mut courses, &mut times))
            .collect();
        let off = timetable
            .groups_off
            .into_iter()
            .map(|off| Off(off.title, off.kind, off.dates, off.groups))
            .collect();
        let week = KeptWeek {
            courses: courses.list,
            times: times.list,
            lessons,
            off,
        };
        Self {
            owner: timetable.owner,
            institution: timetable.institution,
            from: timetable.from,
            until: timetable.until,
            // Nothing in a week is such that JSON has no form for it; an empty text would be refused on reading.
            week: serde_json::to_string(&week).unwrap_or_default(),
        }
    }
}

impl TryFrom<KeptTimetable> for Timetable {
    type Error = serde_json::Error;

    fn try_from(kept: KeptTimetable) -> Result<Self, Self::Error> {
        let week: KeptWeek = serde_json::from_str(&kept.week)?;
        let slots = week
            .lessons
            .into_iter()
            .map(|lesson| lesson.slot(&week.courses, &week.times))
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| serde::de::Error::custom("a lesson of no course or time"))?;
        let groups_off = week
            .off
            .into_iter()
            .map(|Off(title, kind, dates, groups)| GroupsOff {
                title,
                kind,
                dates,
                groups,
            })
            .collect();
        Ok(Self {
            owner: kept.owner,
            institution: kept.institution,
            slots,
            groups_off,
            from: kept.from,
            until: kept.until,
        })
    }
}

impl Lesson {
    fn of(slot: Slot, courses: &mut Places<Course>, times: &mut Places<Times>) -> Self {
        let course = Course(
            slot.group,
            slot.subject,
            slot.title,
            slot.teacher,
            slot.teacher_name,
        );
        let time = times.place(Times(slot.start, slot.end));
        Self(
            slot.weekday,
            slot.number,
            time,
            slot.cycle,
            courses.place(course),
            slot.room,
        )
    }

    fn slot(self, courses: &[Course], times: &[Times]) -> Option<Slot> {
        let Self(weekday, number, time, cycle, course, room) = self;
        let Course(group, subject, title, teacher, teacher_name) = courses.get(course)?.clone();
        let Times(start, end) = times.get(time)?.clone();
        Some(Slot {
            weekday,
            number,
            start,
            end,
            cycle,
            group,
            subject,
            title,
            teacher,
            teacher_name,
            room,
        })
    }
}

/// Things met so far, each once.
struct Places<T> {
    list: Vec<T>,
    places: HashMap<T, usize>,
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Self {
            list: Vec::new(),
            places: HashMap::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Places<T> {
    /// Where the thing stands, which is at the end if it was not met before.
    fn place(&mut self, thing: T) -> usize {
        *self.places.entry(thing).or_insert_with_key(|thing| {
            self.list.push(thing.clone());
            self.list.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;
    use proptest::prelude::*;

    use super::*;

    fn slots() -> impl Strategy<Value = Vec<Slot>> {
        let slot = (1u8..=6, 1u8..=8, 0u128..4, 0usize..3, prop::option::of(0u128..3)).prop_map(
            |(day, number, group, cycle, teacher)| Slot {
                weekday: day.try_into().expect("a weekday"),
                number,
                start: time(8 + number as i8, 30, 0, 0),
                end: time(9 + number as i8, 15, 0, 0),
                cycle: [WeekCycle::Every, WeekCycle::A, WeekCycle::B][cycle],
                group: GroupId::from_bits(group),
                subject: format!("Предмет {group}"),
                title: "7А".to_owned(),
                teacher: teacher.map(PersonId::from_bits),
                teacher_name: teacher.map_or_else(String::new, |_| "Иванова А. П.".to_owned()),
                room: if number == 1 {
                    String::new()
                } else {
                    "12".to_owned()
                },
            },
        );
        proptest::collection::vec(slot, 0..40)
    }

    proptest! {
        #[test]
        fn a_week_reads_back_as_it_was_written(slots in slots(), has_days_off in prop::bool::ANY) {
            let owner = Owner::Class(GroupId::from_bits(1));
            let mut week = Timetable::new(owner, InstitutionId::from_bits(1), slots);
            if has_days_off {
                week.groups_off = vec![GroupsOff {
                    title: "Дополнительные каникулы".to_owned(),
                    kind: DayOffKind::Break,
                    dates: vec![jiff::civil::date(2027, 2, 15)],
                    groups: vec![GroupId::from_bits(2)],
                }];
            }
            let read = Timetable::try_from(KeptTimetable::from(week.clone())).expect("a week");
            prop_assert_eq!(read, week);
        }
    }

    #[test]
    fn a_lesson_of_no_course_is_refused() {
        let kept = KeptTimetable {
            owner: Owner::Class(GroupId::from_bits(1)),
            institution: InstitutionId::from_bits(1),
            from: None,
            until: None,
            week: r#"{"c":[],"t":[],"l":[[1,1,0,"every",0,""]]}"#.to_owned(),
        };
        assert!(Timetable::try_from(kept).is_err());
    }
}
