//! Empty hours of pupils and doubled lessons.

use timetable_norms::{Measure, Severity};

use crate::sketch::{class, figures, found, halves, week_of, weekday};

#[test]
fn an_empty_hour_in_the_pupils_day_is_told_with_the_lessons_around_it() {
    let week = week_of(class("7А", 7), &["Музыка, ИЗО", "Музыка, -, -, ИЗО, -, Труд"]);
    let findings = found(&week, "pupil-windows");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].measured, Measure::Lessons(3));
    assert_eq!(findings[0].severity, Severity::Warns);
    assert!(findings[0].unsure.is_some());
    assert_eq!(findings[0].place.days, [weekday(2)]);
    assert_eq!(
        findings[0].place.lessons,
        [
            "7А 2.1 Музыка 1 Every",
            "7А 2.4 ИЗО 1 Every",
            "7А 2.6 Труд 1 Every"
        ]
    );
}

#[test]
fn a_late_beginning_is_no_empty_hour() {
    assert_eq!(
        figures(&week_of(class("7А", 7), &["-, Музыка, ИЗО"]), "pupil-windows"),
        []
    );
}

#[test]
fn a_lesson_outside_the_curriculum_fills_the_hour() {
    let week = week_of(class("7А", 7), &["Музыка, +Россия — мои горизонты, ИЗО"]);
    assert_eq!(figures(&week, "pupil-windows"), []);
}

#[test]
fn a_hole_of_one_subgroup_is_seen_when_the_subgroups_are_known() {
    let mut week = week_of(class("7А", 7), &["Музыка, Информатика|-, ИЗО"]);
    assert_eq!(figures(&week, "pupil-windows"), []);
    week.classes[0].streams = halves("7А");
    // The second half has no lesson of its own, so the class has to say that there is such a half.
    assert_eq!(
        figures(&week, "pupil-windows"),
        [(Measure::Lessons(1), Measure::Lessons(0))]
    );
}

#[test]
fn doubled_lessons_are_told_in_primary_classes_but_not_of_physical_education() {
    let doubled = ["Музыка, Русский язык, Русский язык, Физкультура, Физическая культура"];
    let findings = found(&week_of(class("3А", 3), &doubled), "double-lessons");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Informs);
    assert_eq!(
        findings[0].place.lessons,
        ["3А 1.2 Русский язык 1 Every", "3А 1.3 Русский язык 1 Every"]
    );
    assert_eq!(figures(&week_of(class("5А", 5), &doubled), "double-lessons"), []);
}

#[test]
fn subjects_are_doubled_by_meaning_and_only_next_to_each_other() {
    let meant = ["Англ. яз., Иностранный язык (английский), Музыка, Англ. яз."];
    assert_eq!(
        figures(&week_of(class("3А", 3), &meant), "double-lessons"),
        [(Measure::Lessons(1), Measure::Lessons(0))]
    );
    let unknown = ["Лепка, лепка!, Шитьё, Вязание"];
    assert_eq!(
        figures(&week_of(class("3А", 3), &unknown), "double-lessons"),
        [(Measure::Lessons(1), Measure::Lessons(0))]
    );
}

#[test]
fn two_subgroups_after_each_other_are_not_doubled() {
    let week = week_of(class("3А", 3), &["Музыка, Английский язык|-, -|Английский язык"]);
    assert_eq!(figures(&week, "double-lessons"), []);
}
