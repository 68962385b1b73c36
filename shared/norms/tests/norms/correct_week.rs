//! A realistic week of a school in two shifts which keeps every norm.

use std::collections::BTreeSet;

use timetable_norms::{UnmatchedReason, Week};

use crate::sketch::{AFTERNOON, FIRST_GRADE, MORNING, add, class, empty_week, halves, regime, report};

/// Classes of all stages, subgroups, profiles and both shifts.
pub(crate) fn school() -> Week {
    let mut week = empty_week();
    week.bells = vec![
        regime("1", &MORNING),
        regime("1st grade", &FIRST_GRADE),
        regime("2", &AFTERNOON),
    ];

    let mut first = class("1А", 1);
    first.bells = "1st grade".to_owned();
    add(
        &mut week,
        first,
        &FIRST_GRADE,
        &[
            "Литературное чтение, Математика, Русский язык, Физическая культура",
            "Окружающий мир, Математика, Русский язык, ИЗО",
            "Литературное чтение, Математика, Русский язык, Музыка",
            "Литературное чтение, Математика, Русский язык, Труд (технология)",
            "Литературное чтение, Русский язык, Окружающий мир, Труд (технология), Физическая культура",
        ],
    );
    let mut third = class("3А", 3);
    third.streams = halves("3А");
    let english = "Иностранный язык (английский)|Иностранный язык (английский)";
    let (third_tuesday, third_thursday) = (
        format!("Окружающий мир, Математика, {english}, Русский язык, Музыка"),
        format!("Литературное чтение, Математика, {english}, Русский язык, ИЗО"),
    );
    add(
        &mut week,
        third,
        &MORNING,
        &[
            "Литературное чтение, Математика, Русский язык, Физкультура",
            &third_tuesday,
            "Литературное чтение, Русский язык, Математика, Окружающий мир, Труд (технология)",
            &third_thursday,
            "Литературное чтение, Русский язык, Математика, Физкультура",
        ],
    );
    add_middle(&mut week);
    add_seniors(&mut week);
    week
}

fn add_middle(week: &mut Week) {
    add(
        week,
        class("5А", 5),
        &MORNING,
        &[
            "Литература, Русский язык, Математика, История, Музыка, Физическая культура",
            "История, Математика, Английский язык, Русский язык, Литература, Труд (технология)",
            "География, Русский язык, Математика, Английский язык, Литература, ИЗО",
            "Труд (технология), Математика, Русский язык, Биология, История, Физическая культура",
            "Литература, Русский язык, Математика, Английский язык, Труд (технология), +Шахматы",
        ],
    );
    let mut sixth = class("6Б", 6);
    sixth.shift = 2;
    sixth.bells = "2".to_owned();
    sixth.streams = halves("6Б");
    add(
        week,
        sixth,
        &AFTERNOON,
        &[
            "Литература, Русский язык, Математика, История, Биология, Физкультура",
            "География, Математика, Русский язык, Англ. яз.|Информатика, Обществознание, ИЗО",
            "Литература, Русский язык, Математика, Англ. яз.|Англ. яз., Труд, Труд",
            "Музыка, Русский язык, Математика, Информатика|Англ. яз., История России, Физкультура",
            "Литература, Математика, Русский язык, Англ. яз.|Англ. яз., История России, Физкультура",
        ],
    );
}

fn add_seniors(week: &mut Week) {
    add(
        week,
        class("9А", 9),
        &MORNING,
        &[
            "Русский язык, Алгебра, Физика, История, Литература, Физкультура",
            "Литература, Химия, Физика, Английский язык, История, Алгебра, География",
            "Биология, Геометрия, Химия, Английский язык, Алгебра, Информатика, ОБЗР",
            "Русский язык, Физика, История, Геометрия, Английский язык, География, Физкультура",
            "Русский язык, Алгебра, Вероятность и статистика, Биология@a, Литература, Труд",
        ],
    );
    let mut tenth = class("10А", 10);
    tenth.streams = halves("10А");
    add(
        week,
        tenth,
        &MORNING,
        &[
            "История, Алгебра, Физика|Литература, Русский язык, Английский язык, География, Физкультура",
            "Обществознание, Алгебра, Геометрия, Физика|Химия, Литература, Английский язык, История",
            "Биология, Алгебра, Русский язык, Физика|Химия, Литература, Английский язык, ОБЗР",
            "История, Геометрия, Информатика, Вероятность и статистика, Литература, Физика|Экономика, Физкультура",
            "Обществознание, Алгебра, Химия, Информатика, География, Физкультура",
        ],
    );
    // In weeks B the hour of biology is ecology's.
    let biology = week
        .lessons
        .iter()
        .position(|lesson| lesson.subject == "Биология" && lesson.cycle == timetable_norms::Cycle::A)
        .expect("biology in weeks A");
    let mut ecology = week.lessons[biology].clone();
    ecology.cycle = timetable_norms::Cycle::B;
    ecology.subject = "Экология".to_owned();
    ecology.id.push_str(" B");
    week.lessons.push(ecology);
}

#[test]
fn a_correct_week_of_a_school_in_two_shifts_breaks_no_norm() {
    let report = report(&school());
    assert!(!report.forbids());
    assert_eq!(report.findings, Vec::new());
}

#[test]
fn subjects_without_points_are_listed_with_the_reason() {
    let unmatched = report(&school()).unmatched;
    let told: Vec<(&str, UnmatchedReason, BTreeSet<u8>)> = unmatched
        .iter()
        .map(|subject| (subject.subject.as_str(), subject.reason, subject.grades.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "Вероятность и статистика",
                UnmatchedReason::UnknownName,
                BTreeSet::from([9, 10])
            ),
            ("География", UnmatchedReason::NoPointsInGrade, BTreeSet::from([5])),
        ]
    );
    assert_eq!(unmatched[0].lessons.len(), 2);
}
