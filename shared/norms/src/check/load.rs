//! How many lessons one pupil has.

use super::{Scope, count, place_of, worst};
use crate::{Finding, Measure, Once, Place, WeekLimit, pupils::Hour};

/// Lessons a week.
pub(super) fn week(scope: Scope<'_>, limits: &[WeekLimit]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in scope.pupils() {
        let Some(limit) = limits
            .iter()
            .find(|limit| limit.grades.contains(&pupil.class.grade))
        else {
            continue;
        };
        let limit = u32::from(limit.of(pupil.class.days));
        let days = pupil.lessons_of_curriculum();
        let lessons = count(days.values().map(Vec::len).sum());
        if lessons > limit {
            findings.push(scope.cite.finding(
                place_of(pupil),
                (Measure::Lessons(lessons), Measure::Lessons(limit)),
                "norm-week-load",
                vec![
                    ("class", pupil.class.title.as_str().into()),
                    ("measured", lessons.into()),
                    ("limit", limit.into()),
                ],
            ));
        }
    }
    worst(findings, |finding| {
        (finding.place.classes.clone(), finding.place.cycle)
    })
}

/// Lessons a day, with a longer day once a week.
pub(super) fn day(scope: Scope<'_>, limit: u16, once: Option<&Once>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in scope.pupils() {
        let mut once_left = once;
        for (day, hours) in pupil.lessons_of_curriculum() {
            let lessons = count(hours.len());
            if lessons <= u32::from(limit) {
                continue;
            }
            if once_left.is_some_and(|once| is_allowed_once(scope, once, &hours)) {
                once_left = None;
                continue;
            }
            let could_be_once = once.is_some_and(|once| lessons <= u32::from(once.lessons));
            let too_late = hours.iter().skip(usize::from(limit));
            let place = Place {
                days: vec![day],
                lessons: too_late.flat_map(Hour::ids).collect(),
                ..place_of(pupil)
            };
            findings.push(scope.cite.finding(
                place,
                (Measure::Lessons(lessons), Measure::Lessons(limit.into())),
                if could_be_once {
                    "norm-day-load-once"
                } else {
                    "norm-day-load"
                },
                vec![
                    ("class", pupil.class.title.as_str().into()),
                    ("day", day.into()),
                    ("measured", lessons.into()),
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

fn is_allowed_once(scope: Scope<'_>, once: &Once, hours: &[Hour<'_>]) -> bool {
    let has_subject = once.subject.as_deref().is_none_or(|subject| {
        hours
            .iter()
            .flat_map(|hour| &hour.lessons)
            .any(|lesson| scope.table.subject(&lesson.subject) == Some(subject))
    });
    hours.len() <= usize::from(once.lessons) && has_subject
}

/// Days with lessons a week.
pub(super) fn days(scope: Scope<'_>, limit: u8) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pupil in scope.pupils() {
        let days = pupil.lessons_of_curriculum();
        let taught = count(days.len());
        if taught <= u32::from(limit) {
            continue;
        }
        let beyond: Vec<_> = days.iter().skip(usize::from(limit)).collect();
        let place = Place {
            days: beyond.iter().map(|(day, _)| **day).collect(),
            lessons: beyond
                .iter()
                .flat_map(|(_, hours)| hours.iter().flat_map(Hour::ids))
                .collect(),
            ..place_of(pupil)
        };
        findings.push(scope.cite.finding(
            place,
            (Measure::Days(taught), Measure::Days(limit.into())),
            "norm-week-days",
            vec![
                ("class", pupil.class.title.as_str().into()),
                ("measured", taught.into()),
                ("limit", limit.into()),
            ],
        ));
    }
    worst(findings, |finding| {
        (finding.place.classes.clone(), finding.place.cycle)
    })
}
