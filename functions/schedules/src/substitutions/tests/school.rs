//! Generated schools: three classes, each with two subjects for all and one in two subgroups, seven teachers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    ToSpan,
    civil::{Date, date, time},
};
use model::{GroupId, InstitutionCalendar, InstitutionId, LessonKey, PersonId, Week, Weekday};
use proptest::prelude::*;
use timetables::{Owner, Slot, Timetable, WeekCycle};

use super::super::{
    name::LessonName,
    order::{Order, Wish},
    plan::{Plan, teacher_cards},
    week::SchoolWeek,
};
use crate::item::InstitutionRules;

pub(super) const MONDAY: Date = date(2026, 11, 23);
const CLASSES: u128 = 3;
const TEACHERS: u128 = 7;
const NUMBERS: u8 = 5;

pub(super) fn class(number: u128) -> GroupId {
    GroupId::from_bits(1_000 + number)
}

pub(super) fn teacher(number: u128) -> PersonId {
    PersonId::from_bits(number)
}

/// Two groups of the whole class, then two subgroups.
pub(super) fn group(class: u128, of: u128) -> GroupId {
    GroupId::from_bits(class * 10 + of)
}

pub(super) fn slot(weekday: u8, number: u8, (class, of): (u128, u128), teacher_number: u128) -> Slot {
    Slot {
        weekday: Weekday::try_from(weekday).expect("a weekday"),
        number,
        start: time(7 + number as i8, 30, 0, 0),
        end: time(8 + number as i8, 15, 0, 0),
        cycle: WeekCycle::Every,
        group: group(class, of),
        subject: ["Алгебра", "История", "Английский", "Английский"][of as usize].to_owned(),
        title: format!("{class}"),
        teacher: Some(teacher(teacher_number)),
        teacher_name: format!("Учитель {teacher_number}"),
        room: format!("{}", 100 + teacher_number),
    }
}

/// A plan of two weeks from lessons with the numbers of their classes.
pub(super) fn plan_of(slots: &[(u128, Slot)], days_off: Vec<model::DayOff>) -> Plan {
    let institution = InstitutionId::from_bits(1);
    let mut weeks: BTreeMap<Owner, Vec<Slot>> = BTreeMap::new();
    for (of, slot) in slots {
        weeks
            .entry(Owner::Class(class(*of)))
            .or_default()
            .push(slot.clone());
        if let Some(teacher) = slot.teacher {
            weeks
                .entry(Owner::Teacher(teacher))
                .or_default()
                .push(slot.clone());
        }
    }
    // Teachers without lessons are known by a lesson that no date has: one of a week cycle that is not these weeks'.
    let timetables: Vec<Timetable> = weeks
        .into_iter()
        .map(|(owner, slots)| Timetable::new(owner, institution, slots))
        .collect();
    let calendar = InstitutionCalendar {
        time_zone: "Europe/Moscow".to_owned(),
        days_off,
    };
    let first = Week::of(MONDAY);
    let weeks: BTreeMap<Week, SchoolWeek> = [first, first.next()]
        .into_iter()
        .map(|week| {
            (
                week,
                SchoolWeek::new(week, calendar.clone(), &timetables, &BTreeSet::new()),
            )
        })
        .collect();
    Plan {
        institution,
        teachers: teacher_cards(&weeks, &BTreeMap::new()),
        weeks,
        rules: InstitutionRules::none(institution),
    }
}

/// A school whose published week has no clash: each class has at each hour what the choice says, if teachers are free.
pub(super) fn school() -> impl Strategy<Value = Plan> {
    let hours = usize::from(NUMBERS) * 5 * CLASSES as usize;
    proptest::collection::vec((0u128..5, 0u128..TEACHERS, 0u128..TEACHERS), hours).prop_map(|choices| {
        let mut slots: Vec<(u128, Slot)> = vec![];
        let mut choices = choices.into_iter();
        for weekday in 1..=5 {
            for number in 1..=NUMBERS {
                let mut busy = BTreeSet::new();
                for class in 0..CLASSES {
                    let Some((what, one, other)) = choices.next() else {
                        continue;
                    };
                    let wanted: Vec<(u128, u128)> = match what {
                        0 | 1 => vec![(what, one)],
                        2 if one != other => vec![(2, one), (3, other)],
                        _ => vec![],
                    };
                    if wanted.iter().all(|(_, teacher)| !busy.contains(teacher)) {
                        for (of, teacher) in wanted {
                            busy.insert(teacher);
                            slots.push((class, slot(weekday, number, (class, of), teacher)));
                        }
                    }
                }
            }
        }
        plan_of(&slots, vec![])
    })
}

/// Algebra and history of one class on Monday, English in subgroups, and algebra of another class.
pub(super) fn small() -> Plan {
    let slots = [
        (0, slot(1, 1, (0, 0), 1)),
        (0, slot(1, 2, (0, 1), 2)),
        (0, slot(1, 3, (0, 2), 3)),
        (0, slot(1, 3, (0, 3), 4)),
        (1, slot(1, 2, (1, 0), 1)),
        (1, slot(2, 1, (1, 0), 5)),
    ];
    plan_of(&slots, vec![])
}

pub(super) fn days(week: Week) -> impl Iterator<Item = Date> {
    week.monday().series(1.day()).take(7)
}

/// The lessons of the first week, changed or not, in order.
pub(super) fn lesson_names(plan: &Plan) -> Vec<LessonName> {
    let week = &plan.weeks[&Week::of(MONDAY)];
    let published = days(week.week).flat_map(|date| {
        week.published_on(date).map(|(lesson, _)| LessonName {
            key: lesson.key(),
            group: lesson.slot.group,
        })
    });
    let mut names: Vec<_> = published.collect();
    names.sort();
    names
}

/// What somebody asks for, by numbers that are taken modulo what there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) lesson: usize,
    kind: u8,
    teacher: u128,
    other: usize,
    day: i64,
    number: u8,
}

pub(super) fn ask() -> impl Strategy<Value = Ask> {
    (
        any::<usize>(),
        0u8..8,
        0u128..TEACHERS,
        any::<usize>(),
        0i64..12,
        1u8..=NUMBERS,
    )
        .prop_map(|(lesson, kind, teacher, other, day, number)| Ask {
            lesson,
            kind,
            teacher,
            other,
            day,
            number,
        })
}

pub(super) fn wish(plan: &Plan, names: &[LessonName], ask: Ask) -> Wish {
    let with = names[ask.other % names.len()];
    let room = format!("{}", 100 + ask.teacher);
    match ask.kind {
        0 | 1 => Wish::Assign {
            teacher: teacher(ask.teacher),
            subject: None,
            room: (ask.kind == 1).then_some(room),
        },
        2 => Wish::Room(room),
        3 => Wish::Cancel,
        4 => Wish::Move {
            to: LessonKey {
                date: MONDAY.saturating_add(ask.day.days()),
                number: ask.number,
            },
            room: None,
        },
        5 => Wish::Swap {
            with,
            seen: plan.lesson(with).map_or(0, |lesson| lesson.version()),
        },
        6 => Wish::Merge { with },
        _ => Wish::TakeBack,
    }
}

/// An order on the lesson as it stands.
pub(super) fn order(plan: &Plan, lesson: LessonName, wish: Wish) -> Order {
    Order {
        lesson,
        seen: plan.lesson(lesson).map_or(0, |lesson| lesson.version()),
        wish,
        note: "болезнь".to_owned(),
        by: PersonId::from_bits(900),
        at: "2026-11-22T10:00:00Z".parse().expect("a moment"),
    }
}
