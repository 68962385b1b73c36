//! A school for the rules, and a checker of its drafts that looks at every minute of both weeks.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::time;
use model::{Bell, GroupId, PersonId, Weekday};
use schedules::drafts::{Audience, Bells, Course, Draft, DraftClass, DraftLesson, Hour, halves};
use timetables::WeekCycle;

pub(super) const ROOMS: [&str; 4] = ["", "12", "14", "Спортзал"];

pub(super) fn class(number: u128) -> GroupId {
    GroupId::from_bits(100 + number)
}

pub(super) fn group(number: u128) -> GroupId {
    GroupId::from_bits(number)
}

pub(super) fn teacher(number: u128) -> PersonId {
    PersonId::from_bits(number)
}

pub(super) fn day(number: u8) -> Weekday {
    number.try_into().expect("a weekday")
}

/// Which pupils of which class a group takes, as the checker counts them; each class has four.
pub(super) fn pupils(group: u128) -> Vec<(u128, u8)> {
    let all = |class: u128| (0..4).map(move |pupil| (class, pupil));
    match group {
        1 => all(1).collect(),
        // Two languages, and two halves that cut across them.
        2 => vec![(1, 0), (1, 1)],
        3 => vec![(1, 2), (1, 3)],
        4 => vec![(1, 0), (1, 2)],
        // A metagroup of some of both classes.
        5 => vec![(1, 3), (2, 0)],
        _ => all(2).collect(),
    }
}

pub(super) fn audience(of: u128, class: u128) -> Audience {
    let bits = pupils(of)
        .into_iter()
        .filter(|(other, _)| *other == class)
        .fold(0u128, |bits, (_, pupil)| bits | (1 << pupil));
    if bits == 0b1111 {
        Audience::Whole
    } else {
        Audience::Cohorts(bits)
    }
}

pub(super) fn teachers_of(group: u128) -> Vec<PersonId> {
    match group {
        1 | 4 => vec![teacher(1)],
        2 => vec![teacher(2)],
        3 => vec![teacher(2), teacher(3)],
        _ => vec![teacher(3)],
    }
}

/// Two classes, six groups, three teachers, a gymnasium for two; one teacher is away on Tuesdays.
pub(super) fn school() -> Draft {
    let mut draft = Draft::default();
    for own in [1u128, 2] {
        let of = (1..=6).filter(|group| pupils(*group).iter().any(|(class, _)| *class == own));
        let course = |of: u128| Course {
            group: group(of),
            subject: format!("Предмет {of}"),
            title: format!("Группа {of}"),
            classes: if of == 5 {
                vec![class(1), class(2)]
            } else {
                vec![class(own)]
            },
            grade: None,
            audience: audience(of, own),
            teachers: teachers_of(of),
            hours: (of != 6).then_some(5),
            rooms: vec![],
        };
        draft.classes.insert(
            class(own),
            DraftClass {
                class: class(own),
                title: format!("{own}А"),
                courses: of.map(course).collect(),
                people: (1..=3)
                    .map(|number| (teacher(number), format!("Учитель {number}")))
                    .collect(),
                lessons: BTreeSet::new(),
            },
        );
    }
    draft.terms.set_places("Спортзал", 2);
    for number in 1..=4 {
        draft.terms.set_available(teacher(3), Hour(day(2), number), false);
    }
    draft
}

/// Four bells; the third begins before the second has ended, as where shifts meet.
pub(super) fn bells() -> Bells {
    let bell = |number, hour, minute, length: i64| Bell {
        number,
        start: time(hour, minute, 0, 0),
        end: time(hour, minute, 0, 0) + jiff::ToSpan::minutes(length),
    };
    Bells::same_for_all(&[
        bell(1, 8, 30, 45),
        bell(2, 9, 25, 45),
        bell(3, 10, 0, 40),
        bell(4, 11, 0, 40),
    ])
}

pub(super) fn minutes(number: u8) -> Option<std::ops::Range<i32>> {
    let of = |hour: i32, minute: i32, length: i32| hour * 60 + minute..hour * 60 + minute + length;
    match number {
        1 => Some(of(8, 30, 45)),
        2 => Some(of(9, 25, 45)),
        3 => Some(of(10, 0, 40)),
        4 => Some(of(11, 0, 40)),
        _ => None,
    }
}

pub(super) fn number_of(group: GroupId) -> u128 {
    (1..=6)
        .find(|number| self::group(*number) == group)
        .expect("a known group")
}

/// Everything that is wrong, found minute by minute, lesson by lesson as the classes have them.
pub(super) fn faults(draft: &Draft) -> Vec<String> {
    let mut faults = Vec::new();
    let mut once: BTreeSet<DraftLesson> = BTreeSet::new();
    for class in draft.classes.values() {
        for lesson in &class.lessons {
            let of = number_of(lesson.group);
            once.insert(lesson.clone());
            for other in draft.classes.values() {
                let has = pupils(of)
                    .iter()
                    .any(|(number, _)| self::class(*number) == other.class);
                if has && !other.lessons.contains(lesson) {
                    faults.push(format!("{lesson:?} does not stand in every class"));
                }
            }
        }
    }
    let mut hours: BTreeMap<GroupId, u8> = BTreeMap::new();
    for lesson in &once {
        *hours.entry(lesson.group).or_default() += halves(lesson.cycle);
        let Some(span) = minutes(lesson.number) else {
            faults.push(format!("{lesson:?} has no bell"));
            continue;
        };
        assert!(!span.is_empty());
        if lesson.day == day(2) && lesson.teachers.contains(&teacher(3)) {
            faults.push(format!("{lesson:?} on a day without its teacher"));
        }
    }
    for (group, placed) in hours {
        if number_of(group) != 6 && placed > 5 {
            faults.push(format!("{group} has {placed} halves"));
        }
    }
    for week in [WeekCycle::A, WeekCycle::B] {
        for weekday in 1..=6 {
            for minute in (8 * 60)..(12 * 60) {
                let held = once.iter().filter(|lesson| {
                    (lesson.cycle == WeekCycle::Every || lesson.cycle == week)
                        && lesson.day == day(weekday)
                        && minutes(lesson.number).is_some_and(|span| span.contains(&minute))
                });
                let held: Vec<_> = held.collect();
                let mut seen_people: BTreeSet<PersonId> = BTreeSet::new();
                let mut seen_pupils = BTreeSet::new();
                let mut rooms: BTreeMap<&str, usize> = BTreeMap::new();
                for lesson in held {
                    for person in &lesson.teachers {
                        if !seen_people.insert(*person) {
                            faults.push(format!("{person} twice at {weekday}/{minute}"));
                        }
                    }
                    for pupil in pupils(number_of(lesson.group)) {
                        if !seen_pupils.insert(pupil) {
                            faults.push(format!("{pupil:?} twice at {weekday}/{minute}"));
                        }
                    }
                    *rooms.entry(lesson.room.as_str()).or_default() += 1;
                }
                for (room, count) in rooms {
                    let places = if room == "Спортзал" { 2 } else { 1 };
                    if !room.is_empty() && count > places {
                        faults.push(format!("{count} in {room} at {weekday}/{minute}"));
                    }
                }
            }
        }
    }
    faults
}
