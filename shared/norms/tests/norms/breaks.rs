//! Breaks and the long break.

use jiff::civil::{Time, time};
use timetable_norms::{Measure, NormTable, SHIPPED, Week, check};

use crate::sketch::{FIRST_GRADE, add, class, empty_week, figures, found, weekday};

/// Lessons of 40 minutes from 8:00 with these breaks between them.
fn with_breaks(grade: u8, breaks: &[i64]) -> Week {
    let mut start = time(8, 0, 0, 0);
    let mut bells: Vec<(Time, Time)> = Vec::new();
    for pause in breaks.iter().chain([&0]) {
        let end = start.saturating_add(jiff::Span::new().minutes(40));
        bells.push((start, end));
        start = end.saturating_add(jiff::Span::new().minutes(*pause));
    }
    let names = ["Музыка", "ИЗО", "Труд", "Литература", "История", "Ритмика"];
    let mut week = empty_week();
    add(
        &mut week,
        class("A", grade),
        &bells,
        &[&names[..bells.len()].join(", ")],
    );
    week
}

#[test]
fn a_break_has_ten_minutes() {
    assert_eq!(figures(&with_breaks(5, &[10, 20, 10]), "break"), []);
    let short = found(&with_breaks(5, &[10, 20, 9]), "break");
    assert_eq!(short.len(), 1);
    assert_eq!(
        (short[0].measured, short[0].limit),
        (Measure::Minutes(9), Measure::Minutes(10))
    );
    assert_eq!(
        short[0].place.lessons,
        ["A 1.3 Труд 1 Every", "A 1.4 Литература 1 Every"]
    );
}

#[test]
fn the_long_break_is_after_the_second_or_third_lesson() {
    for breaks in [
        [10, 20, 10, 10],
        [10, 10, 20, 10],
        [10, 30, 10, 10],
        [10, 20, 20, 10],
    ] {
        assert_eq!(figures(&with_breaks(5, &breaks), "long-break"), [], "{breaks:?}");
    }
    for (breaks, longest) in [
        ([20, 10, 10, 10], 10),
        ([10, 10, 10, 20], 10),
        ([10, 19, 15, 10], 19),
        ([10, 31, 10, 10], 31),
    ] {
        assert_eq!(
            figures(&with_breaks(5, &breaks), "long-break"),
            [(Measure::Minutes(longest), Measure::Minutes(20))],
            "{breaks:?}"
        );
    }
}

#[test]
fn two_shorter_ones_may_stand_for_the_long_break() {
    let table =
        NormTable::parse(&SHIPPED.replace("\"at_least\": 20", "\"at_least\": 25")).expect("a valid table");
    let found = |breaks: &[i64]| {
        let findings = check(&with_breaks(5, breaks), &table).findings;
        findings
            .iter()
            .filter(|finding| finding.norm == "long-break")
            .count()
    };
    assert_eq!(found(&[10, 20, 20, 10]), 0);
    assert_eq!(found(&[10, 20, 19, 10]), 1);
    assert_eq!(found(&[10, 10, 25, 10]), 0);
}

#[test]
fn a_day_of_two_lessons_needs_no_long_break() {
    assert_eq!(figures(&with_breaks(5, &[10]), "long-break"), []);
}

#[test]
fn a_class_that_begins_with_the_second_lesson_counts_by_number_or_by_place() {
    for breaks in [[20, 10, 10], [10, 20, 10], [10, 10, 20]] {
        let mut week = with_breaks(5, &breaks);
        for lesson in &mut week.lessons {
            lesson.number += 1;
        }
        assert_eq!(figures(&week, "long-break"), [], "{breaks:?}");
    }
}

#[test]
fn a_wrong_break_is_told_once_with_all_days() {
    let mut week = with_breaks(5, &[5, 20, 10]);
    let again: Vec<_> = week
        .lessons
        .iter()
        .map(|lesson| {
            let mut lesson = lesson.clone();
            lesson.day = weekday(4);
            lesson.id.push('!');
            lesson
        })
        .collect();
    week.lessons.extend(again);
    let short = found(&week, "break");
    assert_eq!(short.len(), 1);
    assert_eq!(short[0].place.days, [weekday(1), weekday(4)]);
    assert_eq!(short[0].place.lessons.len(), 4);
}

#[test]
fn an_empty_hour_is_no_break() {
    let mut week = with_breaks(5, &[10, 20, 10]);
    week.lessons[3].number = 6;
    assert_eq!(figures(&week, "break"), []);
    assert_eq!(figures(&week, "long-break"), []);
}

#[test]
fn grade_1_has_a_pause_of_forty_minutes_instead() {
    let days = ["Музыка, ИЗО, Литература, Труд"];
    let mut week = empty_week();
    add(&mut week, class("1А", 1), &FIRST_GRADE, &days);
    assert_eq!(figures(&week, "dynamic-pause-1"), []);
    assert_eq!(figures(&week, "long-break"), []);
    for lesson in week.lessons.iter_mut().filter(|lesson| lesson.number == 2) {
        lesson.end = time(9, 51, 0, 0);
    }
    assert_eq!(
        figures(&week, "dynamic-pause-1"),
        [(Measure::Minutes(39), Measure::Minutes(40))]
    );
}
