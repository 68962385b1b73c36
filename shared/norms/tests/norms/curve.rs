//! The curve of difficulty.

use timetable_norms::{Measure, Severity};

use crate::sketch::{class, figures, found, halves, week_of, weekday};

/// In grade 7: 10 + 11 + 4 = 25 points and 1 + 1 + 2 = 4.
const HARD: &str = "Литература, Алгебра, Русский язык";
const EASY: &str = "Музыка, ИЗО, Физкультура";

#[test]
fn the_hardest_day_is_tuesday_or_wednesday() {
    assert_eq!(
        figures(
            &week_of(class("7А", 7), &[EASY, HARD, EASY, EASY, EASY]),
            "hardest-days"
        ),
        []
    );
    assert_eq!(
        figures(
            &week_of(class("7А", 7), &[EASY, EASY, HARD, EASY, EASY]),
            "hardest-days"
        ),
        []
    );
    let on_friday = found(
        &week_of(class("7А", 7), &[EASY, EASY, EASY, EASY, HARD]),
        "hardest-days",
    );
    assert_eq!(on_friday.len(), 1);
    assert_eq!(on_friday[0].severity, Severity::Warns);
    assert_eq!(
        (on_friday[0].measured, on_friday[0].limit),
        (Measure::Points(25), Measure::Points(4))
    );
    assert_eq!(on_friday[0].place.days, [weekday(5)]);
    assert_eq!(on_friday[0].place.lessons.len(), 3);
}

#[test]
fn a_day_as_hard_as_tuesday_is_kept() {
    assert_eq!(
        figures(&week_of(class("7А", 7), &[HARD, HARD, EASY]), "hardest-days"),
        []
    );
}

#[test]
fn each_subgroup_has_its_own_curve() {
    // The first half has physics on Friday, the second one nothing as hard.
    let friday = "Литература, Алгебра, Русский язык, Химия|Музыка";
    let mut week = week_of(
        class("7А", 7),
        &[EASY, "Геометрия, Русский язык, Литература", EASY, EASY, friday],
    );
    week.classes[0].streams = halves("7А");
    assert_eq!(
        figures(&week, "hardest-days"),
        [(Measure::Points(38), Measure::Points(27))]
    );
}

#[test]
fn nothing_is_said_of_a_week_whose_subjects_are_mostly_unknown() {
    let unknown = "Лепка, Шитьё";
    let week = week_of(class("7А", 7), &[unknown, unknown, EASY, EASY, HARD]);
    assert_eq!(
        figures(&week, "hardest-days"),
        [],
        "9 of 13 lessons have points, 75 % are needed"
    );
    let fewer = week_of(class("7А", 7), &["Лепка", unknown, EASY, EASY, HARD]);
    assert_eq!(figures(&fewer, "hardest-days").len(), 1, "9 of 12 are enough");
}

#[test]
fn hard_lessons_at_the_edges_are_told_once_for_a_class() {
    let days = [
        "Алгебра, Музыка, ИЗО",
        "Музыка, Алгебра, Физика",
        "Музыка, Алгебра, ИЗО",
    ];
    let findings = found(&week_of(class("7А", 7), &days), "hard-lessons");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Informs);
    assert_eq!(
        findings[0].place.lessons,
        ["7А 1.1 Алгебра 1 Every", "7А 2.3 Физика 1 Every"]
    );
}

#[test]
fn the_threshold_of_hardness_depends_on_the_grade() {
    let edge = |grade, subject: &str| {
        let day = format!("{subject}, Музыка, ИЗО");
        found(&week_of(class("A", grade), &[&day]), "hard-lessons").len()
    };
    assert_eq!(edge(3, "Русский язык"), 1, "7 points in grades 1–4");
    assert_eq!(edge(3, "Окружающий мир"), 0, "6 points");
    assert_eq!(edge(8, "Русский язык"), 0, "7 points in grade 8");
    assert_eq!(edge(8, "Иностранный язык"), 1, "8 points");
}

#[test]
fn a_day_of_two_lessons_has_no_middle() {
    assert_eq!(
        figures(&week_of(class("7А", 7), &["Алгебра, Физика"]), "hard-lessons"),
        []
    );
}
