//! What publishing a draft would change.

use std::collections::{BTreeMap, BTreeSet};

use model::{GroupId, PersonId};
use timetables::{Slot, WeekCycle};

use super::draft::{DraftClass, DraftLesson};

/// How the lessons of a class differ from those that are published.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LessonCounts {
    /// Lessons that a group has more than it had.
    pub(crate) added: usize,
    /// Lessons that a group has less than it had.
    pub(crate) removed: usize,
    /// Lessons that a group has at another time.
    pub(crate) moved: usize,
    /// Lessons at the same time with another teacher or in another room.
    pub(crate) changed: usize,
}

impl LessonCounts {
    pub(crate) const fn is_none(self) -> bool {
        self.added + self.removed + self.moved + self.changed == 0
    }
}

type Place = (u8, u8, WeekCycle);

/// Compares the lessons of a class with its published ones, group by group.
pub(crate) fn of_class(class: &DraftClass, published: &[Slot]) -> LessonCounts {
    let mut old: BTreeMap<GroupId, BTreeMap<Place, &Slot>> = BTreeMap::new();
    for slot in published {
        let place = (slot.weekday.number(), slot.number, slot.cycle);
        old.entry(slot.group).or_default().insert(place, slot);
    }
    let mut new: BTreeMap<GroupId, BTreeMap<Place, &DraftLesson>> = BTreeMap::new();
    for lesson in &class.lessons {
        let place = (lesson.day.number(), lesson.number, lesson.cycle);
        new.entry(lesson.group).or_default().insert(place, lesson);
    }
    let groups: BTreeSet<GroupId> = old.keys().chain(new.keys()).copied().collect();
    let mut counts = LessonCounts::default();
    for group in groups {
        let (empty_old, empty_new) = (BTreeMap::new(), BTreeMap::new());
        let (old, new) = (
            old.get(&group).unwrap_or(&empty_old),
            new.get(&group).unwrap_or(&empty_new),
        );
        let came = new.keys().filter(|place| !old.contains_key(*place)).count();
        let went = old.keys().filter(|place| !new.contains_key(*place)).count();
        let moved = came.min(went);
        counts.moved += moved;
        counts.added += came - moved;
        counts.removed += went - moved;
        let differs = |(place, lesson): &(&Place, &&DraftLesson)| {
            old.get(*place).is_some_and(|slot| !is_same(lesson, slot, class))
        };
        counts.changed += new.iter().filter(differs).count();
    }
    counts
}

fn is_same(lesson: &DraftLesson, slot: &Slot, class: &DraftClass) -> bool {
    let own = names(class, &lesson.teachers);
    let sorted = |names: &str| -> Vec<String> {
        let mut names: Vec<_> = names.split(", ").map(str::to_owned).collect();
        names.sort_unstable();
        names
    };
    lesson.room == slot.room && sorted(&own) == sorted(&slot.teacher_name)
}

/// Teachers as written beside a lesson.
pub(crate) fn names(class: &DraftClass, teachers: &[PersonId]) -> String {
    let name = |id: &PersonId| class.people.get(id).map(String::as_str);
    teachers.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;
    use crate::drafts::draft::{Audience, Course};

    fn slot(group: u128, day: u8, number: u8, room: &str) -> Slot {
        Slot {
            weekday: day.try_into().expect("a weekday"),
            number,
            start: time(8, 30, 0, 0),
            end: time(9, 15, 0, 0),
            cycle: WeekCycle::Every,
            group: GroupId::from_bits(group),
            subject: String::new(),
            title: String::new(),
            teacher: None,
            teacher_name: String::new(),
            room: room.to_owned(),
        }
    }

    fn lesson(group: u128, day: u8, number: u8, room: &str) -> DraftLesson {
        DraftLesson {
            group: GroupId::from_bits(group),
            day: day.try_into().expect("a weekday"),
            number,
            cycle: WeekCycle::Every,
            room: room.to_owned(),
            teachers: Vec::new(),
            pinned: false,
        }
    }

    #[test]
    fn lessons_are_counted_as_added_removed_moved_or_changed() {
        let course = |group: u128| Course {
            group: GroupId::from_bits(group),
            subject: String::new(),
            title: String::new(),
            classes: vec![],
            grade: None,
            audience: Audience::Whole,
            teachers: vec![],
            hours: None,
            rooms: vec![],
        };
        let class = DraftClass {
            class: GroupId::from_bits(9),
            title: String::new(),
            courses: [1, 2, 3].map(course).to_vec(),
            people: BTreeMap::new(),
            lessons: [
                lesson(1, 1, 1, "7"),
                lesson(1, 2, 2, ""),
                lesson(2, 3, 3, "8"),
                lesson(3, 4, 4, ""),
            ]
            .into(),
        };
        let published = [
            slot(1, 1, 1, "7"),
            slot(1, 2, 1, ""),
            slot(2, 3, 3, "9"),
            slot(2, 5, 5, ""),
        ];
        let counts = of_class(&class, &published);
        let expected = LessonCounts {
            added: 1,
            removed: 1,
            moved: 1,
            changed: 1,
        };
        assert_eq!(counts, expected);
    }
}
