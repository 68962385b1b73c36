//! Empty hours of teachers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use model::Weekday;

use super::{Scope, worst};
use crate::{Finding, Lesson, Measure, Place, Week, pupils::cycles};

/// No more empty hours in a row, unless the teacher asked for them.
pub(super) fn windows(scope: Scope<'_>, limit: u16) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (teacher, lessons) in lessons_of_teachers(scope.week) {
        let card = scope.week.teachers.iter().find(|known| known.id == teacher);
        if card.is_some_and(|card| card.asked_for_windows) {
            continue;
        }
        let name = card.map_or(teacher, |card| &card.name);
        for &cycle in cycles(&lessons) {
            for (before, after) in gaps(lessons.iter().copied().filter(|lesson| lesson.cycle.meets(cycle))) {
                let empty = empty_hours(scope.week, before, after);
                if empty <= limit {
                    continue;
                }
                let place = Place {
                    teacher: Some(teacher.to_owned()),
                    days: vec![before.day],
                    cycle,
                    lessons: vec![before.id.clone(), after.id.clone()],
                    ..Place::nowhere()
                };
                findings.push(scope.cite.finding(
                    place,
                    (Measure::Lessons(empty.into()), Measure::Lessons(limit.into())),
                    "norm-teacher-windows",
                    vec![
                        ("teacher", name.into()),
                        ("day", before.day.into()),
                        ("measured", empty.into()),
                        ("limit", limit.into()),
                    ],
                ));
            }
        }
    }
    worst(findings, |finding| {
        let place = &finding.place;
        (
            place.teacher.clone(),
            place.days.clone(),
            place.cycle,
            place.lessons.clone(),
        )
    })
}

fn lessons_of_teachers(week: &Week) -> BTreeMap<&str, Vec<&Lesson>> {
    let mut by_teacher: BTreeMap<&str, Vec<&Lesson>> = BTreeMap::new();
    for lesson in &week.lessons {
        if let Some(teacher) = &lesson.teacher {
            by_teacher.entry(teacher).or_default().push(lesson);
        }
    }
    for lessons in by_teacher.values_mut() {
        lessons.sort_by_key(|lesson| (lesson.day, lesson.start, lesson.end, &lesson.id));
    }
    by_teacher
}

/// The lessons around each time in which the teacher has none, in one day.
fn gaps<'w>(lessons: impl Iterator<Item = &'w Lesson>) -> Vec<(&'w Lesson, &'w Lesson)> {
    let mut around = Vec::new();
    let mut latest: Option<&Lesson> = None;
    for lesson in lessons {
        let before = latest.filter(|before| before.day == lesson.day);
        around.extend(
            before
                .filter(|before| before.end <= lesson.start)
                .map(|before| (before, lesson)),
        );
        latest = before.filter(|before| before.end >= lesson.end).or(Some(lesson));
    }
    around
}

/// How many lessons would fit between two lessons of a day. Within the bells of one class they are counted by number,
/// between shifts by time.
fn empty_hours(week: &Week, before: &Lesson, after: &Lesson) -> u16 {
    let (of_before, of_after) = (regimes(week, before), regimes(week, after));
    if of_before.intersection(&of_after).next().is_some() && before.number < after.number {
        return u16::from(after.number - before.number - 1);
    }
    let regimes: BTreeSet<&str> = of_before.union(&of_after).copied().collect();
    let mut periods: Vec<(Time, Time)> = regimes
        .into_iter()
        .flat_map(|regime| periods(week, regime, before.day))
        .collect();
    // By their ends, so that as many as possible fit.
    periods.sort_by_key(|(start, end)| (*end, *start));
    let mut free_from = before.end;
    let mut empty = 0;
    for (start, end) in periods {
        if free_from <= start && start < end && end <= after.start {
            empty += 1;
            free_from = end;
        }
    }
    empty
}

fn regimes<'w>(week: &'w Week, lesson: &Lesson) -> BTreeSet<&'w str> {
    week.classes
        .iter()
        .filter(|class| lesson.classes.contains(&class.id))
        .map(|class| class.bells.as_str())
        .collect()
}

/// The bells of a regime on a day; where there are none, the times of its lessons.
fn periods(week: &Week, regime: &str, day: Weekday) -> Vec<(Time, Time)> {
    let bells: Vec<(Time, Time)> = week
        .bells
        .iter()
        .filter(|known| known.id == regime)
        .flat_map(|known| &known.days)
        .filter(|(known, _)| *known == day)
        .flat_map(|(_, bells)| bells.iter().map(|bell| (bell.start, bell.end)))
        .collect();
    if !bells.is_empty() {
        return bells;
    }
    week.lessons
        .iter()
        .filter(|lesson| lesson.day == day)
        .filter(|lesson| regimes(week, lesson).contains(regime))
        .map(|lesson| (lesson.start, lesson.end))
        .collect()
}
