//! The shape of a class's week: its shift, empty hours, doubled lessons.

use std::collections::{BTreeMap, BTreeSet};

use super::{Gathered, Scope, count, place_of, worst};
use crate::{Finding, Lesson, Measure, Place, pupils::Hour, subjects::words};

/// The class is not taught in a later shift.
pub(super) fn shift(scope: Scope<'_>, last: u8) -> Vec<Finding> {
    scope
        .classes()
        .filter(|class| class.shift > last)
        .map(|class| {
            let place = Place {
                classes: vec![class.id.clone()],
                ..Place::nowhere()
            };
            scope.cite.finding(
                place,
                (Measure::Shift(class.shift.into()), Measure::Shift(last.into())),
                "norm-shift",
                vec![
                    ("class", class.title.as_str().into()),
                    ("measured", class.shift.into()),
                    ("limit", last.into()),
                ],
            )
        })
        .collect()
}

/// Empty hours of a pupil's day. A lesson outside the curriculum fills an hour.
pub(super) fn windows(scope: Scope<'_>, limit: u16) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in scope.pupils() {
        for (day, hours) in &pupil.days {
            let mut empty = 0;
            let mut around = Vec::new();
            for (before, after) in hours.iter().zip(hours.iter().skip(1)) {
                let between = after.number.saturating_sub(before.number).saturating_sub(1);
                if between > 0 {
                    empty += u32::from(between);
                    around.extend(before.ids().chain(after.ids()));
                }
            }
            if empty <= u32::from(limit) {
                continue;
            }
            let place = Place {
                days: vec![*day],
                lessons: around,
                ..place_of(pupil)
            };
            findings.push(scope.cite.finding(
                place,
                (Measure::Lessons(empty), Measure::Lessons(limit.into())),
                "norm-pupil-windows",
                vec![
                    ("class", pupil.class.title.as_str().into()),
                    ("day", (*day).into()),
                    ("measured", empty.into()),
                    ("limit", limit.into()),
                ],
            ));
        }
    }
    worst(findings, |finding| {
        let place = &finding.place;
        (place.classes.clone(), place.days.clone(), place.cycle)
    })
}

/// The doubled lessons of a class.
#[derive(Default)]
struct Doubled<'w> {
    gathered: Gathered,
    pairs: BTreeSet<(&'w str, &'w str)>,
}

/// A subject twice in a row for one group.
pub(super) fn doubles(scope: Scope<'_>, except: &BTreeSet<String>) -> Vec<Finding> {
    let mut found: BTreeMap<&str, Doubled<'_>> = BTreeMap::new();
    for pupil in scope.pupils() {
        for (day, hours) in pupil.lessons_of_curriculum() {
            for (first, second) in doubled(scope, &hours, except) {
                let of_class = found.entry(&pupil.class.id).or_default();
                of_class
                    .gathered
                    .add(pupil.class, day, [first.id.clone(), second.id.clone()]);
                of_class.pairs.insert((&first.id, &second.id));
            }
        }
    }
    found
        .into_values()
        .map(|Doubled { gathered, pairs }| {
            let pairs = count(pairs.len());
            let arguments = vec![("class", gathered.titles()), ("measured", pairs.into())];
            scope.cite.finding(
                gathered.place(),
                (Measure::Lessons(pairs), Measure::Lessons(0)),
                "norm-double-lessons",
                arguments,
            )
        })
        .collect()
}

fn doubled<'w>(
    scope: Scope<'_>,
    hours: &[Hour<'w>],
    except: &BTreeSet<String>,
) -> Vec<(&'w Lesson, &'w Lesson)> {
    let mut pairs = Vec::new();
    for (before, after) in hours.iter().zip(hours.iter().skip(1)) {
        if before.number.checked_add(1) != Some(after.number) {
            continue;
        }
        for &first in &before.lessons {
            let subject = scope.table.subject(&first.subject);
            if subject.is_some_and(|subject| except.contains(subject)) {
                continue;
            }
            let again = after.lessons.iter().find(|second| {
                second.group == first.group
                    && match (subject, scope.table.subject(&second.subject)) {
                        (None, None) => words(&first.subject) == words(&second.subject),
                        (first, second) => first == second,
                    }
            });
            pairs.extend(again.map(|&second| (first, second)));
        }
    }
    pairs
}
