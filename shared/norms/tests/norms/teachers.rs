//! Empty hours of teachers.

use jiff::civil::date;
use timetable_norms::{Cycle, Measure, Severity, Week};

use crate::sketch::{
    AFTERNOON, MORNING, add, class, empty_week, figures, found, regime, teacher, week_of, weekday,
};

/// One teacher gives all lessons.
fn taught_by_one(mut week: Week) -> Week {
    for lesson in &mut week.lessons {
        lesson.teacher = Some("t".to_owned());
    }
    week.teachers = vec![teacher("t")];
    week
}

#[test]
fn two_empty_hours_in_a_row_are_kept_and_three_are_not() {
    let two = taught_by_one(week_of(class("7А", 7), &["Музыка, -, -, ИЗО, -, -, Труд"]));
    assert_eq!(figures(&two, "teacher-windows"), []);
    let three = taught_by_one(week_of(class("7А", 7), &["Музыка", "Музыка, -, -, -, ИЗО"]));
    let findings = found(&three, "teacher-windows");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].measured, Measure::Lessons(3));
    assert_eq!(findings[0].place.teacher.as_deref(), Some("t"));
    assert_eq!(findings[0].place.days, [weekday(2)]);
    assert_eq!(
        findings[0].place.lessons,
        ["7А 2.1 Музыка 1 Every", "7А 2.5 ИЗО 1 Every"]
    );
    assert!(
        findings[0]
            .message
            .arguments
            .contains(&("teacher", "t name".into()))
    );
}

#[test]
fn the_order_of_2016_forbids_until_that_of_2025_takes_its_place() {
    let mut week = taught_by_one(week_of(class("7А", 7), &["Музыка, -, -, -, ИЗО"]));
    let cited = |week: &_| {
        let findings = found(week, "teacher-windows");
        (findings[0].severity, findings[0].document.ru.clone())
    };
    week.date = date(2025, 8, 31);
    assert_eq!(
        cited(&week),
        (
            Severity::Forbids,
            "Приказ Минобрнауки России от 11.05.2016 № 536".to_owned()
        )
    );
    week.date = date(2025, 9, 1);
    assert_eq!(
        cited(&week),
        (
            Severity::Warns,
            "Приказ Минпросвещения России от 04.04.2025 № 268".to_owned()
        )
    );
}

#[test]
fn a_teacher_who_asked_for_empty_hours_may_have_them() {
    let mut week = taught_by_one(week_of(class("7А", 7), &["Музыка, -, -, -, ИЗО"]));
    week.teachers[0].asked_for_windows = true;
    assert_eq!(figures(&week, "teacher-windows"), []);
}

#[test]
fn lessons_in_other_classes_and_outside_the_curriculum_fill_the_hours() {
    let mut week = empty_week();
    add(&mut week, class("7А", 7), &MORNING, &["Музыка, -, -, -, ИЗО"]);
    add(&mut week, class("7Б", 7), &MORNING, &["-, -, +Хор"]);
    assert_eq!(figures(&taught_by_one(week), "teacher-windows"), []);
}

#[test]
fn between_the_shifts_hours_are_counted_by_the_bells() {
    let both_shifts = |morning: &str, afternoon: &str| {
        let mut week = empty_week();
        week.bells = vec![regime("1", &MORNING), regime("2", &AFTERNOON)];
        add(&mut week, class("7А", 7), &MORNING, &[morning]);
        let mut second = class("6Б", 6);
        second.shift = 2;
        second.bells = "2".to_owned();
        add(&mut week, second, &AFTERNOON, &[afternoon]);
        figures(&taught_by_one(week), "teacher-windows")
    };
    // From 12:20 to 15:15 there is room for 12:30–13:15 and 13:25–14:10, then only 14:20–15:05.
    assert_eq!(
        both_shifts("Музыка, ИЗО, Труд, Музыка", "-, -, ИЗО"),
        [(Measure::Lessons(3), Measure::Lessons(2))]
    );
    // From 13:15 to 15:15: 13:25–14:10 and 14:20–15:05.
    assert_eq!(both_shifts("Музыка, ИЗО, Труд, Музыка, ИЗО", "-, -, ИЗО"), []);
}

#[test]
fn without_bells_the_times_of_the_lessons_serve() {
    let mut week = empty_week();
    add(&mut week, class("7А", 7), &MORNING, &["Музыка"]);
    let mut second = class("6Б", 6);
    second.bells = "2".to_owned();
    add(&mut week, second, &AFTERNOON, &["ИЗО"]);
    let mut week = taught_by_one(week);
    assert_eq!(
        figures(&week, "teacher-windows"),
        [],
        "no other lessons, no hours to count"
    );
    let others = "-, Труд, Музыка, ИЗО";
    add(&mut week, class("7Б", 7), &MORNING, &[others]);
    assert_eq!(
        figures(&week, "teacher-windows"),
        [(Measure::Lessons(3), Measure::Lessons(2))]
    );
}

#[test]
fn empty_hours_of_one_kind_of_weeks_are_told_of_it() {
    let week = taught_by_one(week_of(class("7А", 7), &["Музыка, -, Труд@a, -, ИЗО"]));
    let findings = found(&week, "teacher-windows");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].place.cycle, Cycle::B);
}

#[test]
fn colleges_count_teachers_hours_too() {
    let mut week = taught_by_one(week_of(class("9КС-141", 1), &["Музыка, -, -, -, ИЗО"]));
    week.institution = model::InstitutionKind::Vocational;
    assert_eq!(figures(&week, "teacher-windows").len(), 1);
}
