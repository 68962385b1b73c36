//! When lessons begin and end and how they are numbered. One wrong bell is told once, with all its classes and lessons.

use std::collections::BTreeMap;

use jiff::civil::Time;

use super::{Gathered, Scope};
use crate::{Argument, Finding, Lesson, Measure};

fn gathered<K: Ord>(scope: Scope<'_>, fault: impl Fn(&Lesson) -> Option<K>) -> BTreeMap<K, Gathered> {
    let mut found: BTreeMap<K, Gathered> = BTreeMap::new();
    for (class, lesson) in scope.lessons() {
        if let Some(key) = fault(lesson) {
            found
                .entry(key)
                .or_default()
                .add(class, lesson.day, [lesson.id.clone()]);
        }
    }
    found
}

fn finding(
    scope: Scope<'_>,
    gathered: Gathered,
    measures: (Measure, Measure),
    key: &'static str,
    (measured, limit): (Argument, Argument),
) -> Finding {
    let arguments = vec![
        ("classes", gathered.titles()),
        ("count", gathered.count().into()),
        ("measured", measured),
        ("limit", limit),
    ];
    scope.cite.finding(gathered.place(), measures, key, arguments)
}

/// No lesson lasts longer.
pub(super) fn length(scope: Scope<'_>, limit: u16) -> Vec<Finding> {
    let too_long = |lesson: &Lesson| Some(lesson.minutes()).filter(|minutes| *minutes > limit);
    gathered(scope, too_long)
        .into_iter()
        .map(|(minutes, gathered)| {
            finding(
                scope,
                gathered,
                (Measure::Minutes(minutes.into()), Measure::Minutes(limit.into())),
                "norm-lesson-length",
                (minutes.into(), limit.into()),
            )
        })
        .collect()
}

/// No lesson begins earlier or ends later.
pub(super) fn bounds(scope: Scope<'_>, earliest: Time, latest: Time) -> Vec<Finding> {
    let early = gathered(scope, |lesson| {
        Some(lesson.start).filter(|start| *start < earliest)
    })
    .into_iter()
    .map(|(start, gathered)| (gathered, start, earliest, "norm-day-begins-early"));
    let late = gathered(scope, |lesson| Some(lesson.end).filter(|end| *end > latest))
        .into_iter()
        .map(|(end, gathered)| (gathered, end, latest, "norm-day-ends-late"));
    early
        .chain(late)
        .map(|(gathered, time, bound, key)| {
            finding(
                scope,
                gathered,
                (Measure::Time(time), Measure::Time(bound)),
                key,
                (time.into(), bound.into()),
            )
        })
        .collect()
}

/// No lesson has a lower number.
pub(super) fn first_number(scope: Scope<'_>, first: u8) -> Vec<Finding> {
    let too_low = |lesson: &Lesson| Some(lesson.number).filter(|number| *number < first);
    gathered(scope, too_low)
        .into_iter()
        .map(|(number, gathered)| {
            finding(
                scope,
                gathered,
                (Measure::Number(number.into()), Measure::Number(first.into())),
                "norm-first-number",
                (number.into(), first.into()),
            )
        })
        .collect()
}
