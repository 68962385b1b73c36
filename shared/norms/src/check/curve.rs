//! How difficulty is spread over the week and the day.

use std::collections::{BTreeMap, BTreeSet};

use model::Weekday;

use super::{Gathered, Scope, place_of, worst};
use crate::{
    Finding, Measure, Place, Threshold,
    pupils::{Hour, PupilWeek},
};

/// The points of an hour: of the hardest lesson that may be the pupil's.
fn points(scope: Scope<'_>, scale: &str, grade: u8, hour: &Hour<'_>) -> Option<u32> {
    let points = |subject: &str| scope.table.points(scale, subject, grade);
    let of_lessons = hour.lessons.iter().filter_map(|lesson| points(&lesson.subject));
    of_lessons.max().map(u32::from)
}

/// The points of each day, unless too few lessons have any.
fn points_of_days(
    scope: Scope<'_>,
    scale: &str,
    coverage: u8,
    pupil: &PupilWeek<'_>,
) -> Option<BTreeMap<Weekday, u32>> {
    let mut known = 0_usize;
    let mut all = 0_usize;
    let mut days = BTreeMap::new();
    for (day, hours) in pupil.lessons_of_curriculum() {
        let of_hours: Vec<u32> = hours
            .iter()
            .filter_map(|hour| points(scope, scale, pupil.class.grade, hour))
            .collect();
        all += hours.len();
        known += of_hours.len();
        days.insert(day, of_hours.iter().sum());
    }
    (known > 0 && known * 100 >= all * usize::from(coverage)).then_some(days)
}

/// The hardest day is one of the named ones.
pub(super) fn hardest_days(
    scope: Scope<'_>,
    allowed: &BTreeSet<Weekday>,
    scale: &str,
    coverage: u8,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (Some(first), Some(second)) = (allowed.first(), allowed.last()) else {
        return findings;
    };
    for pupil in scope.pupils() {
        let Some(days) = points_of_days(scope, scale, coverage, pupil) else {
            continue;
        };
        let best = allowed
            .iter()
            .filter_map(|day| days.get(day))
            .max()
            .copied()
            .unwrap_or(0);
        let top = days.values().max().copied().unwrap_or(0);
        let Some((day, _)) = days.iter().find(|(_, points)| **points == top && top > best) else {
            continue;
        };
        let lessons = pupil.lessons_of_curriculum();
        let place = Place {
            days: vec![*day],
            lessons: lessons
                .get(day)
                .into_iter()
                .flatten()
                .flat_map(Hour::ids)
                .collect(),
            ..place_of(pupil)
        };
        findings.push(scope.cite.finding(
            place,
            (Measure::Points(top), Measure::Points(best)),
            "norm-hardest-days",
            vec![
                ("class", pupil.class.title.as_str().into()),
                ("day", (*day).into()),
                ("measured", top.into()),
                ("limit", best.into()),
                ("first", (*first).into()),
                ("second", (*second).into()),
            ],
        ));
    }
    worst(findings, |finding| {
        (finding.place.classes.clone(), finding.place.cycle)
    })
}

/// Where hard subjects must not stand.
pub(super) struct Edges<'r> {
    pub(super) scale: &'r str,
    pub(super) thresholds: &'r [Threshold],
    pub(super) first: bool,
    pub(super) last: bool,
    pub(super) lessons_at_least: u16,
}

/// Hard subjects at the edges of days, told once for a class.
pub(super) fn hard_lessons(scope: Scope<'_>, edges: &Edges<'_>) -> Vec<Finding> {
    let mut found: BTreeMap<&str, (Gathered, u8)> = BTreeMap::new();
    for pupil in scope.pupils() {
        let grade = pupil.class.grade;
        let Some(threshold) = edges
            .thresholds
            .iter()
            .find(|known| known.grades.contains(&grade))
        else {
            continue;
        };
        for (day, hours) in pupil.lessons_of_curriculum() {
            if hours.len() < usize::from(edges.lessons_at_least) {
                continue;
            }
            let first = hours.first().filter(|_| edges.first);
            let last = hours.last().filter(|_| edges.last);
            for lesson in first.into_iter().chain(last).flat_map(|hour| &hour.lessons) {
                let points = scope.table.points(edges.scale, &lesson.subject, grade);
                if points.is_some_and(|points| points >= threshold.points) {
                    let (gathered, hard) = found.entry(&pupil.class.id).or_default();
                    gathered.add(pupil.class, day, [lesson.id.clone()]);
                    *hard = threshold.points;
                }
            }
        }
    }
    found
        .into_values()
        .map(|(gathered, hard)| {
            let lessons = gathered.count();
            let arguments = vec![
                ("class", gathered.titles()),
                ("measured", lessons.into()),
                ("points", hard.into()),
            ];
            scope.cite.finding(
                gathered.place(),
                (Measure::Lessons(lessons), Measure::Lessons(0)),
                "norm-hard-lessons",
                arguments,
            )
        })
        .collect()
}
