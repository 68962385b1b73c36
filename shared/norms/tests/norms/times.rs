//! Bounds of the day, length and numbers of lessons, shifts.

use jiff::civil::{Time, date, time};
use timetable_norms::{Measure, Severity, Week};

use crate::sketch::{MORNING, add, class, empty_week, figures, found, week_of};

fn one_lesson(grade: u8, start: Time, end: Time) -> Week {
    let mut week = empty_week();
    add(&mut week, class("A", grade), &[(start, end)], &["Музыка"]);
    week
}

#[test]
fn lessons_begin_at_eight_at_the_earliest() {
    let (at, before) = (time(8, 0, 0, 0), time(7, 59, 0, 0));
    assert_eq!(figures(&one_lesson(5, at, time(8, 40, 0, 0)), "day-bounds"), []);
    let early = found(&one_lesson(5, before, time(8, 40, 0, 0)), "day-bounds");
    assert_eq!(
        (early[0].measured, early[0].limit),
        (Measure::Time(before), Measure::Time(at))
    );
    assert_eq!(early[0].message.key, "norm-day-begins-early");
    assert_eq!(early[0].severity, Severity::Forbids);
}

#[test]
fn lessons_end_at_seven_in_the_evening_at_the_latest() {
    let (at, after) = (time(19, 0, 0, 0), time(19, 1, 0, 0));
    assert_eq!(figures(&one_lesson(6, time(18, 20, 0, 0), at), "day-bounds"), []);
    let late = found(&one_lesson(6, time(18, 20, 0, 0), after), "day-bounds");
    assert_eq!(
        (late[0].measured, late[0].limit),
        (Measure::Time(after), Measure::Time(at))
    );
    assert_eq!(late[0].message.key, "norm-day-ends-late");
}

#[test]
fn a_lesson_lasts_45_minutes_at_most() {
    let start = time(9, 0, 0, 0);
    assert_eq!(
        figures(&one_lesson(2, start, time(9, 45, 0, 0)), "lesson-length"),
        []
    );
    assert_eq!(
        figures(&one_lesson(2, start, time(9, 46, 0, 0)), "lesson-length"),
        [(Measure::Minutes(46), Measure::Minutes(45))]
    );
}

#[test]
fn grade_1_has_35_minutes_until_december_and_40_from_january() {
    let lasting = |minutes: i8, date| {
        let mut week = one_lesson(1, time(9, 0, 0, 0), time(9, minutes, 0, 0));
        week.date = date;
        ["lesson-length-1-autumn", "lesson-length-1", "lesson-length"].map(|norm| found(&week, norm).len())
    };
    assert_eq!(lasting(35, date(2026, 12, 31)), [0, 0, 0]);
    assert_eq!(lasting(36, date(2026, 12, 31)), [1, 0, 0]);
    assert_eq!(lasting(40, date(2026, 1, 12)), [0, 0, 0]);
    assert_eq!(lasting(41, date(2026, 1, 12)), [0, 1, 0]);
}

#[test]
fn pupils_with_special_needs_have_40_minutes_and_the_first_shift() {
    let mut week = one_lesson(6, time(9, 0, 0, 0), time(9, 41, 0, 0));
    week.classes[0].shift = 2;
    assert_eq!(found(&week, "lesson-length-special-needs"), []);
    assert_eq!(found(&week, "first-shift-special-needs"), []);
    week.classes[0].special_needs = true;
    assert_eq!(found(&week, "lesson-length-special-needs").len(), 1);
    assert_eq!(found(&week, "first-shift-special-needs").len(), 1);
}

#[test]
fn one_long_bell_is_told_once_for_all_classes_and_days() {
    let mut week = empty_week();
    let long = [(time(9, 0, 0, 0), time(9, 50, 0, 0))];
    for id in ["10А", "7Б", "7А"] {
        add(&mut week, class(id, 7), &long, &["Музыка", "Музыка"]);
    }
    let findings = found(&week, "lesson-length");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].place.lessons.len(), 6);
    assert_eq!(findings[0].place.classes, ["10А", "7А", "7Б"]);
    assert!(
        findings[0]
            .message
            .arguments
            .contains(&("classes", "7А, 7Б, 10А".into())),
        "titles are listed as people count"
    );
}

#[test]
fn there_is_no_zero_lesson() {
    let mut week = week_of(class("8А", 8), &["Музыка, ИЗО"]);
    assert_eq!(figures(&week, "no-zero-lesson"), []);
    week.lessons[0].number = 0;
    assert_eq!(
        figures(&week, "no-zero-lesson"),
        [(Measure::Number(0), Measure::Number(1))]
    );
    week.lessons[0].extracurricular = true;
    assert_eq!(
        figures(&week, "no-zero-lesson"),
        [],
        "a talk before lessons is no lesson"
    );
}

#[test]
fn some_grades_are_taught_in_the_first_shift_only_and_nobody_in_a_third() {
    for grade in 1..=11 {
        let mut week = empty_week();
        let mut second = class("A", grade);
        second.shift = 2;
        add(&mut week, second, &MORNING, &[]);
        let must_be_first = [1, 5, 9, 10, 11].contains(&grade);
        assert_eq!(
            found(&week, "first-shift").len(),
            usize::from(must_be_first),
            "grade {grade}"
        );
        assert_eq!(found(&week, "two-shifts"), []);
        week.classes[0].shift = 3;
        assert_eq!(
            figures(&week, "two-shifts"),
            [(Measure::Shift(3), Measure::Shift(2))]
        );
        week.classes[0].shift = 1;
        assert_eq!(found(&week, "first-shift"), []);
    }
}

#[test]
fn kindergartens_and_colleges_have_no_bounds_of_schools() {
    let mut week = one_lesson(1, time(7, 0, 0, 0), time(7, 50, 0, 0));
    week.institution = model::InstitutionKind::Vocational;
    assert_eq!(crate::sketch::report(&week).findings, []);
}
