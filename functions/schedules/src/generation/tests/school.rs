//! A small school whose timetable is made.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{date, time};
use model::{Bell, GroupId, InstitutionKind, PersonId, Weekday};
use proptest::prelude::*;
use timetable_generator::{Control, Options, check, solve};
use timetable_norms::NormTable;
use timetables::WeekCycle;

use super::super::{
    limits::Limits,
    outcome::Outcome,
    plan::{Mode, Plan, Wish},
    tasks::tasks,
};
use crate::drafts::{Audience, Bells, Course, Draft, DraftClass, DraftLesson, Hour, halves};

pub(super) const CLASSES: u128 = 3;

pub(super) fn day(number: u8) -> Weekday {
    number.try_into().expect("a weekday")
}

pub(super) fn group(class: u128, of: u128) -> GroupId {
    GroupId::from_bits(100 * class + of)
}

pub(super) fn teacher(number: u128) -> PersonId {
    PersonId::from_bits(number)
}

pub(super) fn bells() -> Bells {
    let bell = |number: u8| {
        let start = time(8, 30, 0, 0).saturating_add(jiff::ToSpan::minutes(55 * (i64::from(number) - 1)));
        Bell {
            number,
            start,
            end: start.saturating_add(jiff::ToSpan::minutes(40)),
        }
    };
    Bells::same_for_all(&(1..=6).map(bell).collect::<Vec<_>>())
}

/// Three classes: three subjects of whole classes, English in two subgroups without lists, physical education in two with
/// lists, and a choir of all of them.
pub(super) fn school(hours: &[u8]) -> Draft {
    let mut draft = Draft::default();
    let classes: Vec<GroupId> = (1..=CLASSES).map(|class| group(class, 0)).collect();
    for class in 1..=CLASSES {
        let course = |of: u128| {
            let at = (class * 8 + of) as usize % hours.len();
            let is_choir = of == 8;
            Course {
                group: if is_choir {
                    GroupId::from_bits(9)
                } else {
                    group(class, of)
                },
                subject: [
                    "",
                    "Алгебра",
                    "История",
                    "Физика",
                    "Английский язык",
                    "Английский язык",
                    "Физическая культура",
                    "Физическая культура",
                    "Хор",
                ][of as usize]
                    .to_owned(),
                title: format!("{class}-{of}"),
                classes: if is_choir {
                    classes.clone()
                } else {
                    vec![group(class, 0)]
                },
                grade: Some(7),
                audience: match of {
                    4 | 5 => Audience::Part,
                    6 => Audience::Cohorts(0b01),
                    7 => Audience::Cohorts(0b10),
                    _ => Audience::Whole,
                },
                teachers: vec![teacher(if is_choir { 7 } else { of % 4 + 2 * (class % 2) })],
                hours: Some(if is_choir { 2 } else { hours[at] }),
                rooms: if of == 6 || of == 7 {
                    vec!["Спортзал".to_owned()]
                } else {
                    vec![]
                },
            }
        };
        let courses: Vec<Course> = (1..=8).map(course).collect();
        draft.classes.insert(
            group(class, 0),
            DraftClass {
                class: group(class, 0),
                title: format!("7-{class}"),
                people: BTreeMap::new(),
                courses,
                lessons: BTreeSet::new(),
            },
        );
    }
    draft.terms.set_places("Спортзал", 2);
    for number in 1..=3 {
        draft.terms.set_available(teacher(3), Hour(day(2), number), false);
    }
    draft
}

/// A lesson that somebody has put somewhere, whatever stands there.
pub(super) type Put = (u128, u128, u8, u8, u8, bool);

pub(super) fn with(mut draft: Draft, lessons: &[Put]) -> Draft {
    for (class, of, weekday, number, cycle, pinned) in lessons {
        let group = if *of == 8 {
            GroupId::from_bits(9)
        } else {
            group(*class, *of)
        };
        let Some(course) = draft.course(group).cloned() else {
            continue;
        };
        let lesson = DraftLesson {
            group,
            day: day(*weekday),
            number: *number,
            cycle: [WeekCycle::Every, WeekCycle::A, WeekCycle::B][usize::from(*cycle)],
            room: course.rooms.first().cloned().unwrap_or_default(),
            teachers: course.teachers,
            pinned: *pinned,
        };
        for class in draft
            .classes
            .values_mut()
            .filter(|class| class.course(group).is_some())
        {
            class.lessons.insert(lesson.clone());
        }
    }
    draft
}

pub(super) fn planned(draft: &Draft, mode: Mode) -> Plan {
    let table = NormTable::shipped().expect("the shipped norms");
    let limits = Limits::new(&table, date(2026, 11, 30), InstitutionKind::General);
    Plan::of(draft, &bells(), &limits, Wish { mode, days: 5 })
}

pub(super) fn generated(draft: &Draft, mode: Mode, seed: u64) -> Outcome {
    let plan = planned(draft, mode);
    assert_eq!(plan.problem.faults(), []);
    let options = Options {
        seed,
        steps: 4_000,
        previous: plan.previous.clone(),
    };
    let solution = solve(&plan.problem, &options, |_| Control::Continue).expect("a problem without faults");
    assert_eq!(check(&plan.problem, &solution.placements), []);
    Outcome::of(&plan, draft, &bells(), &solution.placements, &solution.unplaced)
}

/// The halves of hours of each group: those that stand and those that have no place.
pub(super) fn halves_of(outcome: &Outcome) -> BTreeMap<GroupId, usize> {
    let mut found: BTreeMap<GroupId, usize> = BTreeMap::new();
    for (_, lesson) in outcome.draft.lessons() {
        *found.entry(lesson.group).or_default() += usize::from(lesson.halves());
    }
    for left in &outcome.left {
        *found.entry(left.group).or_default() += usize::from(left.count * halves(left.cycle));
    }
    found
}

pub(super) fn wanted(draft: &Draft) -> BTreeMap<GroupId, usize> {
    let mut wanted = BTreeMap::new();
    for task in tasks(draft) {
        *wanted.entry(task.group).or_default() += usize::from(task.lessons * halves(task.cycle));
    }
    wanted
}

pub(super) fn lessons() -> impl Strategy<Value = Vec<Put>> {
    let lesson = (1..=CLASSES, 1u128..=8, 1u8..=5, 1u8..=6, 0u8..3, any::<bool>());
    proptest::collection::vec(lesson, 0..25)
}
